import { ReplyError } from "../../types";
import { type Argv, syntaxError } from "../command-table";
import { indexRange } from "../index-range";
import type { Keyspace } from "../keyspace";
import { formatScore, integerArg } from "../numbers";
import type { SortedSet } from "../sorted-set";
import { lexBounds, scoreBounds, scorePlaces } from "./sorted-set-bounds";

interface RangeOptions {
  by: "index" | "score" | "lex";
  isReversed: boolean;
  limit: { offset: number; count: number } | undefined;
  withScores: boolean;
}

/** ZRANGE key start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count] [WITHSCORES]. */
export function zrange(keyspace: Keyspace, argv: Argv): string[] {
  const options = parseOptions(argv.slice(4), ["BYSCORE", "BYLEX", "REV", "LIMIT", "WITHSCORES"]);
  if (options.limit && options.by === "index") {
    throw new ReplyError(
      "ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX",
    );
  }
  if (options.withScores && options.by === "lex") {
    throw new ReplyError("ERR syntax error, WITHSCORES not supported in combination with BYLEX");
  }
  return range(keyspace, argv, options);
}

/** ZREVRANGE key start stop [WITHSCORES]. */
export function zrangeReversed(keyspace: Keyspace, argv: Argv): string[] {
  return range(keyspace, argv, { ...parseOptions(argv.slice(4), ["WITHSCORES"]), isReversed: true });
}

/** ZRANGEBYSCORE and ZREVRANGEBYSCORE key from to [WITHSCORES] [LIMIT offset count]. */
export function zrangeByScore(keyspace: Keyspace, argv: Argv, isReversed: boolean): string[] {
  const options = parseOptions(argv.slice(4), ["WITHSCORES", "LIMIT"]);
  return range(keyspace, argv, { ...options, by: "score", isReversed });
}

function parseOptions(args: readonly string[], allowed: readonly string[]): RangeOptions {
  const options: RangeOptions = { by: "index", isReversed: false, limit: undefined, withScores: false };
  for (let index = 0; index < args.length; index += 1) {
    const name = (args[index] ?? "").toUpperCase();
    if (!allowed.includes(name)) throw syntaxError();
    if (name === "WITHSCORES") options.withScores = true;
    else if (name === "REV") options.isReversed = true;
    else if (name === "LIMIT") {
      if (index + 2 >= args.length) throw syntaxError();
      options.limit = { offset: integerArg(args[index + 1]), count: integerArg(args[index + 2]) };
      index += 2;
    } else if (options.by !== "index") throw syntaxError();
    else options.by = name === "BYSCORE" ? "score" : "lex";
  }
  return options;
}

function range(keyspace: Keyspace, argv: Argv, options: RangeOptions): string[] {
  const placesIn = locator(argv[2], argv[3], options);
  const zset = keyspace.read(argv[1], "zset");
  if (zset === undefined) return [];
  const [from, to] = limited(placesIn(zset), options);
  const entries = from < to ? zset.slice(from, to) : [];
  if (options.isReversed) entries.reverse();
  if (!options.withScores) return entries.map(({ member }) => member);
  return entries.flatMap(({ member, score }) => [member, formatScore(score)]);
}

/** Reads the limits, which throws when they are wrong, before it is known whether there is such a key. */
function locator(
  first: string,
  second: string,
  { by, isReversed }: RangeOptions,
): (zset: SortedSet) => [number, number] {
  if (by === "index") {
    const [start, stop] = [integerArg(first), integerArg(second)];
    return (zset) => {
      const [from, to] = indexRange(start, stop, zset.size);
      return isReversed ? [zset.size - to, zset.size - from] : [from, to];
    };
  }
  const [min, max] = isReversed ? [second, first] : [first, second];
  if (by === "lex") return lexBounds(min, max);
  const bounds = scoreBounds(min, max);
  return (zset) => scorePlaces(zset, bounds);
}

function limited([from, to]: [number, number], { limit, isReversed }: RangeOptions): [number, number] {
  if (limit === undefined) return [from, to];
  if (limit.offset < 0) return [0, 0];
  if (isReversed) {
    const end = to - limit.offset;
    return [limit.count < 0 ? from : Math.max(from, end - limit.count), end];
  }
  const start = from + limit.offset;
  return [start, limit.count < 0 ? to : Math.min(to, start + limit.count)];
}

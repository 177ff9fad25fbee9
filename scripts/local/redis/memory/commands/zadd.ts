import { ReplyError } from "../../types";
import { type Argv, syntaxError } from "../command-table";
import type { Keyspace } from "../keyspace";
import { formatScore, parseFloat64 } from "../numbers";

const OPTIONS = ["NX", "XX", "GT", "LT", "CH", "INCR"] as const;
type Option = (typeof OPTIONS)[number];

/** ZADD: how many members were added (with CH: added or changed); with INCR the new score, or null if not done. */
export function zadd(keyspace: Keyspace, argv: Argv): number | string | null {
  const { options, pairs } = parse(argv.slice(2));
  const existing = keyspace.read(argv[1], "zset");
  if (existing === undefined && options.has("XX")) return options.has("INCR") ? null : 0;

  const zset = keyspace.ensure(argv[1], "zset");
  let added = 0;
  let changed = 0;
  let incremented: string | null = null;
  for (const { member, score } of pairs) {
    const before = zset.score(member);
    const after = options.has("INCR") ? sum(before ?? 0, score) : score;
    if (!allows(options, before, after)) continue;
    if (before === undefined) added += 1;
    else if (before !== after) changed += 1;
    zset.set(member, after);
    incremented = formatScore(after);
  }
  keyspace.dropIfEmpty(argv[1]);
  if (options.has("INCR")) return incremented;
  return options.has("CH") ? added + changed : added;
}

/** ZINCRBY: the new score. */
export function zincrby(keyspace: Keyspace, argv: Argv): string {
  const [, key, by, member] = argv;
  const increment = scoreArg(by);
  const after = sum(keyspace.read(key, "zset")?.score(member) ?? 0, increment);
  keyspace.ensure(key, "zset").set(member, after);
  return formatScore(after);
}

function parse(args: readonly string[]): {
  options: ReadonlySet<Option>;
  pairs: { member: string; score: number }[];
} {
  const options = new Set<Option>();
  let index = 0;
  for (; index < args.length; index += 1) {
    const option = OPTIONS.find((name) => name === args[index]?.toUpperCase());
    if (option === undefined) break;
    options.add(option);
  }
  const rest = args.slice(index);
  if (rest.length === 0 || rest.length % 2 === 1) throw syntaxError();
  assertCompatible(options, rest.length / 2);
  const pairs: { member: string; score: number }[] = [];
  for (let place = 0; place < rest.length; place += 2) {
    pairs.push({ score: scoreArg(rest[place] ?? ""), member: rest[place + 1] ?? "" });
  }
  return { options, pairs };
}

function assertCompatible(options: ReadonlySet<Option>, pairs: number): void {
  if (options.has("NX") && options.has("XX")) {
    throw new ReplyError("ERR XX and NX options at the same time are not compatible");
  }
  const exclusive: Option[] = ["GT", "LT", "NX"];
  if (exclusive.filter((name) => options.has(name)).length > 1) {
    throw new ReplyError("ERR GT, LT, and/or NX options at the same time are not compatible");
  }
  if (options.has("INCR") && pairs > 1) {
    throw new ReplyError("ERR INCR option supports a single increment-element pair");
  }
}

function allows(options: ReadonlySet<Option>, before: number | undefined, after: number): boolean {
  if (before === undefined) return !options.has("XX");
  if (options.has("NX")) return false;
  if (options.has("GT") && after <= before) return false;
  return !(options.has("LT") && after >= before);
}

function scoreArg(text: string): number {
  const score = parseFloat64(text);
  if (score === undefined) throw new ReplyError("ERR value is not a valid float");
  return score;
}

function sum(before: number, by: number): number {
  const after = before + by;
  if (Number.isNaN(after)) throw new ReplyError("ERR resulting score is not a number (NaN)");
  return after;
}

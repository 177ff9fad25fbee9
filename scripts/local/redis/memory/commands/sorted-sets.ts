import type { Reply } from "../../types";
import { type Argv, type CommandTable, syntaxError } from "../command-table";
import { indexRange } from "../index-range";
import type { Keyspace } from "../keyspace";
import { formatScore, integerArg } from "../numbers";
import type { ScoredMember } from "../sorted-set";
import { positiveArg } from "./lists";
import { parseCursor, parseScanOptions } from "./scan-options";
import { scoreBounds, scorePlaces } from "./sorted-set-bounds";
import { zadd, zincrby } from "./zadd";
import { zrange, zrangeByScore, zrangeReversed } from "./zrange";

/** Commands on sorted sets. */
export const sortedSetCommands: CommandTable = {
  ZADD: { arity: -4, writes: true, run: zadd },
  ZINCRBY: { arity: 4, writes: true, run: zincrby },
  ZREM: {
    arity: -3,
    writes: true,
    run(keyspace, argv) {
      const zset = keyspace.read(argv[1], "zset");
      const removed = argv.slice(2).filter((member) => zset?.delete(member)).length;
      keyspace.dropIfEmpty(argv[1]);
      return removed;
    },
  },
  ZCARD: { arity: 2, run: (keyspace, argv) => keyspace.read(argv[1], "zset")?.size ?? 0 },
  ZSCORE: { arity: 3, run: (keyspace, argv) => scoreOf(keyspace, argv[1], argv[2]) },
  ZMSCORE: {
    arity: -3,
    run(keyspace, argv) {
      return argv.slice(2).map((member) => scoreOf(keyspace, argv[1], member));
    },
  },
  ZCOUNT: {
    arity: 4,
    run(keyspace, argv) {
      const bounds = scoreBounds(argv[2], argv[3]);
      const zset = keyspace.read(argv[1], "zset");
      if (zset === undefined) return 0;
      const [from, to] = scorePlaces(zset, bounds);
      return Math.max(0, to - from);
    },
  },
  ZRANK: { arity: 3, run: (keyspace, argv) => keyspace.read(argv[1], "zset")?.rank(argv[2]) ?? null },
  ZREVRANK: {
    arity: 3,
    run(keyspace, argv) {
      const zset = keyspace.read(argv[1], "zset");
      const rank = zset?.rank(argv[2]);
      return zset === undefined || rank === undefined ? null : zset.size - 1 - rank;
    },
  },
  ZRANGE: { arity: -4, run: zrange },
  ZREVRANGE: { arity: -4, run: zrangeReversed },
  ZRANGEBYSCORE: { arity: -4, run: (keyspace, argv) => zrangeByScore(keyspace, argv, false) },
  ZREVRANGEBYSCORE: { arity: -4, run: (keyspace, argv) => zrangeByScore(keyspace, argv, true) },
  ZREMRANGEBYRANK: {
    arity: 4,
    writes: true,
    run(keyspace, argv) {
      const [start, stop] = [integerArg(argv[2]), integerArg(argv[3])];
      const size = keyspace.read(argv[1], "zset")?.size ?? 0;
      return removePlaces(keyspace, argv[1], indexRange(start, stop, size)).length;
    },
  },
  ZREMRANGEBYSCORE: {
    arity: 4,
    writes: true,
    run(keyspace, argv) {
      const bounds = scoreBounds(argv[2], argv[3]);
      const zset = keyspace.read(argv[1], "zset");
      return zset === undefined ? 0 : removePlaces(keyspace, argv[1], scorePlaces(zset, bounds)).length;
    },
  },
  ZPOPMIN: { arity: -2, writes: true, run: (keyspace, argv) => pop(keyspace, argv, "lowest") },
  ZPOPMAX: { arity: -2, writes: true, run: (keyspace, argv) => pop(keyspace, argv, "highest") },
  ZSCAN: {
    arity: -3,
    run(keyspace, argv) {
      parseCursor(argv[2]);
      const zset = keyspace.read(argv[1], "zset");
      if (zset === undefined) return ["0", []];
      const { matches } = parseScanOptions(argv.slice(3), false);
      const found = zset.slice(0, zset.size).filter(({ member }) => matches(member));
      return ["0", found.flatMap(({ member, score }) => [member, formatScore(score)])];
    },
  },
};

function scoreOf(keyspace: Keyspace, key: string, member: string): string | null {
  const score = keyspace.read(key, "zset")?.score(member);
  return score === undefined ? null : formatScore(score);
}

function removePlaces(keyspace: Keyspace, key: string, [from, to]: [number, number]): ScoredMember[] {
  const zset = keyspace.read(key, "zset");
  const removed = zset?.slice(from, to) ?? [];
  for (const { member } of removed) zset?.delete(member);
  keyspace.dropIfEmpty(key);
  return removed;
}

function pop(keyspace: Keyspace, argv: Argv, end: "lowest" | "highest"): Reply[] {
  if (argv.length > 3) throw syntaxError();
  const count = argv.length === 3 ? positiveArg(argv[2]) : 1;
  const size = keyspace.read(argv[1], "zset")?.size ?? 0;
  const places: [number, number] = end === "lowest" ? [0, count] : [Math.max(0, size - count), size];
  const removed = removePlaces(keyspace, argv[1], places);
  if (end === "highest") removed.reverse();
  return removed.flatMap(({ member, score }) => [member, formatScore(score)]);
}

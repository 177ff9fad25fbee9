import { type Reply, ReplyError } from "../../types";
import { type Argv, type CommandTable, OK, wrongArity } from "../command-table";
import type { Keyspace } from "../keyspace";
import { parseFloat64, parseInt64 } from "../numbers";
import { parseCursor, parseScanOptions } from "./scan-options";
import { incrementDecimal, incrementInt64, int64Arg } from "./strings";

/** Commands on hashes. */
export const hashCommands: CommandTable = {
  HSET: { arity: -4, writes: true, run: hset },
  HMSET: {
    arity: -4,
    writes: true,
    run(keyspace, argv) {
      hset(keyspace, argv);
      return OK;
    },
  },
  HSETNX: {
    arity: 4,
    writes: true,
    run(keyspace, argv) {
      const hash = keyspace.ensure(argv[1], "hash");
      if (hash.has(argv[2])) return 0;
      hash.set(argv[2], argv[3]);
      return 1;
    },
  },
  HGET: { arity: 3, run: (keyspace, argv) => keyspace.read(argv[1], "hash")?.get(argv[2]) ?? null },
  HMGET: { arity: -3, run: hmget },
  HGETALL: {
    arity: 2,
    run: (keyspace, argv) => [...(keyspace.read(argv[1], "hash") ?? [])].flat(),
  },
  HDEL: {
    arity: -3,
    writes: true,
    run(keyspace, argv) {
      const hash = keyspace.read(argv[1], "hash");
      const removed = argv.slice(2).filter((field) => hash?.delete(field)).length;
      keyspace.dropIfEmpty(argv[1]);
      return removed;
    },
  },
  HEXISTS: { arity: 3, run: (keyspace, argv) => (keyspace.read(argv[1], "hash")?.has(argv[2]) ? 1 : 0) },
  HLEN: { arity: 2, run: (keyspace, argv) => keyspace.read(argv[1], "hash")?.size ?? 0 },
  HKEYS: { arity: 2, run: (keyspace, argv) => [...(keyspace.read(argv[1], "hash")?.keys() ?? [])] },
  HVALS: { arity: 2, run: (keyspace, argv) => [...(keyspace.read(argv[1], "hash")?.values() ?? [])] },
  HINCRBY: {
    arity: 4,
    writes: true,
    run(keyspace, argv) {
      const by = int64Arg(argv[3]);
      const before = parseInt64(keyspace.read(argv[1], "hash")?.get(argv[2]) ?? "0");
      if (before === undefined) throw new ReplyError("ERR hash value is not an integer");
      const after = incrementInt64(before, by);
      keyspace.ensure(argv[1], "hash").set(argv[2], String(after));
      return Number(after);
    },
  },
  HINCRBYFLOAT: {
    arity: 4,
    writes: true,
    run(keyspace, argv) {
      const by = parseFloat64(argv[3]);
      if (by === undefined) throw new ReplyError("ERR value is not a valid float");
      if (!Number.isFinite(by)) throw new ReplyError("ERR value is NaN or Infinity");
      const before = keyspace.read(argv[1], "hash")?.get(argv[2]) ?? "0";
      const after = incrementDecimal(before, argv[3], "ERR hash value is not a float");
      keyspace.ensure(argv[1], "hash").set(argv[2], after);
      return after;
    },
  },
  // All in one page, which the protocol allows: COUNT is a hint.
  HSCAN: {
    arity: -3,
    run(keyspace, argv) {
      parseCursor(argv[2]);
      const hash = keyspace.read(argv[1], "hash");
      if (hash === undefined) return ["0", []];
      const { matches } = parseScanOptions(argv.slice(3), false);
      return ["0", [...hash].filter(([field]) => matches(field)).flat()];
    },
  },
};

function hset(keyspace: Keyspace, argv: Argv): number {
  if (argv.length % 2 === 1) throw wrongArity(argv[0]);
  const hash = keyspace.ensure(argv[1], "hash");
  const before = hash.size;
  for (let index = 2; index < argv.length; index += 2) hash.set(argv[index] ?? "", argv[index + 1] ?? "");
  return hash.size - before;
}

function hmget(keyspace: Keyspace, argv: Argv): Reply[] {
  const hash = keyspace.read(argv[1], "hash");
  const values: Reply[] = [];
  for (let index = 2; index < argv.length; index += 1) values.push(hash?.get(argv[index] ?? "") ?? null);
  return values;
}

import type { CommandTable } from "../command-table";
import { parseCursor, parseScanOptions } from "./scan-options";

/** Commands on sets. */
export const setCommands: CommandTable = {
  SADD: {
    arity: -3,
    writes: true,
    run(keyspace, argv) {
      const set = keyspace.ensure(argv[1], "set");
      const before = set.size;
      for (const member of argv.slice(2)) set.add(member);
      return set.size - before;
    },
  },
  SREM: {
    arity: -3,
    writes: true,
    run(keyspace, argv) {
      const set = keyspace.read(argv[1], "set");
      const removed = argv.slice(2).filter((member) => set?.delete(member)).length;
      keyspace.dropIfEmpty(argv[1]);
      return removed;
    },
  },
  SMEMBERS: { arity: 2, run: (keyspace, argv) => [...(keyspace.read(argv[1], "set") ?? [])] },
  SISMEMBER: { arity: 3, run: (keyspace, argv) => (keyspace.read(argv[1], "set")?.has(argv[2]) ? 1 : 0) },
  SMISMEMBER: {
    arity: -3,
    run(keyspace, argv) {
      const set = keyspace.read(argv[1], "set");
      return argv.slice(2).map((member) => (set?.has(member) ? 1 : 0));
    },
  },
  SCARD: { arity: 2, run: (keyspace, argv) => keyspace.read(argv[1], "set")?.size ?? 0 },
  SSCAN: {
    arity: -3,
    run(keyspace, argv) {
      parseCursor(argv[2]);
      const set = keyspace.read(argv[1], "set");
      if (set === undefined) return ["0", []];
      const { matches } = parseScanOptions(argv.slice(3), false);
      return ["0", [...set].filter(matches)];
    },
  },
};

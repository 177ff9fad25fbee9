import { type Reply, ReplyError } from "../../types";
import { type Argv, type CommandTable, OK, wrongArity } from "../command-table";
import { indexRange } from "../index-range";
import type { Keyspace } from "../keyspace";
import { integerArg, parseInt64 } from "../numbers";

/** Commands on lists. */
export const listCommands: CommandTable = {
  RPUSH: {
    arity: -3,
    writes: true,
    run: (keyspace, argv) => keyspace.ensure(argv[1], "list").push(...argv.slice(2)),
  },
  LPUSH: {
    arity: -3,
    writes: true,
    run: (keyspace, argv) => keyspace.ensure(argv[1], "list").unshift(...argv.slice(2).reverse()),
  },
  LPOP: { arity: -2, writes: true, run: (keyspace, argv) => pop(keyspace, argv, "left") },
  RPOP: { arity: -2, writes: true, run: (keyspace, argv) => pop(keyspace, argv, "right") },
  LLEN: { arity: 2, run: (keyspace, argv) => keyspace.read(argv[1], "list")?.length ?? 0 },
  LRANGE: {
    arity: 4,
    run(keyspace, argv) {
      const [start, stop] = [integerArg(argv[2]), integerArg(argv[3])];
      const list = keyspace.read(argv[1], "list") ?? [];
      return list.slice(...indexRange(start, stop, list.length));
    },
  },
  LTRIM: {
    arity: 4,
    writes: true,
    run(keyspace, argv) {
      const [start, stop] = [integerArg(argv[2]), integerArg(argv[3])];
      const list = keyspace.read(argv[1], "list");
      if (list === undefined) return OK;
      const [from, to] = indexRange(start, stop, list.length);
      list.splice(to);
      list.splice(0, from);
      keyspace.dropIfEmpty(argv[1]);
      return OK;
    },
  },
};

function pop(keyspace: Keyspace, argv: Argv, side: "left" | "right"): Reply {
  if (argv.length > 3) throw wrongArity(argv[0]);
  const count = argv.length === 3 ? positiveArg(argv[2]) : undefined;
  const list = keyspace.read(argv[1], "list");
  if (list === undefined) return null;
  const wanted = count ?? 1;
  const items =
    side === "left" ? list.splice(0, wanted) : list.splice(Math.max(0, list.length - wanted)).reverse();
  keyspace.dropIfEmpty(argv[1]);
  return count === undefined ? (items[0] ?? null) : items;
}

/** An integer of at least 0, such as a count of items to take; throws Redis' error otherwise. */
export function positiveArg(text: string): number {
  const value = parseInt64(text);
  if (value === undefined || value < 0n) {
    throw new ReplyError("ERR value is out of range, must be positive");
  }
  return Number(value);
}

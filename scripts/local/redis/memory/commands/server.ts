import { type CommandTable, Status, wrongArity } from "../command-table";

/** Commands to the server itself. */
export const serverCommands: CommandTable = {
  PING: {
    arity: -1,
    run(_keyspace, argv) {
      if (argv.length > 2) throw wrongArity("ping");
      return argv.length === 2 ? argv[1] : new Status("PONG");
    },
  },
  ECHO: { arity: 2, run: (_keyspace, argv) => argv[1] },
  TIME: {
    arity: 1,
    run(keyspace) {
      const nowMs = keyspace.now();
      return [String(Math.floor(nowMs / 1_000)), String((nowMs % 1_000) * 1_000)];
    },
  },
};

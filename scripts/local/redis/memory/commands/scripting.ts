import { type Reply, ReplyError } from "../../types";
import { type Argv, type CommandTable, OK, type Status, wrongArity } from "../command-table";
import { type CallCommand, LuaScripts } from "../lua";
import { integerArg } from "../numbers";

/** Commands on Lua scripts, which run other commands through `call`. */
export function scriptingCommands(call: CallCommand): CommandTable {
  let started: LuaScripts | undefined;
  const scripts = () => {
    started ??= new LuaScripts(call);
    return started;
  };

  function evaluate(sha: string | undefined, argv: Argv): Reply {
    const keyCount = integerArg(argv[2]);
    if (keyCount > argv.length - 3) {
      throw new ReplyError("ERR Number of keys can't be greater than number of args");
    }
    if (keyCount < 0) throw new ReplyError("ERR Number of keys can't be negative");
    const keys = argv.slice(3, 3 + keyCount);
    return scripts().run(sha ?? scripts().load(argv[1]), keys, argv.slice(3 + keyCount));
  }

  function script(argv: Argv): Reply | Status {
    const [, subcommand, first] = argv;
    const isExact = argv.length === 3;
    switch (subcommand.toUpperCase()) {
      case "LOAD":
        if (!isExact) throw wrongArity("script|load");
        return scripts().load(first);
      case "EXISTS":
        if (argv.length < 3) throw wrongArity("script|exists");
        return argv.slice(2).map((sha) => (scripts().has(sha.toLowerCase()) ? 1 : 0));
      case "FLUSH":
        scripts().flush();
        return OK;
      default:
        throw new ReplyError(`ERR unknown subcommand '${subcommand}'. Try SCRIPT HELP.`);
    }
  }

  return {
    EVAL: { arity: -3, noScript: true, run: (_keyspace, argv) => evaluate(undefined, argv) },
    EVALSHA: { arity: -3, noScript: true, run: (_keyspace, argv) => evaluate(argv[1].toLowerCase(), argv) },
    SCRIPT: { arity: -2, noScript: true, run: (_keyspace, argv) => script(argv) },
  };
}

import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import {
  type Argv,
  type CommandSpec,
  type CommandTable,
  hasArity,
  Status,
  wrongArity,
} from "./memory/command-table";
import { hashCommands } from "./memory/commands/hashes";
import { keyCommands } from "./memory/commands/keys";
import { listCommands } from "./memory/commands/lists";
import { scriptingCommands } from "./memory/commands/scripting";
import { serverCommands } from "./memory/commands/server";
import { setCommands } from "./memory/commands/sets";
import { sortedSetCommands } from "./memory/commands/sorted-sets";
import { stringCommands } from "./memory/commands/strings";
import { Keyspace } from "./memory/keyspace";
import { loadSnapshot, saveSnapshot } from "./memory/snapshot-file";
import { type Command, type RedisEngine, type Reply, ReplyError } from "./types";

const SAVE_EVERY_MS = 2_000;
const SWEEP_EVERY_MS = 1_000;

/** Where the in-memory engine keeps its data, and its clock. */
export interface MemoryEngineOptions {
  /** Loaded at the start, saved every 2 s after a write and on close; without it nothing outlives the engine. */
  file?: string;
  /** Ms since 1970. */
  now?: () => number;
}

/**
 * A Redis in this process, for machines with Node only: the commands of Redis 7.0 that are listed in
 * `memory/commands`, with its replies and errors. Throws a StackError naming the file when that is damaged.
 */
export async function startMemoryEngine({
  file,
  now = Date.now,
}: MemoryEngineOptions = {}): Promise<RedisEngine> {
  if (file !== undefined) await mkdir(dirname(file), { recursive: true });
  const keyspace = file === undefined ? new Keyspace(now) : await loadSnapshot(file, now);
  const interpreter = createInterpreter(keyspace);
  const sweeping = setInterval(() => keyspace.sweep(), SWEEP_EVERY_MS).unref();
  const saving = file === undefined ? undefined : startSaving(file, keyspace);

  return {
    version: "7.0 in memory",
    pipeline: async (commands) => commands.map(interpreter.run),
    transaction: async (commands) => {
      if (commands.some((command) => interpreter.find(command) instanceof ReplyError)) {
        throw new ReplyError("EXECABORT Transaction discarded because of previous errors.");
      }
      return commands.map(interpreter.run);
    },
    async close() {
      clearInterval(sweeping);
      await saving?.stop();
    },
  };
}

interface Interpreter {
  /** How to run a command, or Redis' error when there is no such command or its arguments are too few or many. */
  find: (command: Command) => CommandSpec | ReplyError;
  run: (command: Command) => Reply;
}

function createInterpreter(keyspace: Keyspace): Interpreter {
  const tables: CommandTable = {
    ...serverCommands,
    ...keyCommands,
    ...stringCommands,
    ...hashCommands,
    ...listCommands,
    ...setCommands,
    ...sortedSetCommands,
    ...scriptingCommands(callFromScript),
  };
  const specs = new Map(Object.entries(tables));

  function find(command: Command): CommandSpec | ReplyError {
    const [name] = command;
    const spec = specs.get(name) ?? specs.get(name.toUpperCase());
    if (spec === undefined) return unknownCommand(command);
    return hasArity(spec, command.length) ? spec : wrongArity(name);
  }

  function execute(spec: CommandSpec, command: readonly string[]): Reply | Status {
    if (spec.writes) keyspace.isDirty = true;
    // The arity was checked, which is what Argv says of a command.
    return spec.run(keyspace, command as unknown as Argv);
  }

  function run(command: Command): Reply {
    const spec = find(command);
    if (spec instanceof ReplyError) return spec;
    try {
      const reply = execute(spec, command);
      return reply instanceof Status ? reply.text : reply;
    } catch (error) {
      if (error instanceof ReplyError) return error;
      throw error;
    }
  }

  function callFromScript(args: readonly string[]): Reply | Status {
    const spec = specs.get((args[0] ?? "").toUpperCase());
    if (spec === undefined) throw new ReplyError("ERR Unknown Redis command called from script");
    if (spec.noScript) throw new ReplyError("ERR This Redis command is not allowed from script");
    if (!hasArity(spec, args.length)) {
      throw new ReplyError("ERR Wrong number of args calling Redis command from script");
    }
    return execute(spec, args);
  }

  return { find, run };
}

function unknownCommand([name, ...args]: Command): ReplyError {
  const shown = args.map((arg) => `'${arg.slice(0, 128)}' `).join("");
  return new ReplyError(`ERR unknown command '${name.slice(0, 128)}', with args beginning with: ${shown}`);
}

/** Saves when there is something new, at most every 2 s, and less often where one save takes long. */
function startSaving(file: string, keyspace: Keyspace): { stop(): Promise<void> } {
  let current = Promise.resolve();
  let notBefore = 0;

  async function save(): Promise<void> {
    if (!keyspace.isDirty) return;
    keyspace.isDirty = false;
    const startedAt = performance.now();
    try {
      await saveSnapshot(file, keyspace);
    } catch (error) {
      keyspace.isDirty = true;
      throw error;
    }
    notBefore = performance.now() + 10 * (performance.now() - startedAt);
  }

  const timer = setInterval(() => {
    if (performance.now() < notBefore) return;
    current = current.then(save).catch((error: unknown) => {
      console.error(`Redis data could not be saved to ${file}:`, error);
    });
  }, SAVE_EVERY_MS).unref();

  return {
    async stop() {
      clearInterval(timer);
      await current;
      await save();
    },
  };
}

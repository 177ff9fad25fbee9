import { type Reply, ReplyError } from "../types";
import type { Keyspace } from "./keyspace";

/**
 * A command with its name at 0. The first four places are typed as present because a command runs only after its
 * arity was checked; a handler looks no further than its arity without asking.
 */
export type Argv = readonly [string, string, string, string, ...string[]];

/** A status such as OK, which a Lua script sees as `{ok = …}` and everybody else as text. */
export class Status {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The status of a command that only did what it was told. */
export const OK = new Status("OK");

/** What a command needs to be run: how many arguments it takes, whether it may write, and what it does. */
export interface CommandSpec {
  /** As in Redis: arguments with the name itself; negative means at least that many. */
  readonly arity: number;
  readonly writes?: true;
  /** Not for Lua scripts. */
  readonly noScript?: true;
  readonly run: (keyspace: Keyspace, argv: Argv) => Reply | Status;
}

/** Commands by their name in capitals. */
export type CommandTable = Readonly<Record<string, CommandSpec>>;

/** Redis' error for a command with too few or too many arguments. */
export function wrongArity(name: string): ReplyError {
  return new ReplyError(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);
}

/** Redis' error for options that make no sense. */
export function syntaxError(): ReplyError {
  return new ReplyError("ERR syntax error");
}

/** Whether a command has as many arguments as it needs. */
export function hasArity(spec: CommandSpec, length: number): boolean {
  return spec.arity >= 0 ? length === spec.arity : length >= -spec.arity;
}

/** A command as Redis reads it: its name, then its arguments, all of them text. */
export type Command = readonly [string, ...string[]];

/** What a command answers: text, an integer, nothing, a list, or an error as a value. */
export type Reply = string | number | null | ReplyError | Reply[];

/** An error that Redis itself answers, such as `WRONGTYPE …`: a value inside replies, thrown inside the engines. */
export class ReplyError extends Error {
  override name = "ReplyError";
}

/** A store of Redis data that the REST server puts its commands to. */
export interface RedisEngine {
  /** Which Redis it behaves as, for people to read, such as `7.0.15`. */
  readonly version: string;
  /** Runs the commands in order and answers one reply for each; a failing command does not stop the next. */
  pipeline(commands: readonly Command[]): Promise<Reply[]>;
  /** The same with nobody else's command in between; throws a ReplyError when Redis discards the transaction. */
  transaction(commands: readonly Command[]): Promise<Reply[]>;
  /** Saves what is to be saved and lets go of files, connections and processes. */
  close(): Promise<void>;
}

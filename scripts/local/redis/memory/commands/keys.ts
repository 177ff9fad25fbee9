import { ReplyError } from "../../types";
import { type Argv, type CommandSpec, type CommandTable, OK, Status, syntaxError } from "../command-table";
import { globMatcher } from "../glob";
import type { Keyspace } from "../keyspace";
import { integerArg } from "../numbers";
import { type ExpiryUnit, expiryTime, invalidExpiry } from "./expiry-options";
import { parseCursor, parseScanOptions } from "./scan-options";

/** Commands on keys of any type, and on the whole store. */
export const keyCommands: CommandTable = {
  DEL: { arity: -2, writes: true, run: remove },
  UNLINK: { arity: -2, writes: true, run: remove },
  EXISTS: {
    arity: -2,
    run: (keyspace, argv) => argv.slice(1).filter((key) => keyspace.entry(key) !== undefined).length,
  },
  TYPE: { arity: 2, run: (keyspace, argv) => new Status(keyspace.entry(argv[1])?.kind ?? "none") },
  KEYS: { arity: 2, run: (keyspace, argv) => keyspace.keys().filter(globMatcher(argv[1])) },
  SCAN: { arity: -2, run: scan },
  RENAME: { arity: 3, writes: true, run: rename },
  DBSIZE: { arity: 1, run: (keyspace) => keyspace.keys().length },
  FLUSHDB: { arity: -1, writes: true, run: flush },
  FLUSHALL: { arity: -1, writes: true, run: flush },
  EXPIRE: expireCommand("EX"),
  PEXPIRE: expireCommand("PX"),
  EXPIREAT: expireCommand("EXAT"),
  PEXPIREAT: expireCommand("PXAT"),
  TTL: { arity: 2, run: (keyspace, argv) => toSeconds(remaining(keyspace, argv[1])) },
  PTTL: { arity: 2, run: (keyspace, argv) => remaining(keyspace, argv[1]) },
  EXPIRETIME: { arity: 2, run: (keyspace, argv) => toSeconds(expiryOf(keyspace, argv[1])) },
  PEXPIRETIME: { arity: 2, run: (keyspace, argv) => expiryOf(keyspace, argv[1]) },
  PERSIST: {
    arity: 2,
    writes: true,
    run(keyspace, argv) {
      if (expiryOf(keyspace, argv[1]) < 0) return 0;
      keyspace.setExpiry(argv[1], null);
      return 1;
    },
  },
};

function remove(keyspace: Keyspace, argv: Argv): number {
  let removed = 0;
  for (const key of argv.slice(1)) {
    if (keyspace.entry(key) !== undefined && keyspace.delete(key)) removed += 1;
  }
  return removed;
}

function scan(keyspace: Keyspace, argv: Argv): [string, string[]] {
  const start = parseCursor(argv[1]);
  const { count, matches, kind } = parseScanOptions(argv.slice(2), true);
  const { cursor, keys } = keyspace.scan(start, count);
  const found = keys.filter(
    (key) => matches(key) && (kind === undefined || keyspace.entry(key)?.kind === kind),
  );
  return [String(cursor), found];
}

function rename(keyspace: Keyspace, argv: Argv): Status {
  const [, from, to] = argv;
  const entry = keyspace.entry(from);
  if (entry === undefined) throw new ReplyError("ERR no such key");
  keyspace.delete(from);
  keyspace.put(to, entry.kind, entry.value, entry.expiresAt);
  return OK;
}

function flush(keyspace: Keyspace, argv: Argv): Status {
  const [, mode] = argv;
  if (argv.length > 2 || (argv.length === 2 && !/^a?sync$/i.test(mode))) throw syntaxError();
  keyspace.clear();
  return OK;
}

function expireCommand(unit: ExpiryUnit): CommandSpec {
  return {
    arity: -3,
    writes: true,
    run(keyspace, argv) {
      const [name, key, amount] = argv;
      const conditions = parseConditions(argv.slice(3));
      const expiresAt = expiryTime(keyspace.now(), unit, integerArg(amount));
      if (expiresAt === undefined) throw invalidExpiry(name);
      const entry = keyspace.entry(key);
      if (entry === undefined || !allows(conditions, entry.expiresAt, expiresAt)) return 0;
      keyspace.setExpiry(key, expiresAt);
      return 1;
    },
  };
}

function parseConditions(args: readonly string[]): Set<string> {
  const conditions = new Set(args.map((option) => option.toUpperCase()));
  for (const option of args) {
    if (!/^(nx|xx|gt|lt)$/i.test(option)) throw new ReplyError(`ERR Unsupported option ${option}`);
  }
  if (conditions.has("NX") && conditions.size > 1) {
    throw new ReplyError("ERR NX and XX, GT or LT options at the same time are not compatible");
  }
  if (conditions.has("GT") && conditions.has("LT")) {
    throw new ReplyError("ERR GT and LT options at the same time are not compatible");
  }
  return conditions;
}

function allows(conditions: ReadonlySet<string>, before: number | null, after: number): boolean {
  if (conditions.has("NX") && before !== null) return false;
  if (conditions.has("XX") && before === null) return false;
  // A key without an end counts as one that never ends.
  if (conditions.has("GT") && after <= (before ?? Infinity)) return false;
  return !(conditions.has("LT") && after >= (before ?? Infinity));
}

/** Its end in ms since 1970; −1 when it has none, −2 when there is no such key. */
function expiryOf(keyspace: Keyspace, key: string): number {
  const entry = keyspace.entry(key);
  return entry === undefined ? -2 : (entry.expiresAt ?? -1);
}

function remaining(keyspace: Keyspace, key: string): number {
  const expiresAt = expiryOf(keyspace, key);
  return expiresAt < 0 ? expiresAt : Math.max(0, expiresAt - keyspace.now());
}

function toSeconds(ms: number): number {
  return ms < 0 ? ms : Math.floor((ms + 500) / 1_000);
}

import { ReplyError } from "../../types";
import { type Argv, type CommandTable, OK, type Status, syntaxError, wrongArity } from "../command-table";
import type { Keyspace } from "../keyspace";
import { addDecimals, fitsInt64, integerArg, parseFloat64, parseInt64 } from "../numbers";
import { absoluteExpiry, type ExpiryUnit, isExpiryUnit } from "./expiry-options";

/** Commands on strings and counters. */
export const stringCommands: CommandTable = {
  GET: { arity: 2, run: (keyspace, argv) => keyspace.read(argv[1], "string") ?? null },
  SET: { arity: -3, writes: true, run: set },
  SETNX: {
    arity: 3,
    writes: true,
    run(keyspace, argv) {
      if (keyspace.entry(argv[1])) return 0;
      keyspace.put(argv[1], "string", argv[2]);
      return 1;
    },
  },
  SETEX: { arity: 4, writes: true, run: (keyspace, argv) => setWithExpiry(keyspace, argv, "EX") },
  PSETEX: { arity: 4, writes: true, run: (keyspace, argv) => setWithExpiry(keyspace, argv, "PX") },
  GETSET: {
    arity: 3,
    writes: true,
    run(keyspace, argv) {
      const before = keyspace.read(argv[1], "string") ?? null;
      keyspace.put(argv[1], "string", argv[2]);
      return before;
    },
  },
  GETDEL: {
    arity: 2,
    writes: true,
    run(keyspace, argv) {
      const before = keyspace.read(argv[1], "string") ?? null;
      keyspace.delete(argv[1]);
      return before;
    },
  },
  GETEX: { arity: -2, writes: true, run: getex },
  STRLEN: { arity: 2, run: (keyspace, argv) => Buffer.byteLength(keyspace.read(argv[1], "string") ?? "") },
  APPEND: {
    arity: 3,
    writes: true,
    run(keyspace, argv) {
      const value = (keyspace.read(argv[1], "string") ?? "") + argv[2];
      keyspace.putString(argv[1], value);
      return Buffer.byteLength(value);
    },
  },
  MGET: {
    arity: -2,
    run: (keyspace, argv) =>
      argv.slice(1).map((key) => {
        const entry = keyspace.entry(key);
        return typeof entry?.value === "string" ? entry.value : null;
      }),
  },
  MSET: {
    arity: -3,
    writes: true,
    run(keyspace, argv) {
      if (argv.length % 2 === 0) throw wrongArity("mset");
      for (let index = 1; index < argv.length; index += 2) {
        keyspace.put(argv[index] ?? "", "string", argv[index + 1] ?? "");
      }
      return OK;
    },
  },
  INCR: { arity: 2, writes: true, run: (keyspace, argv) => increment(keyspace, argv[1], 1n) },
  DECR: { arity: 2, writes: true, run: (keyspace, argv) => increment(keyspace, argv[1], -1n) },
  INCRBY: {
    arity: 3,
    writes: true,
    run: (keyspace, argv) => increment(keyspace, argv[1], int64Arg(argv[2])),
  },
  DECRBY: {
    arity: 3,
    writes: true,
    run: (keyspace, argv) => increment(keyspace, argv[1], -int64Arg(argv[2])),
  },
  INCRBYFLOAT: {
    arity: 3,
    writes: true,
    run(keyspace, argv) {
      const before = keyspace.read(argv[1], "string") ?? "0";
      const after = incrementDecimal(before, argv[2], "ERR value is not a valid float");
      keyspace.putString(argv[1], after);
      return after;
    },
  },
};

/** A 64-bit integer argument in full; throws Redis' error when it is none. */
export function int64Arg(text: string): bigint {
  const value = parseInt64(text);
  if (value === undefined) throw new ReplyError("ERR value is not an integer or out of range");
  return value;
}

/** The sum as Redis stores it; throws its overflow error. */
export function incrementInt64(before: bigint, by: bigint): bigint {
  const after = before + by;
  if (!fitsInt64(after)) throw new ReplyError("ERR increment or decrement would overflow");
  return after;
}

/** The sum of a stored decimal and an increment; throws the given error when what is stored is none. */
export function incrementDecimal(before: string, by: string, badValue: string): string {
  if (parseFloat64(before) === undefined) throw new ReplyError(badValue);
  if (parseFloat64(by) === undefined) throw new ReplyError("ERR value is not a valid float");
  const after = addDecimals(before, by);
  if (after === undefined) throw new ReplyError("ERR increment would produce NaN or Infinity");
  return after;
}

function increment(keyspace: Keyspace, key: string, by: bigint): number {
  const after = incrementInt64(int64Arg(keyspace.read(key, "string") ?? "0"), by);
  keyspace.putString(key, String(after));
  return Number(after);
}

function setWithExpiry(keyspace: Keyspace, argv: Argv, unit: ExpiryUnit): Status {
  const expiresAt = absoluteExpiry(keyspace.now(), unit, integerArg(argv[2]), argv[0]);
  keyspace.put(argv[1], "string", argv[3], expiresAt);
  return OK;
}

interface SetOptions {
  condition?: "NX" | "XX";
  get?: true;
  keepTtl?: true;
  expiry?: { unit: ExpiryUnit; amount: string };
}

function set(keyspace: Keyspace, argv: Argv): string | null | Status {
  const [, key, value] = argv;
  const options = parseSetOptions(argv.slice(3));
  const expiry = options.expiry;
  let expiresAt: number | null = null;
  if (expiry) expiresAt = absoluteExpiry(keyspace.now(), expiry.unit, integerArg(expiry.amount), "set");

  const before = options.get ? (keyspace.read(key, "string") ?? null) : null;
  const existing = keyspace.entry(key);
  if (options.condition !== undefined && (options.condition === "NX") === (existing !== undefined))
    return before;
  if (options.keepTtl) expiresAt = existing?.expiresAt ?? null;
  keyspace.put(key, "string", value, expiresAt);
  if (expiry) keyspace.setExpiry(key, expiresAt);
  return options.get ? before : OK;
}

function parseSetOptions(args: readonly string[]): SetOptions {
  const options: SetOptions = {};
  for (let index = 0; index < args.length; index += 1) {
    const option = (args[index] ?? "").toUpperCase();
    const amount = args[index + 1];
    if ((option === "NX" || option === "XX") && (options.condition ?? option) === option) {
      options.condition = option;
    } else if (option === "GET") options.get = true;
    else if (option === "KEEPTTL" && !options.expiry) options.keepTtl = true;
    else if (isExpiryUnit(option) && amount !== undefined && !options.expiry && !options.keepTtl) {
      options.expiry = { unit: option, amount };
      index += 1;
    } else throw syntaxError();
  }
  return options;
}

function getex(keyspace: Keyspace, argv: Argv): string | null {
  const [, key, option, amount] = argv;
  const unit = option?.toUpperCase() ?? "";
  let expiresAt: number | null | undefined;
  if (argv.length === 4 && isExpiryUnit(unit)) {
    expiresAt = absoluteExpiry(keyspace.now(), unit, integerArg(amount), "getex");
  } else if (argv.length === 3 && unit === "PERSIST") expiresAt = null;
  else if (argv.length !== 2) throw syntaxError();

  const value = keyspace.read(key, "string") ?? null;
  if (expiresAt !== undefined) keyspace.setExpiry(key, expiresAt);
  return value;
}

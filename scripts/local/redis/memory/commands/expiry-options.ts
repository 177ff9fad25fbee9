import { ReplyError } from "../../types";

/** Options that give a key's life: for so many seconds or milliseconds, or until such a time. */
export type ExpiryUnit = "EX" | "PX" | "EXAT" | "PXAT";

// Redis keeps times in 64 bits of milliseconds; JavaScript counts exactly up to 2^53.
const MAX_TIME_MS = Number.MAX_SAFE_INTEGER;

/** Whether an option in capitals is one of them. */
export function isExpiryUnit(option: string): option is ExpiryUnit {
  return option === "EX" || option === "PX" || option === "EXAT" || option === "PXAT";
}

/** The end of life in ms since 1970; throws Redis' error, naming the command, for an amount below 1. */
export function absoluteExpiry(nowMs: number, unit: ExpiryUnit, amount: number, command: string): number {
  const expiresAt = expiryTime(nowMs, unit, amount);
  if (amount <= 0 || expiresAt === undefined) throw invalidExpiry(command);
  return expiresAt;
}

/** The same, for EXPIRE and its kin, where the amount may lie in the past; undefined when it is out of range. */
export function expiryTime(nowMs: number, unit: ExpiryUnit, amount: number): number | undefined {
  const amountMs = unit === "EX" || unit === "EXAT" ? amount * 1_000 : amount;
  const expiresAt = unit === "EX" || unit === "PX" ? nowMs + amountMs : amountMs;
  return Math.abs(expiresAt) > MAX_TIME_MS ? undefined : expiresAt;
}

/** Redis' error for a time it cannot use. */
export function invalidExpiry(command: string): ReplyError {
  return new ReplyError(`ERR invalid expire time in '${command.toLowerCase()}' command`);
}

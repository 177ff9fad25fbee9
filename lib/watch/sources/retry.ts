import { ReadingFailure } from "./failures";
import { type Sleep, sleep } from "./pace";

export interface Backoff {
  /** Attempts in all, the first included. */
  attempts: number;
  /** The longest wait before the second attempt; it doubles up to `capMs`. */
  baseMs: number;
  capMs: number;
  random: () => number;
  sleep: Sleep;
}

/** A provider that asks for more patience than this is left to the next run. */
export const MAX_RETRY_AFTER_MS = 60_000;

export const BACKOFF: Backoff = { attempts: 4, baseMs: 1_000, capMs: 20_000, random: Math.random, sleep };

/**
 * Tries again what failed in passing, with full jitter: a wait drawn evenly between nothing and a ceiling that
 * doubles (AWS Architecture Blog, "Exponential Backoff And Jitter"). After a `Retry-After` the same draw is
 * added to the wait asked for, so that callers do not come back as one. Throws the last failure.
 */
export async function withRetries<T>(
  signal: AbortSignal,
  attempt: () => Promise<T>,
  backoff: Backoff = BACKOFF,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ReadingFailure) || error.permanent || tried >= backoff.attempts) throw error;
      const asked = error.retryAfterMs ?? 0;
      if (asked > MAX_RETRY_AFTER_MS) throw error;
      const ceiling = Math.min(backoff.capMs, backoff.baseMs * 2 ** (tried - 1));
      await backoff.sleep(asked + backoff.random() * ceiling, signal);
    }
  }
}

import { setTimeout } from "node:timers/promises";

/** Waits; rejects with an `AbortError` as soon as the signal says so. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export const sleep: Sleep = (ms, signal) => setTimeout(ms, undefined, { signal });

export interface Pace {
  /** Resolves when the caller may send its request. Rejects when aborted. */
  turn: (signal: AbortSignal) => Promise<void>;
  /** Lets nobody pass for a while, because the provider asked for it. Turns already given stay given. */
  hold: (ms: number) => void;
}

/**
 * Gives turns at even distances, so that no second ever holds more requests than `perSecond`: after a quiet
 * time there is no burst to make up for it.
 */
export function createPace(
  perSecond: number,
  clock: { now: () => number; sleep: Sleep } = { now: () => performance.now(), sleep },
): Pace {
  const distanceMs = 1000 / perSecond;
  let next = Number.NEGATIVE_INFINITY;
  return {
    turn: async (signal) => {
      signal.throwIfAborted();
      const now = clock.now();
      const at = Math.max(now, next);
      next = at + distanceMs;
      if (at > now) await clock.sleep(at - now, signal);
    },
    hold: (ms) => {
      next = Math.max(next, clock.now() + ms);
    },
  };
}

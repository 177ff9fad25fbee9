import { setTimeout } from "node:timers/promises";

/** Waits; rejects with an `AbortError` as soon as the signal says so. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export const sleep: Sleep = (ms, signal) => setTimeout(ms, undefined, { signal });

export interface Pace {
  /** Resolves when the caller may send its request, in the order of asking. Rejects when aborted. */
  turn: (signal: AbortSignal) => Promise<void>;
  /** Lets nobody pass for a while, because the provider asked for it. */
  hold: (ms: number) => void;
}

/** How late a timer may fire before the turns after it move, too: else a pause of the process would end in a burst. */
const LATE_MS = 20;

/**
 * Gives turns one after the other at even distances, `perSecond` of them in a second. Neither a quiet time nor a
 * pause of the process is made up for with a burst.
 */
export function createPace(
  perSecond: number,
  clock: { now: () => number; sleep: Sleep } = { now: () => performance.now(), sleep },
): Pace {
  const distanceMs = 1000 / perSecond;
  let next = Number.NEGATIVE_INFINITY;
  let queue: Promise<unknown> = Promise.resolve();

  const takeTurn = async (signal: AbortSignal) => {
    signal.throwIfAborted();
    let waitMs = next - clock.now();
    const early = waitMs > 0;
    while (waitMs > 0) {
      await clock.sleep(waitMs, signal);
      waitMs = next - clock.now();
    }
    next = (early ? Math.max(next, clock.now() - LATE_MS) : clock.now()) + distanceMs;
  };
  return {
    turn: (signal) => {
      const turn = queue.then(() => takeTurn(signal));
      queue = turn.catch(() => undefined);
      return turn;
    },
    hold: (ms) => {
      next = Math.max(next, clock.now() + ms);
    },
  };
}

import { describe, expect, test } from "vitest";
import { ReadingFailure } from "@/lib/watch/sources/failures";
import { retryAfterMs } from "@/lib/watch/sources/http";
import { createPace, sleep } from "@/lib/watch/sources/pace";
import { type Backoff, withRetries } from "@/lib/watch/sources/retry";

const never = new AbortController().signal;

function recorded(random: number) {
  const waits: number[] = [];
  const backoff: Backoff = {
    attempts: 4,
    baseMs: 1_000,
    capMs: 3_000,
    random: () => random,
    sleep: async (ms) => void waits.push(ms),
  };
  return { waits, backoff };
}

const passing = (retryAfterMs?: number) =>
  new ReadingFailure("provider_error", "502", { permanent: false, retryAfterMs });

describe("what fails in passing", () => {
  test("is tried four times, with waits up to a ceiling that doubles to its cap", async () => {
    const { waits, backoff } = recorded(0.5);
    let attempts = 0;
    const failing = async () => {
      attempts += 1;
      throw passing();
    };
    await expect(withRetries(never, failing, backoff)).rejects.toThrow("502");
    expect(attempts).toBe(4);
    expect(waits).toEqual([500, 1_000, 1_500]);
  });

  test("waits nothing to the whole ceiling, as chance has it", async () => {
    for (const [random, wait] of [
      [0, 0],
      [0.999, 999],
    ] as const) {
      const { waits, backoff } = recorded(random);
      let attempts = 0;
      await withRetries(never, async () => (++attempts === 2 ? "ok" : Promise.reject(passing())), backoff);
      expect(waits).toEqual([wait]);
    }
  });

  test("is left alone for as long as the provider asks, and a little longer", async () => {
    const { waits, backoff } = recorded(0.5);
    let attempts = 0;
    await withRetries(never, async () => (++attempts === 2 ? "ok" : Promise.reject(passing(7_000))), backoff);
    expect(waits).toEqual([7_500]);
  });

  test("is left to the next run when the provider asks for too long a wait", async () => {
    const { waits, backoff } = recorded(0.5);
    await expect(withRetries(never, () => Promise.reject(passing(3_600_000)), backoff)).rejects.toThrow();
    expect(waits).toEqual([]);
  });
});

test("what is permanent, or no failure of a reading, is not tried again", async () => {
  for (const error of [
    new ReadingFailure("refused", "400", { permanent: true }),
    new TypeError("a defect"),
  ]) {
    const { waits, backoff } = recorded(0.5);
    await expect(withRetries(never, () => Promise.reject(error), backoff)).rejects.toBe(error);
    expect(waits).toEqual([]);
  }
});

test("an abort ends the wait at once", async () => {
  const run = new AbortController();
  const started = performance.now();
  const waiting = withRetries(run.signal, () => Promise.reject(passing(50_000)), {
    ...recorded(0).backoff,
    sleep,
  });
  setTimeout(() => run.abort(), 20);
  await expect(waiting).rejects.toThrow(/abort/i);
  expect(performance.now() - started).toBeLessThan(2_000);
});

describe("Retry-After", () => {
  const now = Date.parse("2026-11-22T00:00:00Z");
  test.each([
    ["120", 120_000],
    ["Sun, 22 Nov 2026 00:00:30 GMT", 30_000],
    ["Sat, 21 Nov 2026 00:00:00 GMT", 0],
    ["soon", undefined],
  ])("of %j is %j ms", (value, ms) => {
    expect(retryAfterMs(new Headers({ "retry-after": value }), now)).toBe(ms);
  });
  test("may be absent", () => expect(retryAfterMs(new Headers(), now)).toBeUndefined());
});

describe("the pace", () => {
  /** A clock whose sleeps take as long as they should, and a given time longer. */
  function clocked(perSecond: number, late = () => 0) {
    let now = 0;
    const turns: number[] = [];
    const sleep = async (ms: number) => {
      now += ms + late();
    };
    const pace = createPace(perSecond, { now: () => now, sleep });
    const turn = () => pace.turn(never).then(() => void turns.push(now));
    const pass = (ms: number) => {
      now += ms;
    };
    return { pace, turn, turns, pass };
  }

  test("spreads turns evenly", async () => {
    const { turn, turns } = clocked(4);
    await Promise.all([turn(), turn(), turn(), turn()]);
    expect(turns).toEqual([0, 250, 500, 750]);
  });

  test("keeps its rate although timers fire a little late", async () => {
    const { turn, turns } = clocked(100, () => 2);
    await Promise.all(Array.from({ length: 101 }, turn));
    expect(turns.at(-1)).toBeCloseTo(1_002);
  });

  test("makes up neither for a quiet time nor for a pause of the process with a burst", async () => {
    const pauses = [0, 3_000, 0];
    const { turn, turns, pass } = clocked(4, () => pauses.shift() ?? 0);
    await turn();
    pass(10_000);
    await Promise.all([turn(), turn(), turn(), turn(), turn()]);
    expect(turns).toEqual([0, 10_000, 10_250, 13_500, 13_730, 13_980]);
  });

  test("lets nobody pass while the provider asked for quiet", async () => {
    const { pace, turn, turns } = clocked(4);
    pace.hold(5_000);
    await Promise.all([turn(), turn()]);
    expect(turns).toEqual([5_000, 5_250]);
  });

  test("holds back who waits for a turn already", async () => {
    let now = 0;
    const waits: number[] = [];
    const pace = createPace(4, {
      now: () => now,
      sleep: async (ms) => {
        if (waits.push(ms) === 1) pace.hold(5_000);
        now += ms;
      },
    });
    await Promise.all([pace.turn(never), pace.turn(never)]);
    expect(waits).toEqual([250, 4_750]);
  });

  test("gives no turn to an aborted run", async () => {
    const { pace, turn, turns } = clocked(4);
    await expect(pace.turn(AbortSignal.abort())).rejects.toThrow(/abort/i);
    await turn();
    expect(turns).toEqual([0]);
  });
});

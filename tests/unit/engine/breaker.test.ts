import { describe, expect, test } from "vitest";
import { secondsOfRest, streakToldAt } from "@/lib/engine/breaker";

const job = { alertAfterFailures: 2, breaker: { failures: 3, pauseSeconds: 900 } };
const streak = (failures: number, secondsAgo: number) => ({ failures, since: null, secondsAgo });

describe("resting", () => {
  test.each([
    ["cron", 2, 1, 0],
    ["cron", 3, 0, 900],
    ["cron", 3, 600, 300],
    // Cron calls come at full minutes, failures end a moment after: fifteen minutes on is the third call.
    ["cron", 3, 899, 0],
    ["cron", 3, 900, 0],
    ["catch-up", 7, 600, 300],
    ["manual", 7, 600, 0],
    ["queue", 7, 600, 0],
  ] as const)(
    "a run by %s after %d failures, the last %d s ago, waits %d s",
    (trigger, failures, ago, rest) => {
      expect(secondsOfRest(job, trigger, streak(failures, ago))).toBe(rest);
    },
  );

  test("a job without a breaker never rests", () => {
    expect(secondsOfRest({ alertAfterFailures: 1 }, "cron", streak(100, 1))).toBe(0);
  });
});

describe("lengths at which a streak is told of", () => {
  const told = (rules: Parameters<typeof streakToldAt>[0]) =>
    [...new Set(Array.from({ length: 50 }, (_, n) => streakToldAt(rules, n)))].slice(1);
  test.each([
    [job, [2, 3, 6, 12, 24, 48]],
    [{ alertAfterFailures: 2 }, [2, 4, 8, 16, 32]],
    [{ alertAfterFailures: 5, breaker: { failures: 3, pauseSeconds: 60 } }, [5, 10, 20, 40]],
  ])("%j: %j", (rules, lengths) => {
    expect(told(rules)).toEqual(lengths);
  });
});

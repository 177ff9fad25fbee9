import { describe, expect, test } from "vitest";
import { durationTicks, summariseDurations } from "@/lib/admin/durations";
import { countStrip, type RecentRun, stripOf } from "@/lib/admin/run-strip";

const EVERY_5_MIN = "*/5 * * * *";
const now = new Date("2026-11-22T13:00:30Z");
const fine = { running: false, late: false };
const run = (time: string, status = "succeeded", durationMs: number | null = 100): RecentRun => ({
  id: `${time} ${status}`,
  status,
  started_at: `2026-11-22T${time}Z`,
  duration_ms: durationMs,
});
const kinds = (slots: ReturnType<typeof stripOf>) =>
  slots.map((slot) => (slot.kind === "gap" ? slot.missed : slot.status));

describe("the strip of a job's runs", () => {
  test("has no gap while every scheduled run came, late by seconds or not", () => {
    const slots = stripOf([run("12:50:02"), run("12:55:41"), run("13:00:01")], EVERY_5_MIN, now, fine);
    expect(kinds(slots)).toEqual(["succeeded", "succeeded", "succeeded"]);
  });

  test("has a gap for scheduled runs nobody did, and says how many", () => {
    const slots = stripOf([run("12:30:00"), run("12:50:00"), run("12:55:00")], EVERY_5_MIN, now, fine);
    expect(kinds(slots)).toEqual(["succeeded", 3, "succeeded", "succeeded"]);
    expect(countStrip(slots)).toEqual({ count: 3, failed: 0, gaps: 3 });
  });

  test("counts a run by hand as the one that was due before it", () => {
    const slots = stripOf([run("12:30:00"), run("12:37:00"), run("12:40:00")], EVERY_5_MIN, now, fine);
    expect(kinds(slots)).toEqual(["succeeded", "succeeded", "succeeded"]);
  });

  test("ends in a gap when the job is late", () => {
    const slots = stripOf([run("12:40:00")], EVERY_5_MIN, now, { running: false, late: true });
    expect(slots.at(-1)).toEqual({ kind: "gap", missed: 4, before: null });
  });

  test("has no gaps for a job that runs on demand only", () => {
    const slots = stripOf([run("01:00:00"), run("12:00:00")], null, now, fine);
    expect(kinds(slots)).toEqual(["succeeded", "succeeded"]);
  });

  test("puts a retried run where it was tried last", () => {
    const retried = run("12:58:00", "failed");
    const slots = stripOf([retried, run("12:50:00"), run("12:55:00")], EVERY_5_MIN, now, fine);
    expect(kinds(slots)).toEqual(["succeeded", "succeeded", "failed"]);
  });

  test("tells a run under way from one whose process vanished", () => {
    const open = run("12:55:00", "running", null);
    expect(kinds(stripOf([open], EVERY_5_MIN, now, { running: true, late: false }))).toEqual(["running"]);
    expect(kinds(stripOf([open], EVERY_5_MIN, now, fine))).toEqual(["lost"]);
  });

  test("draws the longest run full and the shortest still visible", () => {
    const slots = stripOf(
      [run("12:50:00", "succeeded", 0), run("12:55:00", "succeeded", 9_000)],
      null,
      now,
      fine,
    );
    const heights = slots.map((slot) => (slot.kind === "run" ? slot.height : 0));
    expect(heights[1]).toBe(1);
    expect(heights[0]).toBeGreaterThan(0.1);
  });
});

describe("durations in figures", () => {
  test("leave out runs that have not ended", () => {
    const runs = [
      run("12:00:00", "succeeded", 100),
      run("12:05:00", "failed", 300),
      run("12:10:00", "running", null),
    ];
    expect(summariseDurations(runs)).toEqual({
      count: 2,
      succeeded: 1,
      failed: 1,
      medianMs: 200,
      longestMs: 300,
    });
  });

  test("are none when no run has ended", () => {
    expect(summariseDurations([run("12:00:00", "running", null)])).toBeNull();
  });

  test.each([0, 1, 7, 450, 3_400, 59_000, 270_000, 9 * 3_600_000])(
    "have at most six round marks that reach the longest, %d ms",
    (longest) => {
      const ticks = durationTicks(longest);
      expect(ticks[0]).toBe(0);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(longest);
    },
  );
});

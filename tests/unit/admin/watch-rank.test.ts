import { describe, expect, test } from "vitest";
import { chartOf, lineEnds, runsOf } from "@/lib/admin/watch-chart";
import {
  dayNumber,
  depthOf,
  placesGained,
  positionText,
  sparkRange,
  stretchesOf,
  summariseHistory,
} from "@/lib/admin/watch-rank";
import type { Observation } from "@/lib/watch/types";

const on = (
  day: number,
  position: number | "not_ranked" | "failed",
): Observation & { competitors: null } => ({
  checkedOn: `2026-11-${String(day).padStart(2, "0")}`,
  status: typeof position === "number" ? "ok" : position,
  position: typeof position === "number" ? position : null,
  competitors: null,
});
const range = { since: "2026-11-01", today: "2026-11-10", competitors: [] };

describe("a history as a line", () => {
  test("breaks where a reading failed, is missing, or found nothing: never a drop", () => {
    const { stretches, absent, failed } = stretchesOf([
      on(1, 3),
      on(2, 4),
      on(3, "failed"),
      on(4, 5),
      on(6, 5),
      on(7, "not_ranked"),
      on(8, 9),
    ]);
    expect(stretches.map((stretch) => stretch.map(({ position }) => position))).toEqual([
      [3, 4],
      [5],
      [5],
      [9],
    ]);
    expect(absent).toEqual([dayNumber("2026-11-07")]);
    expect(failed).toEqual([dayNumber("2026-11-03")]);
  });

  test("has a day of the chart for every day of the range, a gap where nothing is known", () => {
    const chart = chartOf([on(2, 4), on(3, "failed"), on(4, "not_ranked")], range);
    expect(chart.days).toHaveLength(10);
    expect(chart.days.slice(0, 4).map(({ position, failed }) => [position, failed])).toEqual([
      [null, false],
      [4, false],
      [null, true],
      [null, false],
    ]);
    expect(chart.days[3]?.absent).toBeGreaterThan(chart.deepest);
    expect(chart.days[3]?.absent).toBeLessThan(chart.foot);
  });

  test("shows the top ten whole even when all positions are better", () => {
    expect(chartOf([on(1, 2)], range).deepest).toBe(10);
    expect(chartOf([on(1, 2), on(2, 34)], range).deepest).toBe(50);
    expect(chartOf([on(1, 480)], range).days[0]?.position).toBe(100);
  });

  test("tells a competitor that was not found from one that was not read", () => {
    const read = { ...on(1, 2), competitors: { "a.example": null } };
    const [day] = chartOf([read], { ...range, competitors: ["a.example", "b.example"] }).days;
    expect(day?.known).toEqual({ "a.example": null });
  });

  test("groups failed days in a row", () => {
    expect(runsOf([3, 4, 5, 8, 10, 11])).toEqual([
      { from: 3, to: 5 },
      { from: 8, to: 8 },
      { from: 10, to: 11 },
    ]);
  });

  test("keeps the names at the ends of the lines apart and inside the plot", () => {
    const competitors = { "a.example": 9, "b.example": 9, "c.example": 9 };
    const chart = chartOf([{ ...on(10, 9), competitors }], {
      ...range,
      competitors: Object.keys(competitors),
    });
    const tops = lineEnds(chart, ["own.example", ...Object.keys(competitors)], 200).map(({ top }) => top);
    expect(tops).toHaveLength(4);
    expect(tops.slice(1).every((top, index) => top - (tops[index] ?? 0) >= 15)).toBe(true);
    expect(Math.max(...tops)).toBeLessThanOrEqual(200);
  });
});

describe("positions", () => {
  test("give the upper ten half of the height", () => {
    expect(depthOf(1)).toBe(0);
    expect(depthOf(10)).toBeCloseTo(0.5);
    expect(depthOf(100)).toBe(1);
    expect(depthOf(700)).toBe(1);
  });

  test("are written as they are, averages with one decimal", () => {
    expect([positionText(4), positionText(7.34), positionText(17.02)]).toEqual(["4", "7.3", "17.0"]);
    expect([placesGained(9, 4), placesGained(4.1, 6.9)]).toEqual([5, -2.8]);
  });

  test("fill a small picture, but a steady one is not blown up", () => {
    const steady = sparkRange([12, 12, 13]);
    expect(steady.deepest / steady.top).toBeGreaterThanOrEqual(4);
    expect(sparkRange([2, 60])).toEqual({ top: 2, deepest: 60 });
    expect(sparkRange([1]).top).toBe(1);
  });

  test("are summed up without those days that say nothing", () => {
    expect(summariseHistory([on(1, 3), on(2, "failed"), on(3, "not_ranked"), on(4, 8)])).toMatchObject({
      days: 4,
      best: 3,
      worst: 8,
      notRanked: 1,
      failed: 1,
    });
    expect(summariseHistory([]).best).toBeNull();
  });
});

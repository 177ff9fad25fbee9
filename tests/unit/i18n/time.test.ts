import { describe, expect, test } from "vitest";
import { durationOf, exactTime, minuteTime, relativeTime, zoneLabel } from "@/lib/i18n/time";

const now = new Date("2026-11-22T13:00:00Z");
const from = (ms: number) => relativeTime(new Date(now.getTime() + ms), now);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe("a relative time", () => {
  test.each([
    [0, { kind: "now" }],
    [-59 * SECOND, { kind: "now" }],
    [-MINUTE, { kind: "agoMinutes", count: 1 }],
    [-59 * MINUTE - 59 * SECOND, { kind: "agoMinutes", count: 59 }],
    [-HOUR, { kind: "agoHours", count: 1 }],
    [-24 * HOUR + 1, { kind: "agoHours", count: 23 }],
    [-24 * HOUR, { kind: "absolute" }],
  ])("of the past, %d ms away, is rounded down and ends after a day", (ms, expected) => {
    expect(from(ms)).toEqual(expected);
  });

  test.each([
    [59 * SECOND, { kind: "soon" }],
    [MINUTE, { kind: "inMinutes", count: 1 }],
    [4 * MINUTE + 50 * SECOND, { kind: "inMinutes", count: 5 }],
    [HOUR, { kind: "inHours", count: 1 }],
    [24 * HOUR, { kind: "absolute" }],
  ])("of the future, %d ms away, goes to the nearest unit", (ms, expected) => {
    expect(from(ms)).toEqual(expected);
  });
});

describe("an absolute time", () => {
  test("is said on the clocks of its zone and names it", () => {
    expect(exactTime(now, "Asia/Tokyo")).toBe("2026-11-22 22:00:00 JST");
    expect(minuteTime(now, "UTC")).toBe("2026-11-22 13:00 UTC");
  });

  test("crosses into the next day where the zone has", () => {
    expect(minuteTime(new Date("2026-12-31T15:00:00Z"), "Asia/Tokyo")).toBe("2027-01-01 00:00 JST");
  });

  test("of other zones carries the offset in force that day", () => {
    expect(zoneLabel("Europe/Berlin", new Date("2026-07-01T00:00:00Z"))).toBe("UTC+2");
    expect(zoneLabel("Europe/Berlin", now)).toBe("UTC+1");
    expect(zoneLabel("America/St_Johns", now)).toBe("UTC-3:30");
  });
});

describe("a duration", () => {
  test.each([
    [0, { kind: "ms", count: "0" }],
    [999, { kind: "ms", count: "999" }],
    [1_000, { kind: "s", count: "1.0" }],
    [9_949, { kind: "s", count: "9.9" }],
    [9_950, { kind: "s", count: "10" }],
    [59_600, { kind: "min", minutes: 1, seconds: 0 }],
    [3_599_400, { kind: "min", minutes: 59, seconds: 59 }],
    [3_660_000, { kind: "h", hours: 1, minutes: 1 }],
  ])("of %d ms is said in the unit that reads best", (ms, expected) => {
    expect(durationOf(ms)).toEqual(expected);
  });
});

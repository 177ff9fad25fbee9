import { describe, expect, test } from "vitest";
import { addDays, jstDate, jstInstant, nextJstTime } from "@/lib/time";

describe("business days in Japan", () => {
  test.each([
    ["2026-11-22T14:59:59Z", "2026-11-22"],
    ["2026-11-22T15:00:00Z", "2026-11-23"],
    ["2026-12-31T15:00:00Z", "2027-01-01"],
  ])("%s is the day %s", (instant, day) => {
    expect(jstDate(new Date(instant))).toBe(day);
  });

  test("move over months and leap days", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  });

  test("a wall-clock time is an instant nine hours before UTC's", () => {
    expect(jstInstant("2026-11-22", "22:00").toISOString()).toBe("2026-11-22T13:00:00.000Z");
  });
});

describe("the next 06:00 JST", () => {
  test.each([
    ["after closing at 22:00", "2026-11-22T13:00:30Z", "2026-11-22T21:00:00.000Z"],
    ["after a catch-up at 05:59", "2026-11-22T20:59:59Z", "2026-11-22T21:00:00.000Z"],
    ["at 06:00 itself is tomorrow's", "2026-11-22T21:00:00Z", "2026-11-23T21:00:00.000Z"],
  ])("%s", (_, now, expected) => {
    expect(nextJstTime(new Date(now), "06:00").toISOString()).toBe(expected);
  });
});

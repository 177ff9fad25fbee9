import { describe, expect, test } from "vitest";
import { addDays, isTimeZone, jstDate, jstInstant, nextJstTime, zonedDate, zonedInstant } from "@/lib/time";

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

describe("a time on a user's own clocks", () => {
  test.each([
    ["2026-11-22", "09:00", "Asia/Kathmandu", "2026-11-22T03:15:00.000Z"],
    ["2026-11-22", "09:00", "America/St_Johns", "2026-11-22T12:30:00.000Z"],
    ["2026-03-08", "02:30", "America/New_York", "2026-03-08T07:30:00.000Z"],
    ["2026-11-01", "01:30", "America/New_York", "2026-11-01T05:30:00.000Z"],
  ])("%s %s in %s is %s", (date, time, timeZone, instant) => {
    expect(zonedInstant(date, time, timeZone).toISOString()).toBe(instant);
  });

  test("belongs to the date its calendar shows", () => {
    expect(zonedDate(new Date("2026-11-22T10:30:00Z"), "Pacific/Kiritimati")).toBe("2026-11-23");
    expect(zonedDate(new Date("2026-11-22T10:30:00Z"), "Pacific/Pago_Pago")).toBe("2026-11-21");
  });

  test.each(["Mars/Olympus", "+09:00", "", "JST?"])("%j is no zone", (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});

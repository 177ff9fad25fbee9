import { describe, expect, test } from "vitest";
import { type DigestSchedule, planDigest } from "@/lib/notify/plan";

function schedule(parts: Partial<DigestSchedule> = {}): DigestSchedule {
  return { timezone: "Asia/Tokyo", notificationTime: "09:00", digestedDates: [], ...parts };
}

/** The local date that is due at an instant, or null. */
function dueDate(parts: Partial<DigestSchedule>, now: string): string | null {
  const plan = planDigest(schedule(parts), new Date(now));
  return plan.status === "due" ? plan.localDate : null;
}

describe("a digest (seed 003, ステップ2: 通知時刻に達している場合)", () => {
  test("is due from the minute the user's clock shows the time", () => {
    expect(dueDate({}, "2026-11-21T23:59:59Z")).toBeNull();
    expect(dueDate({}, "2026-11-22T00:00:00Z")).toBe("2026-11-22");
  });

  test("stays due all day when hours were missed", () => {
    expect(dueDate({}, "2026-11-22T14:00:00Z")).toBe("2026-11-22");
  });

  test("is not due twice on one local date", () => {
    expect(dueDate({ digestedDates: ["2026-11-22"] }, "2026-11-22T05:00:00Z")).toBeNull();
  });

  test("of a date is found after midnight, where a run at the full hour first meets 23:30", () => {
    const late = { notificationTime: "23:30", digestedDates: ["2026-11-20"] };
    expect(dueDate(late, "2026-11-21T15:00:00Z")).toBe("2026-11-21");
  });

  test("of yesterday is given up three hours after its time, rather than sent at night", () => {
    const late = { notificationTime: "23:30", digestedDates: [] };
    expect(dueDate(late, "2026-11-21T17:30:00Z")).toBe("2026-11-21");
    expect(dueDate(late, "2026-11-21T17:30:01Z")).toBeNull();
  });

  test.each([
    ["Asia/Kolkata", "2026-11-22T03:30:00Z"],
    ["Asia/Kathmandu", "2026-11-22T03:15:00Z"],
    ["Pacific/Chatham", "2026-11-21T19:15:00Z"],
    ["America/St_Johns", "2026-11-22T12:30:00Z"],
  ])("reaches 09:00 in %s to the minute, at %s", (timezone, instant) => {
    const before = new Date(new Date(instant).getTime() - 1).toISOString();
    expect(dueDate({ timezone, digestedDates: ["2026-11-21"] }, before)).toBeNull();
    expect(dueDate({ timezone, digestedDates: ["2026-11-21"] }, instant)).toBe("2026-11-22");
  });
});

describe("summer time", () => {
  const newYork = { timezone: "America/New_York", notificationTime: "02:30" };

  test("a time that is skipped is due when the clocks have jumped past it (02:30 → 03:30 EDT)", () => {
    expect(dueDate({ ...newYork, digestedDates: ["2026-03-07"] }, "2026-03-08T07:29:59Z")).toBeNull();
    expect(dueDate({ ...newYork, digestedDates: ["2026-03-07"] }, "2026-03-08T07:30:00Z")).toBe("2026-03-08");
  });

  test("a time that occurs twice is due at its first occurrence (01:30 EDT), and not again", () => {
    const twice = { timezone: "America/New_York", notificationTime: "01:30" };
    expect(dueDate({ ...twice, digestedDates: ["2026-10-31"] }, "2026-11-01T05:30:00Z")).toBe("2026-11-01");
    expect(dueDate({ ...twice, digestedDates: ["2026-11-01"] }, "2026-11-01T06:30:00Z")).toBeNull();
  });

  test("a day that begins at 01:00 still has its 00:30 (Beirut)", () => {
    const beirut = { timezone: "Asia/Beirut", notificationTime: "00:30", digestedDates: ["2026-03-28"] };
    expect(dueDate(beirut, "2026-03-28T22:30:00Z")).toBe("2026-03-29");
  });
});

describe("a digest that is not due", () => {
  test("says when it will be: today's time, if it is still to come", () => {
    expect(planDigest(schedule(), new Date("2026-11-21T22:00:00Z"))).toEqual({
      status: "later",
      at: new Date("2026-11-22T00:00:00Z"),
    });
  });

  test("says tomorrow's time when today has had its digest", () => {
    expect(planDigest(schedule({ digestedDates: ["2026-11-22"] }), new Date("2026-11-22T03:00:00Z"))).toEqual(
      {
        status: "later",
        at: new Date("2026-11-23T00:00:00Z"),
      },
    );
  });

  test("is told apart from a zone nobody knows", () => {
    expect(planDigest(schedule({ timezone: "Mars/Olympus" }), new Date())).toEqual({
      status: "invalid_timezone",
    });
    expect(planDigest(schedule({ timezone: "+09:00" }), new Date())).toEqual({ status: "invalid_timezone" });
  });
});

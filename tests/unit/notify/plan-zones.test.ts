import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planDigest } from "@/lib/notify/plan";
import { zonedDate } from "@/lib/time";

const ZONES = Intl.supportedValuesOf("timeZone");
const HOUR_MS = 3_600_000;

/** The weekends of 2026 on which clocks change: America, Europe, the southern hemisphere, and back. */
const WEEKENDS: [string, string][] = [
  ["2026-03-06T12:00:00Z", "2026-03-10T00:00:00Z"],
  ["2026-03-27T12:00:00Z", "2026-03-31T00:00:00Z"],
  ["2026-04-03T12:00:00Z", "2026-04-07T00:00:00Z"],
  ["2026-04-23T12:00:00Z", "2026-04-26T12:00:00Z"],
  ["2026-09-04T12:00:00Z", "2026-09-08T00:00:00Z"],
  ["2026-09-25T12:00:00Z", "2026-09-29T00:00:00Z"],
  ["2026-10-02T12:00:00Z", "2026-10-06T00:00:00Z"],
  ["2026-10-23T12:00:00Z", "2026-11-03T00:00:00Z"],
];

/** What clocks in a zone show at an instant, to the minute. */
function clock(timezone: string, instant: string): string {
  const parts = { timeZone: timezone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return new Intl.DateTimeFormat("en", parts).format(new Date(instant));
}

/** Weekends on which a zone's clocks change; the first one for zones that have none. */
function weekendsOf(timezone: string): [string, string][] {
  const noon = (instant: string) => `${instant.slice(0, 10)}T12:00:00Z`;
  const changing = WEEKENDS.filter(([from, to]) => clock(timezone, noon(from)) !== clock(timezone, noon(to)));
  return changing.length > 0 ? changing : WEEKENDS.slice(0, 1);
}

/** The local dates of the digests that hourly runs send to a user who always has something to hear. */
function digestsOf(timezone: string, notificationTime: string, [from, to]: [string, string], missedRun = -1) {
  const sent: string[] = [];
  let run = 0;
  for (let at = Date.parse(from); at <= Date.parse(to); at += HOUR_MS) {
    run += 1;
    if (run === missedRun) continue;
    const plan = planDigest({ timezone, notificationTime, digestedDates: sent.slice(-3) }, new Date(at));
    if (plan.status === "due") sent.push(plan.localDate);
  }
  return sent;
}

/** Every local date of a span but its first and last, which the span cuts. */
function innerDates(timezone: string, [from, to]: [string, string]): string[] {
  const dates = new Set<string>();
  for (let at = Date.parse(from); at <= Date.parse(to); at += 6 * HOUR_MS) {
    dates.add(zonedDate(new Date(at), timezone));
  }
  dates.add(zonedDate(new Date(to), timezone));
  return [...dates].slice(1, -1);
}

describe("over the weekends on which clocks change, hourly runs", () => {
  test.each(["00:30", "02:30", "09:00", "23:59"])(
    "send a user of any zone exactly one digest per local date at %s",
    (notificationTime) => {
      for (const timezone of ZONES) {
        for (const weekend of weekendsOf(timezone)) {
          const sent = digestsOf(timezone, notificationTime, weekend);
          const about = `${timezone} ${weekend[0]}`;
          expect(new Set(sent).size, about).toBe(sent.length);
          const expected = innerDates(timezone, weekend);
          expect(
            sent.filter((date) => expected.includes(date)),
            about,
          ).toEqual(expected);
        }
      }
    },
    60_000,
  );

  test("send none twice and lose none, at any time of day and with any one run missed", () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
    const weekend = fc.constantFrom(...WEEKENDS);
    const run = fc.integer({ min: 2, max: 80 });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), time, weekend, run, (timezone, at, span, missedRun) => {
        const sent = digestsOf(timezone, at, span, missedRun);
        expect(new Set(sent).size).toBe(sent.length);
        for (const date of innerDates(timezone, span)) expect(sent).toContain(date);
      }),
      { numRuns: 300, seed: 2026 },
    );
  }, 60_000);
});

test("the list of zones is the whole list this runtime knows, odd offsets included", () => {
  expect(ZONES.length).toBeGreaterThan(400);
  const oddOffsets = ["Pacific/Chatham", "Australia/Lord_Howe", "America/St_Johns", "Africa/Cairo"];
  expect(ZONES).toEqual(expect.arrayContaining(oddOffsets));
});

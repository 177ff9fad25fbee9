import { describe, expect, test } from "vitest";
import {
  type AbsenceFacts,
  absenceOf,
  type RefreshRuns,
  trendingStanding,
} from "@/lib/admin/trending-standing";
import type { TrendingState } from "@/lib/trending/types";

const NOW = new Date("2026-11-22T12:00:30Z");
const next = new Date("2026-11-22T12:05:00Z");
const minutesAgo = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 12, 0) - minutes * 60_000);
const state: TrendingState = {
  windowEnd: minutesAgo(0),
  refreshedAt: minutesAgo(0),
  windows: [1_440, 360],
  profile: "default",
  pass: null,
  verifiedAt: minutesAgo(60),
  drift: 0,
  recordedEnd: null,
};
const quiet: RefreshRuns = { running: null, failing: null };
const failing: RefreshRuns = {
  running: null,
  failing: {
    id: "run",
    failure: { code: "x", message: "x", permanent: false },
    times: 3,
    resting: true,
  },
};
const standing = (changed: Partial<TrendingState> = {}, runs = quiet, enabled = true) =>
  trendingStanding({ ...state, ...changed }, runs, "24h", { now: NOW, next, enabled, staleMinutes: 15 });

describe("how the figures stand", () => {
  test("is fresh, old, being counted anew, or not counted at all", () => {
    expect(standing().stale).toBeNull();
    expect(standing({ windowEnd: minutesAgo(14) }).stale).toBeNull();
    expect(standing({ windowEnd: minutesAgo(15) }).stale).toBe("old");
    expect(standing({ pass: "build" }).stale).toBe("building");
    expect(standing({ pass: "verify" }).stale).toBeNull();
    expect(standing({ windows: [360] }).stale).toBe("missing");
    expect(standing({ windowEnd: null }).stale).toBe("missing");
  });

  test("names the next refresh only where there will be one, and a proof only where there was one", () => {
    expect(standing().nextAt).toBe("2026-11-22T12:05:00.000Z");
    expect(standing({}, quiet, false).nextAt).toBeNull();
    expect(standing({ drift: 2 }).verified).toEqual({ at: "2026-11-22T11:00:00.000Z", drift: 2 });
    expect(standing({ verifiedAt: null }).verified).toBeNull();
  });
});

describe("why nothing trends", () => {
  const facts: AbsenceFacts = {
    hasTopics: true,
    hasPosts: true,
    latestPostAt: minutesAgo(2_000).toISOString(),
    nextFuturePostAt: null,
  };
  const never = { windowEnd: null, verifiedAt: null, drift: null };

  test("is told of the data before the job: no run would help", () => {
    const stopped = standing(never, failing, false);
    expect(absenceOf({ ...facts, hasTopics: false }, stopped, 1_440)).toEqual({ why: "no_topics" });
    expect(absenceOf({ ...facts, hasPosts: false }, stopped, 1_440)).toEqual({ why: "no_posts" });
    const none = { ...facts, latestPostAt: null };
    expect(absenceOf(none, stopped, 1_440)).toEqual({ why: "all_deleted" });
    expect(absenceOf({ ...none, nextFuturePostAt: "2027-01-01T00:00:00.000Z" }, stopped, 1_440)).toEqual({
      why: "only_future",
      at: "2027-01-01T00:00:00.000Z",
    });
  });

  test("is told of the job where there is something it should have counted", () => {
    expect(absenceOf(facts, standing(never, failing, false), 1_440)).toEqual({ why: "disabled" });
    expect(absenceOf(facts, standing(never, failing), 1_440)).toEqual({ why: "failing" });
    expect(absenceOf(facts, standing(never), 1_440)).toEqual({ why: "never" });
    expect(absenceOf(facts, standing({ pass: "build" }, failing), 1_440)).toEqual({ why: "building" });
    expect(absenceOf(facts, standing({ windows: [360] }), 1_440)).toEqual({ why: "window" });
  });

  test("names the latest post where the window is truly empty, and where it came after the count", () => {
    expect(absenceOf(facts, standing(), 1_440)).toEqual({ why: "none_in_window", at: facts.latestPostAt });
    const late = { ...facts, latestPostAt: new Date(NOW.getTime() - 10_000).toISOString() };
    expect(absenceOf(late, standing(), 1_440)).toEqual({ why: "not_counted_yet", at: late.latestPostAt });
    expect(absenceOf(late, standing({}, failing), 1_440)).toEqual({ why: "failing" });
    const within = { ...facts, latestPostAt: minutesAgo(30).toISOString() };
    expect(absenceOf(within, standing(), 1_440)).toEqual({ why: "not_counted_yet", at: within.latestPostAt });
  });
});

import { describe, expect, test } from "vitest";
import { judgeJob } from "@/lib/engine/health";
import { scheduledOccurrence } from "@/lib/engine/occurrence";
import { nextOccurrence, previousOccurrence } from "@/lib/engine/schedule";
import { finalizeRanking } from "@/lib/jobs/finalize-ranking";

const at = (iso: string) => new Date(iso);

describe("occurrences of a schedule", () => {
  test.each([
    ["2026-11-22T12:59:59.999Z", "2026-11-21T13:00:00.000Z"],
    ["2026-11-22T13:00:00.000Z", "2026-11-22T13:00:00.000Z"],
    ["2026-11-22T13:00:00.001Z", "2026-11-22T13:00:00.000Z"],
    ["2026-11-23T12:59:00.000Z", "2026-11-22T13:00:00.000Z"],
  ])("at %s the latest daily one is %s", (now, expected) => {
    expect(previousOccurrence("0 13 * * *", at(now))?.toISOString()).toBe(expected);
  });

  test("the next one is strictly ahead", () => {
    expect(nextOccurrence("*/5 * * * *", at("2026-11-22T13:00:00Z"))?.toISOString()).toBe(
      "2026-11-22T13:05:00.000Z",
    );
  });

  test("a cron call minutes late names the same occurrence as a punctual one", () => {
    const keys = ["2026-11-22T13:00:00Z", "2026-11-22T13:00:59Z", "2026-11-22T13:41:00Z"].map(
      (now) => scheduledOccurrence(finalizeRanking, at(now))?.occurrence,
    );
    expect(new Set(keys)).toEqual(new Set(["2026-11-22T13:00:00.000Z"]));
  });

  test("the contest closes at 22:00 in Japan", () => {
    const due = previousOccurrence(finalizeRanking.schedule ?? "", at("2026-11-22T15:00:00Z"));
    expect(due?.toLocaleTimeString("en-GB", { timeZone: "Asia/Tokyo" })).toBe("22:00:00");
  });
});

describe("judging a job", () => {
  const job = { schedule: "0 13 * * *", graceSeconds: 900 };
  const seen = "2026-11-01T00:00:00Z";
  test.each([
    ["served by a success after the due time", "2026-11-22T13:00:05Z", "2026-11-22T20:00:00Z", "on_time"],
    ["within its grace", "2026-11-21T13:00:05Z", "2026-11-22T13:15:00Z", "due"],
    ["past its grace", "2026-11-21T13:00:05Z", "2026-11-22T13:15:01Z", "late"],
    ["never successful", null, "2026-11-22T13:15:01Z", "late"],
  ])("%s", (_, lastSuccess, now, punctuality) => {
    const row = { first_seen_at: seen, last_success_started_at: lastSuccess };
    expect(judgeJob(job, row, at(now)).punctuality).toBe(punctuality);
  });

  test("waits where its first occurrence since it is known lies ahead", () => {
    const row = { first_seen_at: "2026-11-22T13:00:01Z", last_success_started_at: null };
    expect(judgeJob(job, row, at("2026-11-23T12:00:00Z")).punctuality).toBe("waiting");
  });
});

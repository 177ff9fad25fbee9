import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { defineJob } from "@/lib/engine/define-job";
import { readHealth } from "@/lib/engine/health";
import { tellOfLateness } from "@/lib/engine/lateness";
import { claimRun } from "@/lib/engine/ledger";
import { requestedOccurrence } from "@/lib/engine/occurrence";
import { runJob } from "@/lib/engine/run-job";
import { recoverRuns, runMissedOccurrences } from "@/lib/engine/sweep";
import { sweepOf } from "@/lib/jobs/sweep";
import { type Providers, startProviders } from "../support/providers";
import { openWorld, type World } from "../support/world";

let world: World;
let providers: Providers;
const never = new AbortController().signal;
const run = vi.fn(async () => ({ outcome: "done", counts: {} }));
const nightly = defineJob({
  name: "nightly",
  schedule: "0 13 * * *",
  graceSeconds: 600,
  input: z.unknown(),
  run,
});

beforeAll(async () => {
  [world, providers] = await Promise.all([openWorld(), startProviders()]);
});
afterAll(() => Promise.all([world.close(), providers.close()]));
beforeEach(async () => {
  run.mockClear();
  await world.sql("truncate job_runs, jobs cascade");
  await world.sql(
    "insert into jobs (name, schedule, first_seen_at) values ('nightly', '0 13 * * *', '2026-11-01')",
  );
});

const catchUp = (now: string) => {
  world.setNow(now);
  return runMissedOccurrences(world.ctx, [nightly], never);
};

test("an occurrence nobody ran is caught up once, under its own key", async () => {
  expect(await catchUp("2026-11-22T13:05:00Z")).toEqual({ caught_up: 1, catch_up_failed: 0 });
  expect(await world.sql("select occurrence, trigger, status from job_runs")).toEqual([
    { occurrence: "2026-11-22T13:00:00.000Z", trigger: "catch-up", status: "succeeded" },
  ]);
  expect(await catchUp("2026-11-22T13:15:00Z")).toEqual({ caught_up: 0, catch_up_failed: 0 });
  expect(run).toHaveBeenCalledTimes(1);
});

test("days of outage are made good by one run, not one per missed day", async () => {
  await catchUp("2026-11-22T13:05:00Z");
  await world.sql("update job_runs set started_at = '2026-11-15', finished_at = '2026-11-15'");
  run.mockClear();
  await catchUp("2026-11-25T20:00:00Z");
  expect(run).toHaveBeenCalledTimes(1);
});

test("a tick just past is left to the schedule itself, unless one before it was missed too", async () => {
  await world.sql("update jobs set first_seen_at = '2026-11-22T00:00:00Z'");
  expect(await catchUp("2026-11-22T13:01:00Z")).toEqual({ caught_up: 0, catch_up_failed: 0 });
  // A job that is due whenever sweep runs would never be caught up otherwise.
  await world.sql("update jobs set first_seen_at = '2026-11-21T00:00:00Z'");
  expect(await catchUp("2026-11-22T13:00:00Z")).toEqual({ caught_up: 1, catch_up_failed: 0 });
});

test("occurrences from before the job was known here are not owed", async () => {
  await world.sql("update jobs set first_seen_at = '2026-11-22T14:00:00Z'");
  expect(await catchUp("2026-11-22T15:00:00Z")).toEqual({ caught_up: 0, catch_up_failed: 0 });
});

test("a permanent failure is not tried again by itself, a passing one is, as long as the day's work is owed", async () => {
  run.mockRejectedValueOnce(Object.assign(new Error("bad data"), { permanent: true }));
  expect(await catchUp("2026-11-22T13:05:00Z")).toEqual({ caught_up: 0, catch_up_failed: 1 });
  await world.sql("update job_runs set started_at = '2026-11-22T13:05:00Z'");
  expect(await catchUp("2026-11-22T13:15:00Z")).toEqual({ caught_up: 0, catch_up_failed: 0 });
  await world.sql("update job_runs set error = jsonb_set(error, '{permanent}', 'false')");
  expect(await catchUp("2026-11-22T13:25:00Z")).toEqual({ caught_up: 1, catch_up_failed: 0 });
});

test("a run by hand after the due time counts as having done the day's work", async () => {
  await runJob(nightly, world.ctx, { trigger: "manual", occurrence: "manual:1" });
  await world.sql("update job_runs set started_at = '2026-11-22T13:02:00Z'");
  expect(await catchUp("2026-11-22T13:20:00Z")).toEqual({ caught_up: 0, catch_up_failed: 0 });
});

test("a run whose process died is taken up again once its lease is over, with its own input", async () => {
  const ask = {
    job: "nightly",
    env: "dev",
    occurrence: "manual:7",
    scheduledFor: null,
    trigger: "manual",
  } as const;
  await claimRun(world.db, { ...ask, input: { theme_id: "t1" }, leaseSeconds: 60 });
  expect(await recoverRuns(world.ctx, [nightly], never)).toMatchObject({ recovered: 0 });
  await world.sql("update job_runs set lease_expires_at = now() - interval '1 s'");
  expect(await recoverRuns(world.ctx, [nightly], never)).toMatchObject({ recovered: 1 });
  expect(run).toHaveBeenCalledWith(expect.objectContaining({ input: { theme_id: "t1" } }));
});

test("a passing failure is tried again after its backoff, a permanent one waits for a person", async () => {
  run.mockRejectedValueOnce(new Error("passing"));
  await runJob(nightly, world.ctx, { trigger: "cron", occurrence: "passing" });
  run.mockRejectedValueOnce(Object.assign(new Error("bad data"), { permanent: true }));
  await runJob(nightly, world.ctx, { trigger: "cron", occurrence: "permanent" });
  expect(await recoverRuns(world.ctx, [nightly], never)).toMatchObject({ recovered: 0 });
  await world.sql("update job_runs set finished_at = now() - interval '61 s'");
  expect(await recoverRuns(world.ctx, [nightly], never)).toMatchObject({ recovered: 1 });
  expect(await world.sql("select occurrence, status from job_runs order by occurrence")).toEqual([
    { occurrence: "passing", status: "succeeded" },
    { occurrence: "permanent", status: "failed" },
  ]);
});

test("a run that keeps killing its process is closed as abandoned instead of running forever", async () => {
  const ask = {
    job: "nightly",
    env: "dev",
    occurrence: "poison",
    scheduledFor: null,
    trigger: "cron",
  } as const;
  await claimRun(world.db, { ...ask, input: {}, leaseSeconds: 60 });
  await world.sql("update job_runs set attempt = 5, lease_expires_at = now() - interval '1 s'");
  expect(await recoverRuns(world.ctx, [nightly], never)).toMatchObject({ abandoned: 1, recovered: 0 });
  expect(await world.sql("select status, error->>'code' as code from job_runs")).toEqual([
    { status: "failed", code: "abandoned" },
  ]);
});

test("health follows a job from due over late to on time", async () => {
  const state = async (now: string) => {
    world.setNow(now);
    const [job] = await readHealth(world.ctx, [nightly]);
    return job?.punctuality;
  };
  await world.sql("update jobs set first_seen_at = '2026-11-22T12:00:00Z'");
  expect(await state("2026-11-22T12:59:59Z")).toBe("waiting");
  expect(await state("2026-11-22T13:05:00Z")).toBe("due");
  expect(await state("2026-11-22T13:10:01Z")).toBe("late");
  await runJob(nightly, world.ctx, { trigger: "cron", occurrence: "2026-11-22T13:00:00.000Z" });
  await world.sql(
    "update job_runs set started_at = '2026-11-22T13:11:00Z', finished_at = '2026-11-22T13:11:04Z'",
  );
  const [job] = await readHealth(world.ctx, [nightly]);
  expect(job).toMatchObject({
    punctuality: "on_time",
    overdueSince: null,
    nextRunAt: "2026-11-23T13:00:00.000Z",
  });
  expect(job?.recent).toMatchObject([{ status: "succeeded", duration_ms: 4000 }]);
});

describe("telling of lateness", () => {
  const look = (now: string) => {
    world.setNow(now);
    return tellOfLateness(world.ctx, [nightly]);
  };
  const succeedAt = async (at: string) => {
    await runJob(nightly, world.ctx, { trigger: "manual", occurrence: `manual:${at}` });
    await world.sql("update job_runs set started_at = $1, finished_at = $1 where occurrence = $2", [
      at,
      `manual:${at}`,
    ]);
  };
  beforeEach(() => providers.reset());

  test("operators hear of a late job once, with how long, the last success and what to do", async () => {
    await succeedAt("2026-11-21T13:00:05Z");
    expect(await look("2026-11-22T13:10:00Z")).toEqual({ lateness_told: 0 });
    expect(await look("2026-11-22T13:35:00Z")).toEqual({ lateness_told: 1 });
    const [text, ...more] = await providers.slackTexts();
    expect(more).toEqual([]);
    expect(text).toContain("*nightly* is late (dev): due 2026-11-22 13:00 UTC, overdue for 35 minutes.");
    expect(text).toContain("Last success: 2026-11-21 13:00 UTC.");
    expect(text).toContain("Next scheduled run: 2026-11-23 13:00 UTC.");
    expect(text).toContain("npm run job -- nightly --env dev");
    expect(await look("2026-11-24T08:00:00Z")).toEqual({ lateness_told: 0 });
  });

  test("of many processes that look at once, one tells", async () => {
    await succeedAt("2026-11-21T13:00:05Z");
    world.setNow("2026-11-22T13:35:00Z");
    const told = await Promise.all(Array.from({ length: 8 }, () => tellOfLateness(world.ctx, [nightly])));
    expect(told.reduce((sum, { lateness_told }) => sum + lateness_told, 0)).toBe(1);
    expect(await providers.slackTexts()).toHaveLength(1);
  });

  test("they hear again only after a success in between", async () => {
    expect(await look("2026-11-22T13:35:00Z")).toEqual({ lateness_told: 1 });
    await succeedAt("2026-11-22T13:40:00Z");
    expect(await look("2026-11-22T14:00:00Z")).toEqual({ lateness_told: 0 });
    expect(await look("2026-11-23T13:35:00Z")).toEqual({ lateness_told: 1 });
    expect(await look("2026-11-23T13:45:00Z")).toEqual({ lateness_told: 0 });
  });

  test("a message that Slack did not take is told by the next sweep", async () => {
    await providers.fail("slack", { status: 503, times: 1 });
    expect(await look("2026-11-22T13:35:00Z")).toEqual({ lateness_told: 0 });
    expect(await look("2026-11-22T13:45:00Z")).toEqual({ lateness_told: 1 });
    expect(await providers.slackTexts()).toHaveLength(1);
  });

  test("sweep tells of it only after catching up failed to help", async () => {
    await world.sql("update jobs set first_seen_at = '2026-11-22T12:00:00Z'");
    world.setNow("2026-11-22T13:35:00Z");
    const sweep = () =>
      runJob(sweepOf([nightly]), world.ctx, {
        trigger: "manual",
        ...requestedOccurrence("manual", world.ctx.now()),
      });
    run.mockRejectedValueOnce(Object.assign(new Error("bad data"), { permanent: true }));
    expect(await sweep()).toMatchObject({ result: { counts: { catch_up_failed: 1, lateness_told: 1 } } });
    const [late, failed] = await providers.slackTexts();
    expect(failed).toContain("*nightly* failed");
    expect(late).toContain("Last success: never. Failures since: 1.");
  });
});

test("a job that runs more often than its grace is long is late once its first missed run is past it", async () => {
  const often = defineJob({ ...nightly, name: "often", schedule: "*/5 * * * *", graceSeconds: 600 });
  await world.sql("insert into jobs (name, first_seen_at) values ('often', '2026-11-22T12:58:00Z')");
  const state = async (now: string) => {
    world.setNow(now);
    const [job] = await readHealth(world.ctx, [often]);
    return [job?.punctuality, job?.overdueSince];
  };
  expect(await state("2026-11-22T13:10:00Z")).toEqual(["due", "2026-11-22T13:00:00.000Z"]);
  expect(await state("2026-11-22T13:10:01Z")).toEqual(["late", "2026-11-22T13:00:00.000Z"]);
});

test("ledger retention keeps every job's latest success", async () => {
  for (const occurrence of ["one", "two"]) await runJob(nightly, world.ctx, { trigger: "cron", occurrence });
  await world.sql(
    "update job_runs set started_at = started_at - interval '100 days', finished_at = finished_at - interval '100 days'",
  );
  await world.db.rpc("prune_job_runs", { p_env: "dev", p_before: new Date().toISOString() });
  expect(await world.sql("select occurrence from job_runs")).toEqual([{ occurrence: "two" }]);
});

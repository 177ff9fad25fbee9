import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { defineJob, type JobContext, type JobResult } from "@/lib/engine/define-job";
import { readHealth } from "@/lib/engine/health";
import { claimRun } from "@/lib/engine/ledger";
import { runJob } from "@/lib/engine/run-job";
import { recoverRuns, runMissedOccurrences } from "@/lib/engine/sweep";
import { type Providers, startProviders } from "../support/providers";
import { openWorld, type World } from "../support/world";

let world: World;
let providers: Providers;
const never = new AbortController().signal;
const run = vi.fn<(ctx: JobContext) => Promise<JobResult>>();
const rules = { name: "often", schedule: "*/5 * * * *", input: z.unknown(), run } as const;
const often = defineJob({
  ...rules,
  maxAttempts: 1,
  alertAfterFailures: 2,
  breaker: { failures: 3, pauseSeconds: 900 },
  runbook: "Then fill the gap.",
});

beforeAll(async () => {
  [world, providers] = await Promise.all([openWorld("2026-11-22T13:00:30Z"), startProviders()]);
});
afterAll(() => Promise.all([world.close(), providers.close()]));
beforeEach(async () => {
  run.mockReset().mockRejectedValue(new Error("the source is down"));
  await world.sql("truncate job_runs, jobs cascade");
  await providers.reset();
});

let calls = 0;
const call = (trigger: "cron" | "manual" = "cron", job = often) => {
  calls += 1;
  return runJob(job, world.ctx, { trigger, occurrence: `${trigger}:${calls}` });
};
const fail = async (times: number, trigger: "cron" | "manual" = "manual") => {
  for (let n = 0; n < times; n += 1) expect(await call(trigger)).toMatchObject({ status: "failed" });
};
const succeed = () => {
  run.mockResolvedValueOnce({ outcome: "done", counts: {} });
  return call("manual");
};
/** Lets time pass for what the ledger holds. */
const passSeconds = (seconds: number) =>
  world.sql(
    "update job_runs set started_at = started_at - make_interval(secs => $1), finished_at = finished_at - make_interval(secs => $1)",
    [seconds],
  );
const statuses = async () =>
  (await world.sql<{ status: string }>("select status from job_runs order by queued_at")).map(
    (r) => r.status,
  );

describe("the breaker", () => {
  test("skips scheduled runs after three failures in a row, says for how long, and nothing runs", async () => {
    await fail(3, "cron");
    await passSeconds(100);
    const lines: Record<string, unknown>[] = [];
    const log = pino({ level: "info" }, { write: (line: string) => lines.push(JSON.parse(line)) });
    run.mockClear();
    const report = await runJob(often, { ...world.ctx, log }, { trigger: "cron", occurrence: "resting" });
    expect(report).toMatchObject({ status: "skipped", reason: "backing_off" });
    expect(run).not.toHaveBeenCalled();
    expect(lines).toMatchObject([{ event: "job.skipped", reason: "backing_off", failures: 3 }]);
    expect(lines[0]?.retry_in_seconds).toBeGreaterThan(700);
    expect(lines[0]?.retry_in_seconds).toBeLessThanOrEqual(800);
    expect(
      await world.sql("select status, outcome, counts from job_runs where occurrence = 'resting'"),
    ).toEqual([{ status: "skipped", outcome: "backing_off", counts: {} }]);
  });

  test("lets two failures pass, and failures that a success has ended", async () => {
    await fail(2);
    expect(await call()).toMatchObject({ status: "failed" });
    await succeed();
    await fail(2);
    expect(await call()).toMatchObject({ status: "failed" });
  });

  test("lets the first scheduled run after the pause be the probe; its failure begins another pause", async () => {
    await fail(3);
    await passSeconds(901);
    expect(await call()).toMatchObject({ status: "failed" });
    expect(await call()).toMatchObject({ status: "skipped", reason: "backing_off" });
    await passSeconds(901);
    run.mockResolvedValueOnce({ outcome: "done", counts: {} });
    expect(await call()).toMatchObject({ status: "succeeded" });
    expect(await call()).toMatchObject({ status: "failed" });
  });

  test("counts a skipped run neither as success nor as failure", async () => {
    await fail(3);
    for (let n = 0; n < 4; n += 1) await call();
    await passSeconds(901);
    const seen: number[] = [];
    run.mockImplementationOnce(async (ctx) => {
      seen.push(ctx.run.failuresBefore);
      throw new Error("still down");
    });
    await call();
    expect(seen).toEqual([3]);
    expect(await world.sql("select succeeded, failed, skipped from job_totals")).toEqual([
      { succeeded: "0", failed: "4", skipped: "4" },
    ]);
  });

  test.each(["manual", "cli", "admin", "api"] as const)("never holds up a run by %s", async (trigger) => {
    await fail(3);
    const report = await runJob(often, world.ctx, { trigger, occurrence: `${trigger}:asked` });
    expect(report).toMatchObject({ status: "failed" });
  });

  test("counts a permanent failure like any other, and a run that killed its process", async () => {
    run.mockRejectedValueOnce(Object.assign(new Error("bad data"), { permanent: true }));
    await fail(2);
    const dead = { job: "often", env: "dev", scheduledFor: null, trigger: "cron", input: {} } as const;
    await claimRun(world.db, { ...dead, occurrence: "dead", leaseSeconds: 60 });
    await world.sql("update job_runs set lease_expires_at = now() - interval '1 s' where status = 'running'");
    expect(await recoverRuns(world.ctx, [often], never)).toMatchObject({ abandoned: 1 });
    expect(await call()).toMatchObject({ status: "skipped", reason: "backing_off" });
  });

  test("keeps the environments of one database apart", async () => {
    await fail(3);
    const prod = { ...world.ctx, env: "prod" as const };
    expect(await runJob(often, prod, { trigger: "cron", occurrence: "prod" })).toMatchObject({
      status: "failed",
    });
  });
});

test("health says until when a job rests, by its last failure and not by what was skipped since", async () => {
  const rest = async () => (await readHealth(world.ctx, [often]))[0]?.restsUntil;
  await fail(2);
  expect(await rest()).toBeNull();
  await fail(1);
  await call();
  await world.sql("update job_runs set finished_at = '2026-11-22T12:50:30Z' where status = 'failed'");
  expect(await rest()).toBe("2026-11-22T13:05:30.000Z");
  await world.sql("update job_runs set finished_at = '2026-11-22T12:45:30Z' where status = 'failed'");
  expect(await rest()).toBeNull();
});

describe("a resting job and sweep", () => {
  test("a catch-up during the pause does not start it, one after it does", async () => {
    await world.sql(
      "insert into jobs (name, schedule, first_seen_at) values ('often', '*/5 * * * *', '2026-11-01')",
    );
    await fail(3);
    run.mockClear();
    const catchUp = () => runMissedOccurrences(world.ctx, [often], never);
    world.setNow("2026-11-22T13:03:00Z");
    for (let n = 0; n < 3; n += 1) expect(await catchUp()).toEqual({ caught_up: 0, catch_up_failed: 0 });
    expect(run).not.toHaveBeenCalled();
    expect(await statuses()).toEqual(["failed", "failed", "failed", "skipped"]);
    await passSeconds(901);
    world.setNow("2026-11-22T13:18:00Z");
    expect(await catchUp()).toEqual({ caught_up: 0, catch_up_failed: 1 });
    world.setNow("2026-11-22T13:00:30Z");
  });

  test("a failed run that waits for its next attempt is left as it is until the pause is over", async () => {
    const patient = { ...often, maxAttempts: 5 };
    for (let n = 0; n < 3; n += 1) await call("cron", patient);
    await passSeconds(61);
    run.mockClear();
    const recovered = () => recoverRuns(world.ctx, [patient], never);
    expect(await recovered()).toEqual({ recovered: 0, still_failing: 0, abandoned: 0 });
    expect(run).not.toHaveBeenCalled();
    expect(
      await world.sql("select distinct status, attempt, error->>'message' as why from job_runs"),
    ).toEqual([{ status: "failed", attempt: 1, why: "the source is down" }]);
    await passSeconds(901);
    run.mockResolvedValue({ outcome: "done", counts: {} });
    expect(await recovered()).toEqual({ recovered: 3, still_failing: 0, abandoned: 0 });
  });
});

describe("telling operators", () => {
  const texts = async () => (await providers.slackTexts()).toReversed();

  test("a broken night is a handful of messages: at two failures, when it rests, and at each doubling", async () => {
    const toldAt: number[] = [];
    for (let failures = 1; failures <= 25; failures += 1) {
      const before = (await texts()).length;
      await fail(1);
      if ((await texts()).length > before) toldAt.push(failures);
    }
    expect(toldAt).toEqual([2, 3, 6, 12, 24]);
  });

  test("the message says how often, since when, why, and what to do", async () => {
    await fail(3);
    await world.sql("truncate job_alerts");
    await fail(1);
    const [, , text] = await texts();
    expect(text).toMatch(
      /^:red_circle: \*often\* has failed 4 times in a row since \d{4}-\d\d-\d\d \d\d:\d\d UTC \(dev\)\n/,
    );
    expect(text).toContain(
      "the source is down\nScheduled runs rest for 15 minutes, then one tries again. Find",
    );
    expect(text).toContain("/admin/runs?job=often, mend it, then run the job there or by");
    expect(text).toContain("`npm run job -- often --env dev`. Then fill the gap.");
  });

  test("a success tells once that it works again, and only if the streak had been told of", async () => {
    await fail(1);
    await succeed();
    expect(await texts()).toEqual([]);
    await fail(3);
    await succeed();
    const told = await texts();
    expect(told).toHaveLength(3);
    expect(told[2]).toMatch(
      /^:large_green_circle: \*often\* works again \(dev\) after it had failed 3 times in a row since .* UTC\.$/,
    );
    await succeed();
    await fail(1);
    await succeed();
    expect(await texts()).toHaveLength(3);
  });

  test("a new streak is told of anew", async () => {
    await fail(3);
    await world.sql("update job_runs set status = 'succeeded' where status = 'failed'");
    await fail(1);
    expect(await texts()).toHaveLength(2);
    await fail(1);
    expect(await texts()).toHaveLength(3);
  });

  test("runs that kill their process are told of like any other failure", async () => {
    await fail(1);
    await claimRun(world.db, {
      ...{ job: "often", env: "dev", scheduledFor: null, trigger: "cron", input: {} },
      ...{ occurrence: "dead", leaseSeconds: 60 },
    });
    await world.sql("update job_runs set lease_expires_at = now() - interval '1 s' where status = 'running'");
    await recoverRuns(world.ctx, [often], never);
    const [text] = await texts();
    expect(text).toContain("failed 2 times in a row");
    expect(text).toContain("abandoned: the process running this job stopped without a word");
  });

  test("a job without such rules speaks at its first failure, not of its recovery, and is not asked after", async () => {
    const plain = defineJob(rules);
    const asked = vi.spyOn(world.db, "rpc");
    await call("cron", plain);
    await call("cron", plain);
    run.mockResolvedValueOnce({ outcome: "done", counts: {} });
    await call("cron", plain);
    expect(asked.mock.calls.map(([name]) => name)).not.toContain("job_streak");
    asked.mockRestore();
    const told = await texts();
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(/^:red_circle: \*often\* failed \(dev, occurrence cron:\d+, attempt 1\)\n> /);
    expect(told[0]).toContain("It will be tried again; nothing was half-written.");
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { defineJob, type JobContext, type JobResult } from "@/lib/engine/define-job";
import { JobError } from "@/lib/engine/errors";
import { claimRun } from "@/lib/engine/ledger";
import { runJob } from "@/lib/engine/run-job";
import { openWorld, type World } from "../support/world";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.sql("truncate job_runs, jobs cascade"));

const jobThat = (
  run: (ctx: JobContext) => Promise<JobResult>,
  options: { maxFailureRate?: number; timeoutSeconds?: number } = {},
) => defineJob({ name: "test-job", schedule: "0 13 * * *", input: z.unknown(), run, ...options });
const done: JobResult = { outcome: "done", counts: { items: 1 } };
const cron = { trigger: "cron", occurrence: "2026-11-22T13:00:00.000Z" } as const;
const ledger = () => world.sql("select * from job_runs order by queued_at");

describe("one run per occurrence", () => {
  test("of 50 callers at once one runs and the others are skipped", async () => {
    let runs = 0;
    const gate = Promise.withResolvers<void>();
    const job = jobThat(async () => {
      runs += 1;
      await gate.promise;
      return done;
    });
    const calls = Array.from({ length: 50 }, () => runJob(job, world.ctx, cron));
    await vi.waitFor(async () => expect((await ledger())[0]?.duplicate_calls).toBe(49));
    gate.resolve();
    const statuses = (await Promise.all(calls)).map((report) => report.status);
    expect(runs).toBe(1);
    expect(statuses.filter((status) => status === "succeeded")).toHaveLength(1);
    expect(statuses.filter((status) => status === "skipped")).toHaveLength(49);
    expect(await ledger()).toMatchObject([
      { status: "succeeded", attempt: 1, duplicate_calls: 49, lease_token: null },
    ]);
  });

  test("a caller after success is skipped, and the work is not done again", async () => {
    const run = vi.fn(async () => done);
    await runJob(jobThat(run), world.ctx, cron);
    expect(await runJob(jobThat(run), world.ctx, cron)).toMatchObject({
      status: "skipped",
      reason: "already_succeeded",
    });
    expect(run).toHaveBeenCalledTimes(1);
  });

  test("a failed run is tried again by the next call, and its first failure stays on record", async () => {
    const run = vi.fn<() => Promise<JobResult>>();
    run.mockRejectedValueOnce(
      new JobError("source_down", "the source is down", { permanent: false, counts: { read: 3 } }),
    );
    run.mockResolvedValueOnce(done);
    expect(await runJob(jobThat(run), world.ctx, cron)).toMatchObject({
      status: "failed",
      failure: { code: "source_down", permanent: false },
      counts: { read: 3 },
    });
    expect(await ledger()).toMatchObject([
      { status: "failed", counts: { read: 3 }, error: { code: "source_down" } },
    ]);
    expect(await runJob(jobThat(run), world.ctx, cron)).toMatchObject({ status: "succeeded", attempt: 2 });
    expect(await ledger()).toMatchObject([
      {
        status: "succeeded",
        error: null,
        history: [{ attempt: 1, status: "failed", error: { code: "source_down" } }],
      },
    ]);
  });
});

describe("leases", () => {
  const claim = (leaseSeconds: number) =>
    claimRun(world.db, { job: "test-job", env: "dev", scheduledFor: null, input: {}, leaseSeconds, ...cron });
  const expireLease = () => world.sql("update job_runs set lease_expires_at = now() - interval '1 second'");

  test("a run whose process died is left alone while its lease holds and taken over after", async () => {
    await claim(60);
    const job = jobThat(async () => done);
    expect(await runJob(job, world.ctx, cron)).toMatchObject({ status: "skipped", reason: "running" });
    await expireLease();
    expect(await runJob(job, world.ctx, cron)).toMatchObject({ status: "succeeded", attempt: 2 });
    expect(await ledger()).toMatchObject([{ history: [{ attempt: 1, status: "lost" }] }]);
  });

  test("a run that lost its lease is aborted and cannot overwrite its successor's end", async () => {
    vi.stubEnv("JOB_LEASE_SECONDS", "45");
    const started = Promise.withResolvers<JobContext>();
    const slow = jobThat(async (ctx) => {
      started.resolve(ctx);
      // Never looks at its signal, as a stuck process would.
      await successorDone.promise;
      return { outcome: "too late", counts: {} };
    });
    const successorDone = Promise.withResolvers<void>();
    const first = runJob(slow, world.ctx, cron);
    await started.promise;
    await expireLease();
    await runJob(
      jobThat(async () => done),
      world.ctx,
      cron,
    );
    successorDone.resolve();
    expect(await first).toMatchObject({ status: "failed", failure: { code: "lease_lost" } });
    expect(await ledger()).toMatchObject([{ status: "succeeded", outcome: "done", attempt: 2 }]);
  });
});

describe("limits", () => {
  test("a run past its deadline is aborted with that reason even when the job hangs", async () => {
    const hanging = jobThat(() => new Promise(() => {}), { timeoutSeconds: 0.05 });
    expect(await runJob(hanging, world.ctx, cron)).toMatchObject({
      status: "failed",
      failure: { code: "deadline_exceeded", permanent: false },
    });
    expect(await ledger()).toMatchObject([{ status: "failed", error: { code: "deadline_exceeded" } }]);
  });

  test("an aborted caller ends the run as failed with the abort's reason", async () => {
    const reason = new Error("the run was interrupted");
    const report = await runJob(
      jobThat(() => new Promise(() => {})),
      world.ctx,
      {
        ...cron,
        signal: AbortSignal.abort(reason),
      },
    );
    expect(report).toMatchObject({ status: "failed", failure: { message: "the run was interrupted" } });
  });

  test.each([
    [0.01, "succeeded"],
    [0.0101, "failed"],
  ])("a failure rate of %d with 1 %% accepted ends %s", async (failureRate, status) => {
    const job = jobThat(async () => ({ ...done, failureRate }), { maxFailureRate: 0.01 });
    expect(await runJob(job, world.ctx, cron)).toMatchObject({ status });
  });
});

test("progress is stored with the run", async () => {
  const job = jobThat(async (ctx) => {
    ctx.progress({ done: 3, total: 4, unit: "works" });
    return done;
  });
  await runJob(job, world.ctx, cron);
  expect(await ledger()).toMatchObject([{ progress: { done: 3, total: 4, unit: "works" } }]);
});

test("an unreachable ledger is a failed report, not an exception, and nothing ran", async () => {
  const run = vi.fn(async () => done);
  const broken = await openWorld();
  await broken.close();
  const report = await runJob(jobThat(run), broken.ctx, cron);
  expect(report).toMatchObject({ status: "failed", runId: null, failure: { code: "ledger_unavailable" } });
  expect(run).not.toHaveBeenCalled();
});

import { tellOfStreak } from "@/lib/engine/alerts";
import type { AnyJob } from "@/lib/engine/define-job";
import { type HealthRow, judgeJob, readHealthRows } from "@/lib/engine/health";
import { runsToRecover } from "@/lib/engine/ledger";
import { runJob } from "@/lib/engine/run-job";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";

/**
 * Takes up runs whose process died or whose failure may pass, each under its own occurrence and input,
 * and closes those without an attempt left. Counts what it did.
 */
export async function recoverRuns(
  ctx: Context,
  jobs: AnyJob[],
  signal: AbortSignal,
): Promise<{ recovered: number; still_failing: number; abandoned: number }> {
  const counts = { recovered: 0, still_failing: 0, abandoned: 0 };
  for (const job of jobs) {
    const abandoned = await rows(
      ctx.db.rpc("fail_abandoned_runs", { p_env: ctx.env, p_job: job.name, p_max_attempts: job.maxAttempts }),
    );
    counts.abandoned += abandoned;
    if (abandoned > 0 && job.alertAfterFailures > 1) await tellOfStreak(ctx, job, ABANDONED);
    for (const run of await runsToRecover(ctx.db, ctx.env, job.name, job.maxAttempts)) {
      signal.throwIfAborted();
      const report = await runJob(job, ctx, {
        trigger: run.trigger,
        occurrence: run.occurrence,
        input: job.input.parse(run.input),
        signal,
      });
      if (report.status === "succeeded") counts.recovered += 1;
      if (report.status === "failed") counts.still_failing += 1;
    }
  }
  return counts;
}

/**
 * Runs jobs whose latest scheduled instant nobody served: once each, however many instants were missed
 * (a flurry of catch-ups after an outage helps nobody).
 */
export async function runMissedOccurrences(
  ctx: Context,
  jobs: AnyJob[],
  signal: AbortSignal,
): Promise<{ caught_up: number; catch_up_failed: number }> {
  const counts = { caught_up: 0, catch_up_failed: 0 };
  const health = await readHealthRows(ctx, jobs);
  for (const job of jobs) {
    const row = health.get(job.name);
    const { due, owedSince } = judgeJob(job, row, ctx.now());
    if (!due || !owedSince || ctx.now().getTime() - owedSince.getTime() < CATCH_UP_AFTER_MS) continue;
    if (waitsForAPerson(row, due)) continue;
    signal.throwIfAborted();
    const report = await runJob(job, ctx, {
      trigger: "catch-up",
      occurrence: due.toISOString(),
      scheduledFor: due,
      input: {},
      signal,
    });
    if (report.status === "succeeded") counts.caught_up += 1;
    if (report.status === "failed") counts.catch_up_failed += 1;
  }
  return counts;
}

/** A permanent failure since the due time: running it again would only fail, and alarm, again. */
function waitsForAPerson(row: HealthRow | undefined, due: Date): boolean {
  const last = row?.last_run;
  if (last?.status !== "failed" || !last.error?.permanent || !last.started_at) return false;
  return new Date(last.started_at) >= due;
}

const ABANDONED = {
  code: "abandoned",
  message: "the process running this job stopped without a word",
  permanent: true,
};

/** Cron deliveries come up to a minute late; a catch-up before the first of them would only race it. */
const CATCH_UP_AFTER_MS = 2 * 60_000;

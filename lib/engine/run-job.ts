import { alertFailedRun, tellOfRecovery } from "@/lib/engine/alerts";
import { readStreak, type Streak, secondsOfRest } from "@/lib/engine/breaker";
import type { AnyJob, JobResult, Progress, Trigger } from "@/lib/engine/define-job";
import { JobError } from "@/lib/engine/errors";
import { holdLease } from "@/lib/engine/lease";
import { type Claim, claimRun, finishRun, type RunEnd, skipRun } from "@/lib/engine/ledger";
import { assertFailureRate, deadline, untilAborted } from "@/lib/engine/limits";
import type { Context } from "@/lib/platform/context";
import { engineEnv } from "@/lib/platform/env";
import { type Failure, failureOf } from "@/lib/platform/failure";
import { openCheckIn } from "@/lib/platform/sentry";

export interface RunRequest {
  trigger: Trigger;
  /** The ledger's key: callers that name the same occurrence share one run. */
  occurrence: string;
  scheduledFor?: Date | null;
  input?: unknown;
  /** Aborting it stops the run, e.g. when the process is told to end. */
  signal?: AbortSignal;
  /** Instead of the job's own deadline; null where no function's limit ends the process. */
  timeoutSeconds?: number | null;
  /** Told how far the run has come, whenever it says so. */
  onProgress?: (progress: Progress) => void;
}

export type RunReport =
  | { status: "succeeded"; runId: string; attempt: number; result: JobResult; durationMs: number }
  | { status: "skipped"; runId: string; reason: string }
  | {
      status: "failed";
      runId: string | null;
      attempt: number;
      failure: Failure;
      counts: Record<string, number>;
      details?: unknown;
    };

/**
 * Runs a job for one occurrence, however many callers ask at once: one gets the run, the others
 * `skipped`. A run whose process died is taken over once its lease has expired. A scheduled run of a job that rests
 * after failures (`breaker`) is `skipped` as `backing_off`. Never throws for a failing job or an unreachable ledger:
 * both are reports with status `failed` (`runId` null: not recorded). `request.input` must have passed `job.input`.
 */
export async function runJob(job: AnyJob, base: Context, request: RunRequest): Promise<RunReport> {
  const leaseSeconds = engineEnv().JOB_LEASE_SECONDS;
  const { occurrence, trigger, input = {}, scheduledFor = null } = request;
  const { timeoutSeconds = job.timeoutSeconds } = request;
  let streak: Streak;
  let claim: Claim;
  try {
    const wanted = { job: job.name, env: base.env, occurrence, scheduledFor, trigger, input };
    streak = await readStreak(base.db, base.env, job);
    const rest = secondsOfRest(job, trigger, streak);
    if (rest > 0) {
      const runId = await skipRun(base.db, { ...wanted, outcome: "backing_off" });
      const about = { job: job.name, run_id: runId, occurrence, trigger, failures: streak.failures };
      base.log.info({ event: "job.skipped", ...about, reason: "backing_off", retry_in_seconds: rest });
      return { status: "skipped", runId, reason: "backing_off" };
    }
    claim = await claimRun(base.db, { ...wanted, leaseSeconds });
  } catch (error) {
    return ledgerUnavailable(job, base, occurrence, error);
  }
  const log = base.log.child({ job: job.name, run_id: claim.run.id, occurrence, trigger });
  if (claim.decision === "skip") {
    log.info({ event: "job.skipped", reason: claim.reason });
    return { status: "skipped", runId: claim.run.id, reason: claim.reason };
  }

  const { run } = claim;
  const scheduled = trigger === "cron" || trigger === "catch-up";
  const closeCheckIn =
    scheduled && job.schedule ? openCheckIn({ ...job, schedule: job.schedule }) : undefined;
  const startedAt = performance.now();
  let progress: Progress | null = null;
  log.info({ event: "job.started", attempt: run.attempt, reason: claim.reason });

  const lease = holdLease(base.db, log, run, leaseSeconds, () => progress);
  const signal = AbortSignal.any([
    lease.signal,
    ...(timeoutSeconds === null ? [] : [deadline(timeoutSeconds)]),
    ...(request.signal ? [request.signal] : []),
  ]);
  let result: JobResult | null = null;
  let thrown: unknown = null;
  try {
    result = await untilAborted(
      signal,
      job.run({
        ...base,
        log,
        input,
        signal,
        run: {
          id: run.id,
          attempt: run.attempt,
          occurrence,
          trigger,
          failuresBefore: streak.failures,
          timeoutSeconds,
        },
        progress: (next) => {
          progress = next;
          request.onProgress?.(next);
        },
      }),
    );
    assertFailureRate(job, result);
  } catch (error) {
    // What a job throws after an abort is a consequence; the abort's own reason is the cause.
    thrown = signal.aborted ? signal.reason : error;
  }
  await lease.release();

  const durationMs = Math.round(performance.now() - startedAt);
  const failure = thrown === null ? null : failureOf(thrown);
  const counts = result?.counts ?? (thrown instanceof JobError ? thrown.counts : {});
  const details = thrown instanceof JobError ? thrown.details : undefined;
  const recorded = await record(base, log, run, {
    status: failure ? "failed" : "succeeded",
    outcome: failure ? null : (result?.outcome ?? null),
    counts,
    failureRate: result?.failureRate ?? null,
    error: failure,
    progress,
  });
  const planned = thrown instanceof JobError && thrown.expected;
  closeCheckIn?.((failure && !planned) || recorded !== null ? "error" : "ok");

  const ended = failure ?? recorded;
  if (ended || !result) {
    const cause = ended ?? failureOf(null);
    log.error({ event: "job.failed", attempt: run.attempt, duration_ms: durationMs, error: cause, counts });
    const failedRun = { runId: run.id, occurrence, attempt: run.attempt };
    await alertFailedRun({ ...base, log }, job, failedRun, cause, thrown ?? new Error(cause.message));
    return { status: "failed", runId: run.id, attempt: run.attempt, failure: cause, counts, details };
  }
  log.info({ event: "job.succeeded", outcome: result.outcome, counts, duration_ms: durationMs });
  await tellOfRecovery({ ...base, log }, job, streak);
  return { status: "succeeded", runId: run.id, attempt: run.attempt, result, durationMs };
}

/** Closes the ledger row. Null when it is closed as told; a failure when the row could not be closed. */
async function record(
  base: Context,
  log: Context["log"],
  run: { id: string; lease_token: string },
  end: RunEnd,
): Promise<Failure | null> {
  try {
    if (await finishRun(base.db, run, end)) return null;
    return { code: "lease_lost", message: "another process took this run over", permanent: false };
  } catch (error) {
    log.error({ event: "ledger.finish_failed", err: error }, "the run's end could not be recorded");
    return { ...failureOf(error), code: "ledger_unavailable" };
  }
}

async function ledgerUnavailable(
  job: AnyJob,
  base: Context,
  occurrence: string,
  error: unknown,
): Promise<RunReport> {
  const failure = { ...failureOf(error), code: "ledger_unavailable", permanent: false };
  base.log.error({ event: "job.not_started", job: job.name, occurrence, err: error }, failure.message);
  await alertFailedRun(base, job, { runId: null, occurrence, attempt: 1 }, failure, error);
  return { status: "failed", runId: null, attempt: 0, failure, counts: {} };
}

import { readStreak, type Streak, secondsOfRest, streakToldAt } from "@/lib/engine/breaker";
import type { AnyJob } from "@/lib/engine/define-job";
import { JobError } from "@/lib/engine/errors";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import type { Failure } from "@/lib/platform/failure";
import { reportException } from "@/lib/platform/sentry";
import { postToOperators } from "@/lib/platform/slack";

type AlertContext = Pick<Context, "log" | "env" | "db">;

export interface FailedRun {
  /** Null for a run that could not be recorded. */
  runId: string | null;
  occurrence: string;
  attempt: number;
}

/**
 * Tells the operators of a failed run: Sentry always; Slack at the first attempt and whenever nobody will try again
 * by itself, or, for a job with `alertAfterFailures`, as {@link tellOfStreak} does. Nobody of a stop that is part of
 * the plan. Never throws: an alarm that cannot be raised must not hide its reason.
 */
export async function alertFailedRun(
  ctx: AlertContext,
  job: AnyJob,
  run: FailedRun,
  failure: Failure,
  error: unknown,
): Promise<void> {
  if (error instanceof JobError && error.expected) return;
  reportException(error, { job: job.name, occurrence: run.occurrence, run_id: run.runId ?? "none" });
  if (job.alertAfterFailures > 1) {
    // Without the ledger nobody can count; that it is away is told by the jobs that speak at once.
    if (run.runId !== null) await tellOfStreak(ctx, job, failure);
    return;
  }
  if (run.attempt > 1 && !failure.permanent) return;
  const next = failure.permanent
    ? "It will not be tried again by itself."
    : "It will be tried again; nothing was half-written.";
  await orLog(ctx, () =>
    postToOperators(
      `:red_circle: *${job.name}* failed (${ctx.env}, occurrence ${run.occurrence}, attempt ${run.attempt})\n` +
        `> ${failure.code}: ${failure.message}\n${next}`,
    ),
  );
}

/**
 * Tells Slack that a job with `alertAfterFailures` keeps failing: once when the streak gets that long, once when the
 * breaker opens, then at each doubling, so that a broken night is a handful of messages. Never throws.
 */
export async function tellOfStreak(ctx: AlertContext, job: AnyJob, failure: Failure): Promise<void> {
  await orLog(ctx, async () => {
    const streak = await readStreak(ctx.db, ctx.env, job);
    const threshold = streakToldAt(job, streak.failures);
    if (threshold === 0) return;
    const claim = { p_env: ctx.env, p_job: job.name, p_failures: streak.failures, p_threshold: threshold };
    if (!(await rows(ctx.db.rpc("claim_failure_alert", claim)))) return;
    const rest = secondsOfRest(job, "cron", streak);
    const next =
      rest > 0
        ? `Scheduled runs rest for ${minutes(rest)}, then one tries again.`
        : "The next scheduled run tries again.";
    await postToOperators(
      `:red_circle: *${job.name}* has failed ${times(streak)} (${ctx.env})\n` +
        `> ${failure.code}: ${failure.message}\n${next} ${whatToDo(ctx, job)}`,
    );
  });
}

/** Tells Slack, once, that a success ended a streak that had been told of. Never throws. */
export async function tellOfRecovery(ctx: AlertContext, job: AnyJob, ended: Streak): Promise<void> {
  if (job.alertAfterFailures <= 1 || ended.failures === 0) return;
  await orLog(ctx, async () => {
    const claim = { p_env: ctx.env, p_job: job.name };
    if (!(await rows(ctx.db.rpc("claim_recovery_alert", claim)))) return;
    await postToOperators(
      `:large_green_circle: *${job.name}* works again (${ctx.env}) after it had failed ${times(ended)}.`,
    );
  });
}

/** What an operator can do about a job that does not succeed. */
export function whatToDo({ env }: Pick<Context, "env">, { name, runbook }: AnyJob): string {
  const steps = [
    `Find the cause at /admin/runs?job=${name}`,
    `mend it, then run the job there or by \`npm run job -- ${name} --env ${env}\``,
  ];
  return `${steps.join(", ")}.${runbook ? ` ${runbook}` : ""}`;
}

/** An instant as operators read it: to the minute, with its zone. */
export function utc(at: string | Date): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** A length of time as operators read it. */
export function minutes(seconds: number): string {
  const whole = Math.round(seconds / 60);
  if (whole < 120) return whole === 1 ? "1 minute" : `${whole} minutes`;
  const hours = Math.round(whole / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

function times({ failures, since }: Streak): string {
  const count = failures === 1 ? "once" : `${failures} times in a row`;
  return since ? `${count} since ${utc(since)}` : count;
}

async function orLog(ctx: AlertContext, tell: () => Promise<unknown>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    ctx.log.warn({ event: "alert.failed", err: error }, "could not tell the operators in Slack");
  }
}

import { JobError } from "@/lib/engine/errors";
import type { Context } from "@/lib/platform/context";
import type { Failure } from "@/lib/platform/failure";
import { reportException } from "@/lib/platform/sentry";
import { postToOperators } from "@/lib/platform/slack";

export interface FailedRun {
  job: string;
  runId: string | null;
  occurrence: string;
  attempt: number;
}

/**
 * Tells the operators of a failed run: Sentry always, Slack at the first attempt and whenever nobody
 * will try again by itself; nobody of a stop that is part of the plan. Never throws: an alarm that cannot be raised must not hide its reason.
 */
export async function alertFailedRun(
  ctx: Pick<Context, "log" | "env">,
  run: FailedRun,
  failure: Failure,
  error: unknown,
): Promise<void> {
  if (error instanceof JobError && error.expected) return;
  reportException(error, { job: run.job, occurrence: run.occurrence, run_id: run.runId ?? "none" });
  if (run.attempt > 1 && !failure.permanent) return;
  const next = failure.permanent
    ? "It will not be tried again by itself."
    : "It will be tried again; nothing was half-written.";
  try {
    await postToOperators(
      `:red_circle: *${run.job}* failed (${ctx.env}, occurrence ${run.occurrence}, attempt ${run.attempt})\n` +
        `> ${failure.code}: ${failure.message}\n${next}`,
    );
  } catch (slackError) {
    ctx.log.warn({ event: "alert.failed", err: slackError }, "could not tell the operators in Slack");
  }
}

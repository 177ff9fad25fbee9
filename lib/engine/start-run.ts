import { waitUntil } from "@vercel/functions";
import type { AnyJob, Trigger } from "@/lib/engine/define-job";
import { type Occurrence, requestedOccurrence, scheduledOccurrence } from "@/lib/engine/occurrence";
import { type RunReport, runJob } from "@/lib/engine/run-job";
import type { Context } from "@/lib/platform/context";

/**
 * Runs a job for somebody who waits for its answer: a `cron` call the occurrence that is due, anybody else a run
 * of their own. What the job does once it has answered is started. `input` must have passed `job.input`.
 */
export async function startRun(
  job: AnyJob,
  ctx: Context,
  trigger: Trigger,
  input: unknown,
): Promise<{ occurrence: Occurrence; report: RunReport }> {
  const scheduled = trigger === "cron" ? scheduledOccurrence(job, ctx.now()) : null;
  const occurrence = scheduled ?? requestedOccurrence(trigger, ctx.now());
  const report = await runJob(job, ctx, { trigger, input, ...occurrence });
  if (report.status === "succeeded") runAfterwards(job, ctx);
  return { occurrence, report };
}

/** A failure there is logged; `sweep` or a schedule makes it good. */
function runAfterwards(job: AnyJob, ctx: Context): void {
  if (!job.afterwards) return;
  waitUntil(
    job.afterwards(ctx).catch((error) => {
      ctx.log.error({ event: "job.afterwards_failed", job: job.name, err: error });
    }),
  );
}

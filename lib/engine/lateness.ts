import { minutes, utc, whatToDo } from "@/lib/engine/alerts";
import type { AnyJob } from "@/lib/engine/define-job";
import { type JobHealth, readHealth } from "@/lib/engine/health";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { postToOperators } from "@/lib/platform/slack";

type LatenessContext = Pick<Context, "db" | "env" | "now" | "log">;

/**
 * Tells the operators in Slack of every scheduled job that is past its grace, once until it succeeds again, however
 * many processes look. Call it after missed occurrences were caught up. Counts the jobs told of.
 */
export async function tellOfLateness(
  ctx: LatenessContext,
  jobs: AnyJob[],
): Promise<{ lateness_told: number }> {
  let told = 0;
  const health = await readHealth(ctx, jobs);
  for (const [index, job] of jobs.entries()) {
    const found = health[index];
    if (found?.punctuality !== "late") continue;
    const claim = { p_env: ctx.env, p_job: job.name };
    if (!(await rows(ctx.db.rpc("claim_lateness_alert", claim)))) continue;
    ctx.log.warn({ event: "job.late", job: job.name, overdue_since: found.overdueSince });
    try {
      await postToOperators(latenessText(ctx, job, found));
      told += 1;
    } catch (error) {
      // Nothing else would tell of it: leave it to the next sweep.
      await rows(
        ctx.db.from("job_alerts").update({ late_told_after: null }).eq("env", ctx.env).eq("job", job.name),
      );
      ctx.log.warn({ event: "alert.failed", err: error }, "could not tell the operators in Slack");
    }
  }
  return { lateness_told: told };
}

function latenessText(ctx: LatenessContext, job: AnyJob, health: JobHealth): string {
  const { overdueSince, lastSuccessAt, nextRunAt, failuresInARow, running } = health;
  const overdue = overdueSince
    ? `due ${utc(overdueSince)}, overdue for ${minutes((ctx.now().getTime() - Date.parse(overdueSince)) / 1000)}`
    : "overdue";
  const facts = [
    `Last success: ${lastSuccessAt ? utc(lastSuccessAt) : "never"}.`,
    failuresInARow > 0
      ? `Failures since: ${failuresInARow}.`
      : "No run has failed since: is the scheduler calling?",
    running ? "A run is under way." : "",
    nextRunAt ? `Next scheduled run: ${utc(nextRunAt)}.` : "",
  ];
  return (
    `:hourglass: *${job.name}* is late (${ctx.env}): ${overdue}.\n` +
    `> ${facts.filter(Boolean).join(" ")}\n${whatToDo(ctx, job)}`
  );
}

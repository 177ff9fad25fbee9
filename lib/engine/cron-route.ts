import { waitUntil } from "@vercel/functions";
import type { AnyJob, Trigger } from "@/lib/engine/define-job";
import { type Occurrence, requestedOccurrence, scheduledOccurrence } from "@/lib/engine/occurrence";
import { type RunReport, runJob } from "@/lib/engine/run-job";
import { requireBearer } from "@/lib/platform/auth";
import { appContext, type Context } from "@/lib/platform/context";
import { cronEnv } from "@/lib/platform/env";
import { invalidRequest, Problem, parseOrProblem, queryOf } from "@/lib/platform/problem";
import { route } from "@/lib/platform/route";

/**
 * The GET handler of a job's cron route. A bare call, as Vercel sends it, runs the occurrence that is
 * due, once for however many callers. `?trigger=manual` or any input makes it a run of its own.
 * Answers 200 for `succeeded` and `skipped`, 500 for a failed run, 503 when it could not be recorded.
 */
export function cronRoute(job: AnyJob): (request: Request) => Promise<Response> {
  return route(async (request) => {
    requireBearer(request, cronEnv().CRON_SECRET);
    const { trigger, input } = parseCall(job, queryOf(request));
    const ctx = appContext();
    const occurrence = occurrenceOf(job, trigger, ctx.now());
    const report = await runJob(job, ctx, { trigger, input, ...occurrence });
    if (report.status === "succeeded") runAfterwards(job, ctx);
    return answerRun(job, occurrence, report);
  });
}

/** Starts what a job does once its answer is out; a failure there is logged, and `sweep` or a schedule makes it good. */
export function runAfterwards(job: AnyJob, ctx: Context): void {
  if (!job.afterwards) return;
  waitUntil(
    job.afterwards(ctx).catch((error) => {
      ctx.log.error({ event: "job.afterwards_failed", job: job.name, err: error });
    }),
  );
}

function parseCall(job: AnyJob, query: Record<string, string>): { trigger: Trigger; input: unknown } {
  const { trigger, ...input } = query;
  if (trigger !== undefined && trigger !== "manual") {
    throw invalidRequest([{ field: "trigger", message: 'can only be "manual"' }]);
  }
  const asked = trigger === "manual" || Object.keys(input).length > 0;
  return { trigger: asked ? "manual" : "cron", input: parseOrProblem(job.input, input) };
}

function occurrenceOf(job: AnyJob, trigger: Trigger, now: Date): Occurrence {
  const scheduled = trigger === "cron" ? scheduledOccurrence(job, now) : null;
  return scheduled ?? requestedOccurrence(trigger, now);
}

/**
 * The HTTP answer for a run: 200 for `succeeded` and `skipped`; throws the {@link Problem} of a failed one
 * (503 when it could not be recorded, else 500 unless `statusOf` maps its code). Only callers that have
 * shown a credential may be answered with it: the reason is told in full.
 */
export function answerRun(
  job: AnyJob,
  { occurrence }: Occurrence,
  report: RunReport,
  statusOf: Record<string, number> = {},
): Response {
  const about = { job: job.name, occurrence, run_id: report.runId, status: report.status };
  const noStore = { headers: { "cache-control": "no-store" } };
  switch (report.status) {
    case "succeeded": {
      const { outcome, counts, details } = report.result;
      const took = { duration_ms: report.durationMs, attempt: report.attempt };
      return Response.json({ ...about, outcome, counts, details, ...took }, noStore);
    }
    case "skipped":
      return Response.json({ ...about, reason: report.reason }, noStore);
    case "failed": {
      const { code, message, permanent } = report.failure;
      const status = statusOf[code] ?? (code === "ledger_unavailable" ? 503 : 500);
      const { status: runStatus, ...rest } = about;
      const facts = { run_status: runStatus, permanent, counts: report.counts, details: report.details };
      throw new Problem(status, code, message, { extra: { ...rest, ...facts } });
    }
  }
}

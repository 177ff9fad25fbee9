import type { AnyJob, Trigger } from "@/lib/engine/define-job";
import type { Occurrence } from "@/lib/engine/occurrence";
import type { RunReport } from "@/lib/engine/run-job";
import { startRun } from "@/lib/engine/start-run";
import { requireBearer } from "@/lib/platform/auth";
import { appContext } from "@/lib/platform/context";
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
    const { occurrence, report } = await startRun(job, appContext(), trigger, input);
    return answerRun(job, occurrence, report);
  });
}

function parseCall(job: AnyJob, query: Record<string, string>): { trigger: Trigger; input: unknown } {
  const { trigger, ...input } = query;
  if (trigger !== undefined && trigger !== "manual") {
    throw invalidRequest([{ field: "trigger", message: 'can only be "manual"' }]);
  }
  const asked = trigger === "manual" || Object.keys(input).length > 0;
  return { trigger: asked ? "manual" : "cron", input: parseOrProblem(job.input, input) };
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

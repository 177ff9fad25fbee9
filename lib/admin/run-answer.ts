import type { RunReport } from "@/lib/engine/run-job";
import type { Failure } from "@/lib/platform/failure";

/** How a run that an operator asked for ended, as the browser is told. */
export type RunAnswer =
  | {
      kind: "succeeded";
      job: string;
      runId: string;
      outcome: string;
      counts: Record<string, number>;
      durationMs: number;
    }
  | { kind: "failed"; job: string; runId: string | null; failure: Failure; counts: Record<string, number> }
  | { kind: "skipped"; job: string; runId: string; reason: string }
  | { kind: "refused"; why: "unauthorized" | "unknown" | "invalid" | "unanswered" };

/** The part of a run's report that an operator reads. */
export function runAnswerOf(job: string, report: RunReport): RunAnswer {
  switch (report.status) {
    case "succeeded": {
      const { outcome, counts } = report.result;
      return {
        kind: "succeeded",
        job,
        runId: report.runId,
        outcome,
        counts,
        durationMs: report.durationMs,
      };
    }
    case "failed":
      return {
        kind: "failed",
        job,
        runId: report.runId,
        failure: report.failure,
        counts: report.counts,
      };
    case "skipped":
      return { kind: "skipped", job, runId: report.runId, reason: report.reason };
  }
}

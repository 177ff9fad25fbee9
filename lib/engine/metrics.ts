import type { Registry } from "prom-client";
import { z } from "zod";
import type { AnyJob } from "@/lib/engine/define-job";
import { judgeJob } from "@/lib/engine/health";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { addCounter, addGauge, type Sample, type StoredDistribution } from "@/lib/platform/metrics";

const counts = z.record(z.string(), z.number());
const totalsSchema = z.object({
  succeeded: z.number(),
  failed: z.number(),
  skipped: z.number(),
  duration_seconds: z.number(),
  duration_buckets: z.array(z.number()),
  counts,
  last_success_at: z.string().nullable(),
  last_success_counts: counts,
  last_failure_at: z.string().nullable(),
  last_duration_seconds: z.number().nullable(),
});
const replySchema = z.object({
  duration_bounds: z.array(z.number()),
  jobs: z.array(
    z.object({
      job: z.string(),
      first_seen_at: z.string(),
      last_success_started_at: z.string().nullable(),
      failures_in_a_row: z.number(),
      totals: totalsSchema.nullable(),
    }),
  ),
});

/** What the ledger holds of a job for Prometheus; totals never fall. */
export interface JobMetrics {
  job: string;
  succeeded: number;
  failed: number;
  skipped: number;
  failuresInARow: number;
  late: boolean;
  /** Seconds since 1970; null before the first. */
  lastSuccessAt: number | null;
  lastFailureAt: number | null;
  lastDurationSeconds: number | null;
  /** What the latest successful run counted. */
  lastCounts: Record<string, number>;
  /** Sums of all that runs counted. */
  counts: Record<string, number>;
  durations: StoredDistribution;
}

/** The metrics of every job in the order of the list, zeros for one that has not run: one database call. */
export async function readJobMetrics(
  ctx: Pick<Context, "db" | "env" | "now">,
  jobs: AnyJob[],
): Promise<JobMetrics[]> {
  const reply = replySchema.parse(await rows(ctx.db.rpc("job_metrics", { p_env: ctx.env })));
  const found = new Map(reply.jobs.map((row) => [row.job, row]));
  return jobs.map((job) => {
    const row = found.get(job.name);
    const totals = row?.totals;
    return {
      job: job.name,
      succeeded: totals?.succeeded ?? 0,
      failed: totals?.failed ?? 0,
      skipped: totals?.skipped ?? 0,
      failuresInARow: row?.failures_in_a_row ?? 0,
      late: judgeJob(job, row, ctx.now()).punctuality === "late",
      lastSuccessAt: unixSeconds(totals?.last_success_at),
      lastFailureAt: unixSeconds(totals?.last_failure_at),
      lastDurationSeconds: totals?.last_duration_seconds ?? null,
      lastCounts: totals?.last_success_counts ?? {},
      counts: totals?.counts ?? {},
      durations: {
        bounds: reply.duration_bounds,
        counts: totals?.duration_buckets ?? reply.duration_bounds.map(() => 0),
        sum: totals?.duration_seconds ?? 0,
      },
    };
  });
}

/** Adds the families that every job has, one series per job. */
export function addJobMetrics(registry: Registry, jobs: JobMetrics[]): void {
  const each = (of: (job: JobMetrics) => number | null): Sample[] =>
    jobs.flatMap((job) => {
      const value = of(job);
      return value === null ? [] : [{ labels: { job: job.job }, value }];
    });
  addCounter(
    registry,
    "banzuke_job_runs_total",
    "Executions by how they ended; an attempt that is repeated counts again.",
    jobs.flatMap(({ job, ...ended }) =>
      (["succeeded", "failed", "skipped"] as const).map((status) => ({
        labels: { job, status },
        value: ended[status],
      })),
    ),
  );
  addCounter(
    registry,
    "banzuke_job_counted_total",
    "What runs reported to have done, by the name of the count.",
    jobs.flatMap(({ job, counts }) =>
      Object.entries(counts).map(([count, value]) => ({ labels: { job, count }, value })),
    ),
  );
  addGauge(
    registry,
    "banzuke_job_last_success_timestamp_seconds",
    "When the last successful run ended, in Unix time; 0 before the first.",
    each((job) => job.lastSuccessAt ?? 0),
  );
  addGauge(
    registry,
    "banzuke_job_last_duration_seconds",
    "How long the last run took, failed ones included.",
    each((job) => job.lastDurationSeconds),
  );
  addGauge(
    registry,
    "banzuke_job_failures_in_a_row",
    "Runs that failed since the last success.",
    each((job) => job.failuresInARow),
  );
  addGauge(
    registry,
    "banzuke_job_late",
    "1 while a scheduled run is owed and past its grace, else 0.",
    each((job) => (job.late ? 1 : 0)),
  );
}

function unixSeconds(at: string | null | undefined): number | null {
  return at ? Date.parse(at) / 1000 : null;
}

import type { Registry } from "prom-client";
import { z } from "zod";
import type { JobMetrics } from "@/lib/engine/metrics";
import { type Database, rows } from "@/lib/platform/database";
import { addCounter, addGauge, addHistogram } from "@/lib/platform/metrics";
import { windowNameOf } from "@/lib/trending/rules";

const gaugesSchema = z.object({
  window_end: z.coerce.date().nullable(),
  drift: z.number().nullable(),
  topics: z.record(z.string(), z.number()),
});
export type TrendingGauges = z.infer<typeof gaugesSchema>;

/** How fresh and how large the trending metrics are; topics by the window's minutes. */
export async function readTrendingGauges(db: Database): Promise<TrendingGauges> {
  return gaugesSchema.parse(await rows(db.rpc("trending_gauges")));
}

/**
 * Adds `refresh-trending` under the names of seed 001, 可観測性. Timestamps are in seconds, as Prometheus counts, where the
 * seed's sample shows milliseconds.
 */
export function addTrendingMetrics(
  registry: Registry,
  job: JobMetrics,
  gauges: TrendingGauges,
  options: { histogram: boolean },
): void {
  const name = (rest: string) => `trending_metrics_${rest}`;
  addCounter(
    registry,
    name("job_runs_total"),
    "Total number of successful trending metrics job executions.",
    [{ value: job.succeeded }],
  );
  addCounter(
    registry,
    name("job_failures_total"),
    "Total number of failed trending metrics job executions.",
    [{ value: job.failed }],
  );
  addGauge(registry, name("job_topics_upserted"), "Topics upserted by the last successful run.", [
    { value: job.lastCounts.topics_upserted ?? 0 },
  ]);
  addGauge(
    registry,
    name("job_expired_records"),
    "Records past their keep that the last successful run deleted.",
    [{ value: job.lastCounts.records_expired ?? 0 }],
  );
  addGauge(
    registry,
    name("job_last_success_timestamp"),
    "When the last successful run ended, in Unix time in seconds; 0 before the first.",
    [{ value: job.lastSuccessAt ?? 0 }],
  );
  addGauge(
    registry,
    name("job_last_failure_timestamp"),
    "When the last failed run ended, in Unix time in seconds; 0 before the first.",
    [{ value: job.lastFailureAt ?? 0 }],
  );
  if (options.histogram) {
    addHistogram(
      registry,
      name("job_duration_seconds"),
      "How long runs took, failed ones included.",
      job.durations,
    );
  } else {
    addGauge(registry, name("job_duration_seconds"), "How long the last run took, a failed one included.", [
      { value: job.lastDurationSeconds ?? 0 },
    ]);
  }
  addGauge(
    registry,
    name("window_end_timestamp_seconds"),
    "Where the windows of the stored counts end, in Unix time; 0 before the first refresh.",
    [{ value: (gauges.window_end?.getTime() ?? 0) / 1000 }],
  );
  addGauge(
    registry,
    name("drift_rows"),
    "Rows in which the last full recomputation differed from the increments.",
    gauges.drift === null ? [] : [{ value: gauges.drift }],
  );
  addGauge(
    registry,
    name("topics"),
    "Topics with anything in the window.",
    Object.entries(gauges.topics).map(([minutes, value]) => ({
      labels: { window: windowNameOf(Number(minutes)) ?? `${minutes}m` },
      value,
    })),
  );
}

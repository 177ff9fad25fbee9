import { z } from "zod";
import { defineJob } from "@/lib/engine/define-job";
import { trendingEnv } from "@/lib/platform/env";
import { failureOf } from "@/lib/platform/failure";
import { flag } from "@/lib/platform/flag";
import { refreshMetrics } from "@/lib/trending/refresh";

const INTERVAL_SECONDS = 300;
/** Seed 001, 実行頻度: three failures in a row, then a quarter of an hour of quiet. */
const BREAKER = { failures: 3, pauseSeconds: 900 };

/** `verify`: prove the increments now instead of at night. */
export const refreshTrendingInput = z.strictObject({ verify: flag.optional() });

/** Brings topic metrics to the current minute: every 5 minutes. */
export const refreshTrending = defineJob({
  name: "refresh-trending",
  schedule: "*/5 * * * *",
  graceSeconds: 10 * 60,
  // The next occurrence does this one's work too.
  maxAttempts: 1,
  alertAfterFailures: 2,
  breaker: BREAKER,
  input: refreshTrendingInput,
  async run(ctx) {
    if (!trendingEnv().TRENDING_ENABLED) return { outcome: "disabled", counts: {} };
    const startedAt = performance.now();
    const log = ctx.log.child({ name: "metrics::trending" });
    const report = await refreshMetrics(ctx, {
      signal: ctx.signal,
      verify: ctx.input.verify ?? false,
      onBatch: (done) => ctx.progress({ done, total: null, unit: "batches" }),
    }).catch((error) => {
      const open = ctx.run.failuresBefore + 1 >= BREAKER.failures;
      const retryInSeconds = open ? BREAKER.pauseSeconds : INTERVAL_SECONDS;
      const failed = { event: "trending_metrics_job.failed", retry_in_seconds: retryInSeconds };
      log.error({ ...failed, error: failureOf(error).code, err: error });
      throw error;
    });
    const durationMs = Math.round(performance.now() - startedAt);
    for (const [window, topics] of Object.entries(report.topics)) {
      log.info({ event: "trending_metrics_job.completed", window, topics, duration_ms: durationMs });
    }
    return {
      outcome: report.outcome,
      counts: report.counts,
      details: { window_end: report.windowEnd?.toISOString() ?? null, topics: report.topics },
    };
  },
});

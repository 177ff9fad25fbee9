import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { defineJob, type JobContext } from "@/lib/engine/define-job";
import { JobError } from "@/lib/engine/errors";
import { trendingEnv } from "@/lib/platform/env";
import { failureOf } from "@/lib/platform/failure";
import { flag } from "@/lib/platform/flag";
import { backfillHistory, compareHistory, describeComparison } from "@/lib/trending/backfill";
import { type RefreshReport, refreshMetrics } from "@/lib/trending/refresh";

const INTERVAL_SECONDS = 300;
/** Seed 001, 実行頻度: three failures in a row, then a quarter of an hour of quiet. */
const BREAKER = { failures: 3, pauseSeconds: 900 };
/** Seed 001, バックフィル. */
const BACKFILL_MINUTES = 1_440;
const STEP_MINUTES = 60;
/** What a backfill leaves of a run's time, for the window end under way and the refresh. */
const RESERVE_SECONDS = 40;
/** A second each; within the reserve. */
const BUSY_TRIES = 20;

const minutesBetween = (least: number, most: number) =>
  z.coerce
    .number("must be a whole number")
    .int("must be a whole number")
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

/** A bare run refreshes. Backfill and comparison come on top of it: every success of this job is a refresh. */
export const refreshTrendingInput = z
  .strictObject({
    verify: flag.optional().describe("prove the increments now instead of at night"),
    backfill: flag
      .optional()
      .describe("count past windows into the history, newest first; goes on where it was"),
    minutes: minutesBetween(5, 20_160)
      .optional()
      .describe(`how far back to count or compare; ${BACKFILL_MINUTES} unless told otherwise`),
    step: minutesBetween(5, 1_440)
      .refine((step) => 60 % step === 0 || step % 60 === 0, "must divide an hour, or be whole hours")
      .optional()
      .describe(`minutes from one window end to the next; ${STEP_MINUTES} unless told otherwise`),
    again: flag.optional().describe("count anew what a backfill has counted already"),
    compare: flag.optional().describe("hold what refreshes recorded beside what a backfill counted"),
  })
  .refine(({ minutes, backfill, compare }) => minutes === undefined || backfill || compare, {
    path: ["minutes"],
    message: "needs backfill or compare",
  })
  .refine(({ step, backfill }) => step === undefined || backfill, {
    path: ["step"],
    message: "needs backfill",
  })
  .refine(({ again, backfill }) => !again || backfill, { path: ["again"], message: "needs backfill" })
  .refine((input) => !input.backfill || spanOf(input).minutes >= spanOf(input).stepMinutes, {
    path: ["minutes"],
    message: "must not be less than step",
  })
  .refine((input) => !input.backfill || spanOf(input).minutes <= keptMinutes(), {
    path: ["minutes"],
    error: () => `must be at most ${keptMinutes()}: older history is deleted (TRENDING_TTL_HOURS)`,
  });
type RefreshTrendingInput = z.infer<typeof refreshTrendingInput>;

const spanOf = ({ minutes, step }: { minutes?: number | undefined; step?: number | undefined }) => ({
  minutes: minutes ?? BACKFILL_MINUTES,
  stepMinutes: step ?? STEP_MINUTES,
});
const keptMinutes = () => trendingEnv().TRENDING_TTL_HOURS * 60;

/** Brings topic metrics to the current minute: every 5 minutes. */
export const refreshTrending = defineJob<RefreshTrendingInput>({
  name: "refresh-trending",
  schedule: "*/5 * * * *",
  graceSeconds: 10 * 60,
  // The next occurrence does this one's work too.
  maxAttempts: 1,
  alertAfterFailures: 2,
  // Seed 001, アラート: find the cause, run it again, backfill.
  runbook:
    "Then count the hours that were missed into the history: " +
    "`npm run job -- refresh-trending --backfill`, with the same --env.",
  breaker: BREAKER,
  input: refreshTrendingInput,
  async run(ctx) {
    if (!trendingEnv().TRENDING_ENABLED) return { outcome: "disabled", counts: {} };
    const counted = ctx.input.backfill ? await backfill(ctx) : null;
    const refreshed = await refresh(ctx);
    const compared = ctx.input.compare ? await compare(ctx) : null;
    const outcome = (compared && "compared") ?? (counted && "backfilled") ?? refreshed.outcome;
    return {
      outcome,
      counts: { ...counted, ...refreshed.counts, ...compared?.counts },
      details: { ...refreshed.details, ...compared?.details },
    };
  },
});

async function refresh(ctx: JobContext<RefreshTrendingInput>) {
  const startedAt = performance.now();
  const log = ctx.log.child({ name: "metrics::trending" });
  const report = await refreshPatiently(ctx)
    .then(throwIfBusy)
    .catch((error) => {
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
  const details = { window_end: report.windowEnd?.toISOString() ?? null, topics: report.topics };
  return { outcome: report.outcome, counts: report.counts, details };
}

/** A backfill waits for a refresh that happens to be under way: it must not fail for that after its work is done. */
async function refreshPatiently(ctx: JobContext<RefreshTrendingInput>): Promise<RefreshReport> {
  for (let tries = ctx.input.backfill ? BUSY_TRIES : 1; ; tries -= 1) {
    const report = await refreshMetrics(ctx, {
      signal: ctx.signal,
      verify: ctx.input.verify ?? false,
      onBatch: (done) => ctx.progress({ done, total: null, unit: "batches" }),
    });
    if (report.outcome !== "busy" || tries <= 1) return report;
    await sleep(1_000, undefined, { signal: ctx.signal });
  }
}

/** Another process at it for one minute is a coincidence, for two runs in a row a query that hangs: let somebody hear of it. */
function throwIfBusy(report: RefreshReport): RefreshReport {
  if (report.outcome !== "busy") return report;
  throw new JobError("refresh_busy", "another process has been refreshing the metrics all the while", {
    permanent: false,
  });
}

/** Where a function's limit ends the run, it stops in good order before that; the same call goes on. */
async function backfill(ctx: JobContext<RefreshTrendingInput>): Promise<Record<string, number>> {
  const { timeoutSeconds } = ctx.run;
  const { counted, kept, left, topics } = await backfillHistory(
    ctx,
    { ...spanOf(ctx.input), again: ctx.input.again ?? false },
    {
      signal: ctx.signal,
      stop: timeoutSeconds === null ? null : AbortSignal.timeout((timeoutSeconds - RESERVE_SECONDS) * 1000),
      onCounted: (done, total) => ctx.progress({ done, total, unit: "window ends" }),
    },
  );
  const counts = { windows_counted: counted, windows_kept: kept, topics_recorded: topics };
  if (left === 0) return counts;
  const again = ctx.input.again ? ", but without `again`," : "";
  throw new JobError(
    "backfill_unfinished",
    `${counted} window ends were counted, ${left} are left. The same call${again} goes on with them; on the command line nothing limits it.`,
    { permanent: false, expected: true, counts: { ...counts, windows_left: left } },
  );
}

async function compare(ctx: JobContext<RefreshTrendingInput>) {
  const comparison = await compareHistory(ctx, spanOf(ctx.input).minutes);
  const { compared, equal, different } = comparison;
  const summary = describeComparison(comparison);
  ctx.log.info({ event: "trending.compared", compared, equal, different }, summary);
  return {
    counts: { topics_compared: compared, topics_equal: equal, topics_different: different },
    details: { comparison: { summary, ...comparison } },
  };
}

import { z } from "zod";
import { defineJob, type JobContext } from "@/lib/engine/define-job";
import { JobError } from "@/lib/engine/errors";
import { flag } from "@/lib/platform/flag";
import { jstDate } from "@/lib/time";
import { type Judgement, judgeDay, type ReadingCounts, readRanks } from "@/lib/watch/check";

/** `accept` tells owners although the check looks broken: for a person who has looked at it. */
export const checkRankInput = z.strictObject({
  accept: flag.optional().describe("tell owners although the check looks broken"),
});
/** Reading ends in good order before the run's deadline; judging needs the rest. */
const READING_BUDGET_MS = 210_000;

type CheckRankInput = z.infer<typeof checkRankInput>;

/** Reads where every monitored article ranks and writes what owners must hear of: daily at 00:00 UTC. */
export const checkRank = defineJob<CheckRankInput>({
  name: "check-rank",
  schedule: "0 0 * * *",
  graceSeconds: 30 * 60,
  // A long check goes on where it was at the next attempt.
  maxAttempts: 12,
  input: checkRankInput,
  async run(ctx) {
    const day = dayOf(ctx);
    const check = { day, runId: ctx.run.id, signal: ctx.signal };
    const readings = await readRanks(ctx, {
      ...check,
      signal: AbortSignal.any([ctx.signal, AbortSignal.timeout(READING_BUDGET_MS)]),
      onRead: (done, total) => ctx.progress({ done, total, unit: "articles" }),
    });
    ctx.signal.throwIfAborted();
    if (readings.left > 0) throw unfinished(readings);
    const judgement = await judgeDay(ctx, check, ctx.input.accept ?? false);
    const counts = {
      articles_read: readings.read,
      readings_failed: readings.failed,
      notifications: judgement.created,
      suppressed: judgement.suppressed,
    };
    if (judgement.decision !== "judged") throw unbelievable(judgement, counts);
    const outcome = readings.read === 0 && judgement.created === 0 ? "nothing_due" : "ranks_checked";
    return { outcome, counts, details: { day, failure_rate: judgement.failureRate } };
  },
});

/** The business day of the scheduled instant, so that an attempt after midnight still belongs to its day. */
function dayOf(ctx: JobContext): string {
  const scheduled = ctx.run.trigger === "cron" || ctx.run.trigger === "catch-up";
  return jstDate(scheduled ? new Date(ctx.run.occurrence) : ctx.now());
}

/** A source's pace may need longer than one run: nothing is wrong, and `sweep` goes on within minutes. */
function unfinished({ read, failed, left }: ReadingCounts): JobError {
  return new JobError(
    "check_unfinished",
    `${read} articles were read, ${left} are left to the next attempt`,
    {
      permanent: false,
      expected: true,
      counts: { articles_read: read, readings_failed: failed, articles_left: left },
    },
  );
}

/** Owners hear nothing of a check that cannot be believed; the operator hears why. */
function unbelievable(judgement: Judgement, counts: Record<string, number>): JobError {
  if (judgement.decision === "mass_loss") {
    return new JobError(
      "mass_loss",
      `${judgement.source} found ${judgement.lost} of ${judgement.rankedBefore} ranked pages nowhere, which is more ` +
        "likely a broken reading than the truth. Nobody was told. If it is true, run check-rank with accept=true.",
      { permanent: true, counts },
    );
  }
  const percent = (judgement.failureRate * 100).toFixed(1);
  const reasons = judgement.firstErrors.map((error) => JSON.stringify(error)).join("; ");
  return new JobError(
    "partial_check",
    `${percent} % of the readings failed, too many to tell anybody anything; failed ones are read again. ${reasons}`,
    { permanent: false, counts },
  );
}

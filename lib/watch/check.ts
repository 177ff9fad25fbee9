import pLimit from "p-limit";
import type { Context } from "@/lib/platform/context";
import { watchEnv } from "@/lib/platform/env";
import { failureOf } from "@/lib/platform/failure";
import { judgeNotification } from "@/lib/watch/notification";
import { type CheckVerdict, judgeCheck } from "@/lib/watch/rules";
import { rankSources } from "@/lib/watch/sources/registry";
import { type SourceContext, SourceUnavailableError } from "@/lib/watch/sources/source";
import {
  articlesToCheck,
  articlesToJudge,
  readCheckSummary,
  recordRankCheck,
  recordReadings,
  writeNotifications,
} from "@/lib/watch/store";
import type { ArticleReading, ReadingError, SourceName, WatchedArticle } from "@/lib/watch/types";

/** Days within which an earlier position can be compared with. */
const LOOKBACK_DAYS = 35;

export interface CheckRun {
  /** Business day (JST) the readings belong to. */
  day: string;
  runId: string;
  signal: AbortSignal;
  onRead: (done: number, total: number) => void;
}

/** Counts of readings of one pass; `left` are those it had to leave to the next when its signal was aborted. */
export type ReadingCounts = { read: number; failed: number; left: number };

/**
 * Reads every monitored article that has no reading of the day yet and stores each group as it comes, so
 * that a killed check goes on where it was. A source that refuses this installation as a whole is counted as
 * a failed reading of each of its articles, with the reason.
 */
export async function readRanks(ctx: Context, run: CheckRun): Promise<ReadingCounts> {
  const bySource = await gather(ctx, run);
  const total = [...bySource.values()].reduce((sum, articles) => sum + articles.length, 0);
  const counts: ReadingCounts = { read: 0, failed: 0, left: total };
  run.onRead(0, total);
  // One writer at a time: groups of several sources arrive at once, and their rows are small.
  const inTurn = pLimit(1);
  const store = (source: SourceName, readings: ArticleReading[]) =>
    inTurn(async () => {
      await recordReadings(
        ctx.db,
        { day: run.day, runId: run.runId, at: ctx.now() },
        readings.map((reading) => ({ ...reading, source })),
      );
      counts.read += readings.length;
      counts.left = total - counts.read;
      counts.failed += readings.filter(({ reading }) => reading.status === "failed").length;
      run.onRead(counts.read, total);
    });
  await Promise.all(
    [...bySource].map(([source, articles]) =>
      readSource({ ...ctx, signal: run.signal }, source, articles, (readings) => store(source, readings)),
    ),
  );
  return counts;
}

async function gather(ctx: Context, run: CheckRun): Promise<Map<SourceName, WatchedArticle[]>> {
  const bySource = new Map<SourceName, WatchedArticle[]>();
  for await (const page of articlesToCheck(ctx.db, run.day, run.runId)) {
    run.signal.throwIfAborted();
    for (const article of page) {
      const list = bySource.get(article.source) ?? [];
      bySource.set(article.source, list);
      list.push(article);
    }
  }
  return bySource;
}

async function readSource(
  ctx: SourceContext,
  name: SourceName,
  articles: WatchedArticle[],
  store: (readings: ArticleReading[]) => Promise<void>,
): Promise<void> {
  if (name === "manual") return;
  const source = rankSources[name];
  const left = new Set(articles.map((article) => article.id));
  let refused: ReadingError = {
    code: "source_not_configured",
    message: `${name} has no credentials: see .env.example`,
    permanent: true,
  };
  if (source.configured()) {
    try {
      for await (const readings of source.read(ctx, articles)) {
        if (ctx.signal.aborted) return;
        await store(readings);
        for (const { articleId } of readings) left.delete(articleId);
      }
      return;
    } catch (error) {
      if (ctx.signal.aborted || !(error instanceof SourceUnavailableError)) throw error;
      refused = failureOf(error);
      ctx.log.warn({ event: "source.unavailable", source: name, failure: refused });
    }
  }
  const reading = { status: "failed" as const, error: refused };
  const rest = [...left].map((articleId) => ({ articleId, reading }));
  for (let from = 0; from < rest.length; from += 1_000) await store(rest.slice(from, from + 1_000));
}

export type Judgement = CheckVerdict & { created: number; suppressed: number; firstErrors: unknown[] };

/**
 * Decides what the day's readings amount to and writes the notifications (`sent_at` null). A check that cannot
 * be believed writes none, unless `accept` says a person has looked.
 */
export async function judgeDay(
  ctx: Context,
  run: Pick<CheckRun, "day" | "runId" | "signal">,
  accept: boolean,
): Promise<Judgement> {
  const summary = await readCheckSummary(ctx.db, run.day, LOOKBACK_DAYS);
  const limits = watchEnv();
  const verdict = judgeCheck(summary, {
    maxFailureRate: limits.WATCH_MAX_FAILURE_RATE,
    maxLossRate: limits.WATCH_MAX_LOSS_RATE,
  });
  const written = { created: 0, suppressed: 0 };
  if (verdict.decision === "judged" || accept) {
    for await (const articles of articlesToJudge(ctx.db, run.day, LOOKBACK_DAYS)) {
      run.signal.throwIfAborted();
      const notifications = articles.flatMap(
        (article) => judgeNotification(article, run.day, ctx.now()) ?? [],
      );
      if (notifications.length === 0) continue;
      const { created, suppressed } = await writeNotifications(ctx.db, run.day, ctx.now(), notifications);
      written.created += created;
      written.suppressed += suppressed;
    }
  }
  await recordRankCheck(ctx.db, {
    day: run.day,
    runId: run.runId,
    decision: accept ? "judged" : verdict.decision,
    counts: { sources: summary as never },
    at: ctx.now(),
  });
  const firstErrors = summary.map((source) => source.firstError).filter((error) => error !== null);
  return { ...verdict, ...(accept ? { decision: "judged" as const } : {}), ...written, firstErrors };
}

import pLimit from "p-limit";
import type { ArticleReading, WatchedArticle } from "@/lib/watch/types";
import { failedReading, ReadingFailure } from "./failures";
import { type SourceContext, SourceUnavailableError } from "./source";

/** One question to a provider, and the articles it answers for. */
export interface ReadingTask {
  articleIds: string[];
  /** A reading of each of the articles. What it throws becomes the failed reading of all of them. */
  read: (signal: AbortSignal) => Promise<ArticleReading[]>;
}

/** The task of an article that no provider can be asked about. */
export function unreadable(articleId: string, failure: ReadingFailure): ReadingTask {
  return { articleIds: [articleId], read: () => Promise.reject(failure) };
}

export function invalidUrl({ id, url }: WatchedArticle): ReadingTask {
  return unreadable(id, new ReadingFailure("invalid_url", `${url} is no web address`, { permanent: true }));
}

export interface Limits {
  /** Questions under way at once. */
  concurrency: number;
  /** Questions that may fail in passing in a row before the rest is given up for this run. */
  downAfter: number;
}

const GROUP_SIZE = 200;
const GROUP_EVERY_MS = 2_000;

/**
 * Asks all questions and hands the readings over in groups: at most 200, at the latest after 2 s. Each article is
 * handed over exactly once, whatever its question came to. After `downAfter` passing failures in a row the
 * provider is taken for down and the rest is `source_down` unasked: the next run, not this one, finds out whether it is
 * back. When the signal is aborted it ends without handing over anything more.
 * @throws SourceUnavailableError as soon as a question meets one, after handing over what was read before
 */
export async function* readInGroups(
  ctx: SourceContext,
  tasks: ReadingTask[],
  limits: Limits,
): AsyncGenerator<ArticleReading[]> {
  const stop = new AbortController();
  const signal = AbortSignal.any([ctx.signal, stop.signal]);
  const ask = breaker(ctx, signal, limits.downAfter);
  const ready: ArticleReading[] = [];
  let woken = Promise.withResolvers<void>();
  const wake = () => woken.resolve();
  let over = false;
  let refusal: unknown;
  const finished = pLimit(limits.concurrency)
    .map(tasks, async (task) => {
      if (signal.aborted) return;
      try {
        for (const reading of await ask(task)) ready.push(reading);
        if (ready.length >= GROUP_SIZE) wake();
      } catch (error) {
        refusal ??= error;
        stop.abort();
      }
    })
    .finally(() => {
      over = true;
      wake();
    });
  const tick = setInterval(wake, GROUP_EVERY_MS);
  try {
    for (let last = false; !last; ) {
      await woken.promise;
      woken = Promise.withResolvers();
      last = over;
      while (ready.length > 0) {
        if (ctx.signal.aborted) return;
        yield ready.splice(0, GROUP_SIZE);
      }
    }
    if (refusal !== undefined) throw refusal;
  } finally {
    clearInterval(tick);
    stop.abort();
    await finished;
  }
}

/** Asks one question, unless too many before it failed in a row. An aborted question has no readings. */
function breaker(ctx: SourceContext, signal: AbortSignal, downAfter: number) {
  let failuresInARow = 0;
  const failed = ({ articleIds }: ReadingTask, error: unknown): ArticleReading[] =>
    articleIds.map((articleId) => ({ articleId, reading: failedReading(error) }));

  return async (task: ReadingTask): Promise<ArticleReading[]> => {
    if (failuresInARow >= downAfter) return failed(task, sourceDown(downAfter));
    try {
      const readings = await task.read(signal);
      failuresInARow = 0;
      return signal.aborted ? [] : readings;
    } catch (error) {
      if (signal.aborted) return [];
      if (error instanceof SourceUnavailableError) throw error;
      if (!(error instanceof ReadingFailure)) {
        ctx.log.warn({ event: "reading.unexpected", articleIds: task.articleIds.slice(0, 10), err: error });
      } else if (!error.permanent && ++failuresInARow === downAfter) {
        ctx.log.warn({ event: "source.down", failuresInARow, code: error.code, reason: error.message });
      }
      return failed(task, error);
    }
  };
}

function sourceDown(downAfter: number): ReadingFailure {
  return new ReadingFailure("source_down", `not asked, because ${downAfter} questions in a row failed`, {
    permanent: false,
  });
}

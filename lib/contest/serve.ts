import { LRUCache } from "lru-cache";
import type { z } from "zod";
import type { RankingEntry, RankingResponse, rankingQuery } from "@/lib/contest/api";
import { assertSameRanking, type Cursor, decodeCursor, encodeCursor } from "@/lib/contest/cursor";
import { type LivePage, readLivePage } from "@/lib/contest/live";
import { readMetrics } from "@/lib/contest/rules";
import { type FinalWork, readFinalPage, readTheme, readTitles, type ThemeState } from "@/lib/contest/store";
import type { Context } from "@/lib/platform/context";
import { DatabaseError } from "@/lib/platform/database";
import { Problem } from "@/lib/platform/problem";
import { RedisError } from "@/lib/platform/redis";

type Query = z.infer<typeof rankingQuery>;

/**
 * How long an answer may be reused: a leaderboard a second old is still live. Not so once submissions
 * are closed and the ranking may be finalized any moment: then only callers at the same time share one.
 */
const FRESH_MS = 1_000;
const ABOUT_TO_CLOSE_FRESH_MS = 1;
const ANSWERS_KEPT = 500;

/**
 * Serves rankings from Redis while a theme is open and from its snapshot once it is closed; when one
 * source is away, from the other, saying so in `degraded`. Answers are shared for a second, so that a
 * crowd at 22:00 costs one read. Throws a 404 or 410 {@link Problem}, or what the last source threw.
 */
export function rankingServer(ctx: Pick<Context, "db" | "redis" | "now">) {
  const answers = new LRUCache<string, RankingResponse, Query>({
    max: ANSWERS_KEPT,
    ttl: FRESH_MS,
    fetchMethod: async (_key, _stale, { context, options }) => {
      const { answer, aboutToClose } = await answerFresh(ctx, context);
      if (aboutToClose) options.ttl = ABOUT_TO_CLOSE_FRESH_MS;
      return answer;
    },
  });
  return async (query: Query): Promise<RankingResponse> => {
    const key = JSON.stringify([query.theme_id, query.limit, query.cursor, query.around, query.source]);
    const answer = await answers.fetch(key, { context: query });
    if (!answer) throw new Error("the answer was evicted while it was being made");
    return answer;
  };
}

async function answerFresh(
  ctx: Pick<Context, "db" | "redis" | "now">,
  query: Query,
): Promise<{ answer: RankingResponse; aboutToClose: boolean }> {
  const cursor = query.cursor ? decodeCursor(query.cursor) : null;
  const degraded: RankingResponse["degraded"] = [];
  const theme = await orAway(readTheme(ctx.db, query.theme_id), "database", degraded);
  const source = query.source ?? (theme?.snapshot ? "snapshot" : "live");

  if (source === "live") {
    const live = await liveAnswer(ctx, query, cursor, theme ?? null, degraded).catch((error) => {
      if (!(error instanceof RedisError) || query.source || !theme?.snapshot) throw error;
      degraded.push("redis");
      return null;
    });
    if (live) return { answer: live, aboutToClose: theme != null && isAboutToClose(theme, ctx.now()) };
  }
  if (theme?.snapshot && query.source !== "live") {
    const answer = await snapshotAnswer(ctx, query, cursor, theme, theme.snapshot, degraded);
    return { answer, aboutToClose: false };
  }
  if (degraded.includes("database")) throw new DatabaseError("the database is not reachable", "", 0);
  throw notFound(theme ?? null, query);
}

function isAboutToClose(theme: ThemeState, now: Date): boolean {
  if (theme.closedAt) return false;
  const { submissionsClosedAt, closesAt } = theme;
  return new Date(submissionsClosedAt ?? closesAt) <= now || new Date(closesAt) <= now;
}

/** The value, or undefined with the source noted as away; failures of another kind pass through. */
async function orAway<T>(
  read: Promise<T>,
  source: "redis" | "database",
  degraded: RankingResponse["degraded"],
): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (!(error instanceof DatabaseError && error.unreachable)) throw error;
    if (!degraded.includes(source)) degraded.push(source);
    return undefined;
  }
}

async function liveAnswer(
  ctx: Pick<Context, "db" | "redis" | "now">,
  query: Query,
  cursor: Cursor | null,
  theme: ThemeState | null,
  degraded: RankingResponse["degraded"],
): Promise<RankingResponse | null> {
  assertSameRanking(cursor, "live");
  const { limit, around } = query;
  const page = await readLivePage(
    ctx.redis,
    query.theme_id,
    around === undefined ? { limit, offset: cursor?.afterRank ?? 0 } : { limit, around },
  );
  if (!page) return null;
  if (around !== undefined && page.works.length === 0) throw notRanked(around);
  const titles = await titlesOf(ctx, page, degraded);
  const entries = page.works.map((work): RankingEntry => {
    const { likes, impressions, uniqueViewers } = readMetrics(work);
    const counts = { likes, impressions, unique_viewers: uniqueViewers };
    return {
      rank: work.rank,
      work_id: work.workId,
      title: titles.get(work.workId) ?? null,
      score: work.liveScore,
      ...counts,
    };
  });
  return {
    ...headOf(query.theme_id, theme),
    source: "live",
    generated_at: ctx.now().toISOString(),
    degraded,
    total: page.total,
    entries,
    next_cursor: nextCursor("live", entries, page.total),
  };
}

async function titlesOf(
  ctx: Pick<Context, "db">,
  page: LivePage,
  degraded: RankingResponse["degraded"],
): Promise<Map<string, string>> {
  if (degraded.includes("database")) return new Map();
  const ids = page.works.map((work) => work.workId);
  return (await orAway(readTitles(ctx.db, ids), "database", degraded)) ?? new Map();
}

async function snapshotAnswer(
  ctx: Pick<Context, "db">,
  query: Query,
  cursor: Cursor | null,
  theme: ThemeState,
  snapshot: NonNullable<ThemeState["snapshot"]>,
  degraded: RankingResponse["degraded"],
): Promise<RankingResponse> {
  assertSameRanking(cursor, snapshot.version);
  const { limit, around } = query;
  const page = around === undefined ? { limit, afterRank: cursor?.afterRank ?? 0 } : { limit, around };
  const works = await readFinalPage(ctx.db, theme.id, page);
  if (around !== undefined && works.length === 0) throw notRanked(around);
  const entries = works.map(entryOf);
  return {
    ...headOf(theme.id, theme),
    source: "snapshot",
    generated_at: new Date(snapshot.finalizedAt).toISOString(),
    degraded,
    total: snapshot.entries,
    entries,
    next_cursor: nextCursor(snapshot.version, entries, snapshot.entries),
  };
}

function entryOf(work: FinalWork): RankingEntry {
  const { rank, title, score, likes, impressions } = work;
  return { rank, work_id: work.workId, title, score, likes, impressions, unique_viewers: work.uniqueViewers };
}

function headOf(themeId: string, theme: ThemeState | null) {
  const snapshot = theme?.snapshot;
  return {
    theme_id: themeId,
    theme: theme && { title: theme.title, date: theme.date, sponsored: theme.sponsored },
    closes_at: theme && new Date(theme.closesAt).toISOString(),
    snapshot: snapshot
      ? {
          version: snapshot.version,
          finalized_at: new Date(snapshot.finalizedAt).toISOString(),
          checksum: snapshot.checksum,
        }
      : null,
  };
}

function nextCursor(of: number | "live", entries: RankingEntry[], total: number): string | null {
  const last = entries.at(-1);
  return last && last.rank < total ? encodeCursor({ of, afterRank: last.rank }) : null;
}

function notRanked(workId: string): Problem {
  return new Problem(404, "work_not_ranked", `The work ${workId} is not in this ranking.`);
}

function notFound(theme: ThemeState | null, query: Query): Problem {
  if (!theme) return new Problem(404, "theme_not_found", `There is no theme ${query.theme_id}.`);
  const closesAt = new Date(theme.closesAt).toISOString();
  if (theme.snapshot) {
    return new Problem(
      404,
      "no_live_ranking",
      "The live ranking of this theme has expired; its snapshot stands.",
    );
  }
  const message =
    theme.closedOutcome === "empty"
      ? "This theme was closed without any work."
      : query.source === "snapshot"
        ? "This theme has not been finalized yet."
        : "No work has been ranked in this theme yet.";
  return new Problem(404, "no_ranking", message, { extra: { closes_at: closesAt } });
}

import "server-only";
import { z } from "zod";
import { awayOf } from "@/lib/admin/attempt";
import { type ThemeStage, themeStage } from "@/lib/admin/theme-state";
import { rankingKey, readLivePage } from "@/lib/contest/live";
import { readMetrics } from "@/lib/contest/rules";
import { type FinalWork, readFinalPage, readTitles } from "@/lib/contest/store";
import type { Metrics, MetricsFault } from "@/lib/contest/types";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { reading } from "@/lib/platform/redis";
import { requireAdmin } from "@/lib/platform/session";

/** Ranks on a page. */
export const RANKS = 100;

const snapshotSchema = z.object({
  version: z.number(),
  finalized_at: z.string(),
  run_id: z.string().nullable(),
  entries: z.number(),
  checksum: z.string(),
  counts: z.record(z.string(), z.number()).catch({}),
});

/** A row of the final ranking; `liveRank` is null where the work left the live one. */
export interface FinalRow extends FinalWork {
  liveRank: number | null;
}

export interface LiveRow extends Metrics {
  rank: number;
  workId: string;
  title: string | null;
  liveScore: number;
  /** What is wrong with its counts, if anything. */
  fault: MetricsFault | null;
  /** Null where the work is not in the final ranking. */
  finalRank: number | null;
}

/** The live ranking: a page of it, no key any more, or Redis does not answer. */
export type LiveState =
  | { kind: "page"; total: number; rows: LiveRow[] }
  | { kind: "none" }
  | { kind: "away" };

export interface ThemePage {
  readAt: string;
  theme: {
    id: string;
    title: string;
    date: string;
    sponsored: boolean;
    closesAt: string;
    closedAt: string | null;
  };
  stage: ThemeStage;
  snapshot: {
    version: number;
    finalizedAt: string;
    runId: string | null;
    entries: number;
    checksum: string;
    faults: { missing: number; not_a_count: number; likes_above_impressions: number };
  } | null;
  final: FinalRow[];
  live: LiveState;
  superseded: {
    version: number;
    finalizedAt: string;
    supersededAt: string;
    entries: number;
    checksum: string;
  }[];
}

/**
 * A theme with ranks `from` to `from + 99` of its final and its live ranking, each knowing its place in
 * the other. Null when there is no such theme; without Redis the final one alone.
 */
export async function readThemePage(
  ctx: Pick<Context, "db" | "redis" | "now" | "log">,
  themeId: string,
  from: number,
): Promise<ThemePage | null> {
  await requireAdmin();
  const [[theme], final, live, superseded] = await Promise.all([
    rows(ctx.db.rpc("read_theme", { p_theme_id: themeId })),
    readFinalPage(ctx.db, themeId, { limit: RANKS, afterRank: from - 1 }),
    liveState(ctx, themeId, from),
    readSuperseded(ctx, themeId),
  ]);
  if (!theme) return null;
  const snapshot = theme.snapshot === null ? null : snapshotSchema.parse(theme.snapshot);
  const now = ctx.now();
  const times = {
    closesAt: theme.closes_at,
    submissionsClosedAt: theme.submissions_closed_at,
    closedOutcome: theme.closed_outcome,
  };
  const liveRanks = await liveRanksOf(ctx, themeId, live, final);
  return {
    readAt: now.toISOString(),
    theme: {
      id: theme.id,
      title: theme.title,
      date: theme.date,
      sponsored: theme.sponsored,
      closesAt: theme.closes_at,
      closedAt: theme.closed_at,
    },
    stage: themeStage(times, now),
    snapshot: snapshot && {
      version: snapshot.version,
      finalizedAt: snapshot.finalized_at,
      runId: snapshot.run_id,
      entries: snapshot.entries,
      checksum: snapshot.checksum,
      faults: {
        missing: snapshot.counts.missing ?? 0,
        not_a_count: snapshot.counts.not_a_count ?? 0,
        likes_above_impressions: snapshot.counts.likes_above_impressions ?? 0,
      },
    },
    final: final.map((work) => ({ ...work, liveRank: liveRanks?.get(work.workId) ?? null })),
    live: liveRanks === null ? { kind: "away" } : live,
    superseded,
  };
}

async function liveState(
  ctx: Pick<Context, "db" | "redis" | "log">,
  themeId: string,
  from: number,
): Promise<LiveState> {
  try {
    const page = await readLivePage(ctx.redis, themeId, { limit: RANKS, offset: from - 1 });
    if (!page) return { kind: "none" };
    const ids = page.works.map((work) => work.workId);
    const [titles, finalRanks] = await Promise.all([
      readTitles(ctx.db, ids),
      rows(ctx.db.rpc("ranks_of_works", { p_theme_id: themeId, p_work_ids: ids })),
    ]);
    const ranks = new Map(finalRanks.map((row) => [row.work_id, row.rank]));
    return {
      kind: "page",
      total: page.total,
      rows: page.works.map((work) => ({
        ...readMetrics(work),
        rank: work.rank,
        workId: work.workId,
        liveScore: work.liveScore,
        title: titles.get(work.workId) ?? null,
        finalRank: ranks.get(work.workId) ?? null,
      })),
    };
  } catch (error) {
    return redisAway(ctx, error);
  }
}

/** Where the works of the final page stand live: one pipeline. Empty without a live ranking, null without Redis. */
async function liveRanksOf(
  ctx: Pick<Context, "redis" | "log">,
  themeId: string,
  live: LiveState,
  final: FinalWork[],
): Promise<Map<string, number> | null> {
  if (live.kind === "away") return null;
  if (live.kind === "none" || final.length === 0) return new Map();
  const places = await reading(() => {
    const pipeline = ctx.redis.pipeline();
    for (const { workId } of final) pipeline.zrevrank(rankingKey(themeId), workId);
    return pipeline.exec<(number | null)[]>();
  }).catch((error): null => {
    redisAway(ctx, error);
    return null;
  });
  if (!places) return null;
  return new Map(
    final.flatMap(({ workId }, index) => {
      const place = places[index];
      return place === null || place === undefined ? [] : [[workId, Number(place) + 1]];
    }),
  );
}

function redisAway(ctx: Pick<Context, "log">, error: unknown): { kind: "away" } {
  if (awayOf(error) !== "redis") throw error;
  ctx.log.warn({ event: "admin.live_unavailable", err: error }, "the live ranking cannot be shown");
  return { kind: "away" };
}

async function readSuperseded(ctx: Pick<Context, "db">, themeId: string): Promise<ThemePage["superseded"]> {
  const found = await rows(
    ctx.db
      .from("superseded_rankings")
      .select("version, finalized_at, superseded_at, entries, checksum")
      .eq("theme_id", themeId)
      .order("version", { ascending: false }),
  );
  return found.map((row) => ({
    version: row.version,
    finalizedAt: row.finalized_at,
    supersededAt: row.superseded_at,
    entries: row.entries,
    checksum: row.checksum,
  }));
}

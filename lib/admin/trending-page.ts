import "server-only";
import { z } from "zod";
import type { TrendingFilter } from "@/lib/admin/trending-filter";
import { readRefreshRuns } from "@/lib/admin/trending-runs";
import type { ScorePoint } from "@/lib/admin/trending-series";
import {
  type Absence,
  absenceOf,
  type TrendingStanding,
  trendingStanding,
} from "@/lib/admin/trending-standing";
import { nextOccurrence } from "@/lib/engine/schedule";
import { refreshTrending } from "@/lib/jobs/refresh-trending";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { trendingEnv } from "@/lib/platform/env";
import { requireAdmin } from "@/lib/platform/session";
import { profileInForce, type ScoredPart, scoreOf, weightList } from "@/lib/trending/rules";
import { readProfiles, readState, topicOf } from "@/lib/trending/store";
import { type ScoreWeights, type TopicCounts, WINDOW_MINUTES } from "@/lib/trending/types";

export const TOPICS_PER_PAGE = 50;
/** As far as history is kept by default (seed 001, TTL 48h). */
export const SPARK_HOURS = 48;
const HOUR_MS = 3_600_000;

/** A topic as a row of the list. */
export interface TopicRow {
  topicId: string;
  name: string;
  rank: number;
  counts: TopicCounts;
  score: number;
  /** The parts of the score whose weight is not 0, the largest share first. */
  parts: ScoredPart[];
  /** Recorded scores of the last {@link SPARK_HOURS} hours and the one of now, oldest first. */
  points: ScorePoint[];
}

export interface TrendingPage {
  standing: TrendingStanding;
  /** The score profile in force. */
  profile: string;
  weights: ScoreWeights;
  /** Where the windows of these figures end; null: there are none to read. */
  countedAt: string | null;
  topics: TopicRow[];
  /** How many topics match, whatever the page. */
  total: number;
  next: TrendingFilter["after"];
  /** The topic on top of the ranking, for the first sentence; null on later pages and searches. */
  first: string | null;
  /** Why the ranking is empty; null when it is not. */
  absence: Absence | null;
}

/** How the metrics stand and a page of a window's ranking, each topic with why it is there. */
export async function readTrending(
  ctx: Pick<Context, "db" | "env" | "now">,
  filter: TrendingFilter,
): Promise<TrendingPage> {
  await requireAdmin();
  const settings = trendingEnv();
  const now = ctx.now();
  const [state, profiles, runs] = await Promise.all([
    readState(ctx.db),
    readProfiles(ctx.db),
    readRefreshRuns(ctx),
  ]);
  const standing = trendingStanding(state, runs, filter.window, {
    now,
    next: nextOccurrence(refreshTrending.schedule ?? "", now),
    enabled: settings.TRENDING_ENABLED,
    staleMinutes: settings.TRENDING_STALE_MINUTES,
  });
  // Half-built counts are not to be read, and there are none of a window that was not counted.
  const countedAt = standing.stale === "building" || standing.stale === "missing" ? null : state.windowEnd;
  const weights = profileInForce(state, profiles).weights;
  const page =
    countedAt === null
      ? { topics: [], total: 0, next: null }
      : await readPage(ctx, filter, weights, countedAt);
  const empty =
    countedAt === null || (page.topics.length === 0 && filter.query === null && filter.after === null);
  return {
    standing,
    profile: state.profile,
    weights,
    countedAt: countedAt?.toISOString() ?? null,
    ...page,
    first: filter.query === null && filter.after === null ? (page.topics[0]?.name ?? null) : null,
    absence: empty ? absenceOf(await readAbsence(ctx), standing, WINDOW_MINUTES[filter.window]) : null,
  };
}

const pointsSchema = z.array(
  z.object({ at: z.string().transform((at) => Date.parse(at)), score: z.number() }),
);

async function readPage(
  ctx: Pick<Context, "db">,
  { window, query, after }: TrendingFilter,
  weights: ScoreWeights,
  countedAt: Date,
) {
  const found = await rows(
    ctx.db.rpc("admin_trending", {
      p_window: WINDOW_MINUTES[window],
      p_weights: weightList(weights),
      // The generated types cannot say that a parameter may be null.
      p_query: query as string,
      p_limit: TOPICS_PER_PAGE + 1,
      p_since: new Date(countedAt.getTime() - SPARK_HOURS * HOUR_MS).toISOString(),
      ...(after && { p_after_score: after.score, p_after_topic: after.topicId }),
    }),
  );
  const topics = found.slice(0, TOPICS_PER_PAGE).map((row): TopicRow => {
    const topic = topicOf(row);
    const recorded = pointsSchema.parse(row.points ?? []).filter(({ at }) => at < countedAt.getTime());
    return {
      ...topic,
      rank: row.rank,
      parts: partsOf(topic.counts, weights),
      points: [...recorded, { at: countedAt.getTime(), score: topic.score }],
    };
  });
  const last = topics.at(-1);
  return {
    topics,
    total: found[0]?.total ?? 0,
    next: found.length > TOPICS_PER_PAGE && last ? { score: last.score, topicId: last.topicId } : null,
  };
}

/** The parts of a score that its weights leave standing, the largest share first. */
export function partsOf(counts: TopicCounts, weights: ScoreWeights): ScoredPart[] {
  return scoreOf(counts, weights)
    .parts.filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

const absenceSchema = z
  .object({
    has_topics: z.boolean(),
    has_posts: z.boolean(),
    latest_post_at: z.string().nullable(),
    next_future_post_at: z.string().nullable(),
  })
  .transform((row) => ({
    hasTopics: row.has_topics,
    hasPosts: row.has_posts,
    latestPostAt: isoOrNull(row.latest_post_at),
    nextFuturePostAt: isoOrNull(row.next_future_post_at),
  }));

async function readAbsence(ctx: Pick<Context, "db" | "now">) {
  return absenceSchema.parse(await rows(ctx.db.rpc("trending_absence", { p_now: ctx.now().toISOString() })));
}

/** Postgres and JavaScript print the same instant differently, and these are compared. */
function isoOrNull(at: string | null): string | null {
  return at && new Date(at).toISOString();
}

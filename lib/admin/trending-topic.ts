import "server-only";
import { z } from "zod";
import { partsOf } from "@/lib/admin/trending-page";
import { readRefreshRuns } from "@/lib/admin/trending-runs";
import type { ScorePoint } from "@/lib/admin/trending-series";
import { type TrendingStanding, trendingStanding } from "@/lib/admin/trending-standing";
import { nextOccurrence } from "@/lib/engine/schedule";
import { refreshTrending } from "@/lib/jobs/refresh-trending";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { trendingEnv } from "@/lib/platform/env";
import { requireAdmin } from "@/lib/platform/session";
import { profileInForce, type ScoredPart, windowNameOf } from "@/lib/trending/rules";
import { readProfiles, readState, topicOf } from "@/lib/trending/store";
import { type TopicCounts, WINDOW_MINUTES, type WindowName } from "@/lib/trending/types";

const NEWEST_POSTS = 20;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** More than a week of hours no chart could show. */
const CHARTED_HOURS = 168;

/** A topic in one window; `counts` null: it left no trace there. */
export interface TopicWindow {
  window: WindowName;
  found: { counts: TopicCounts; score: number; rank: number; parts: ScoredPart[] } | null;
}

/** A recorded score, and the profile it was computed by. */
export interface RecordedScore extends ScorePoint {
  profile: string;
}

export interface TopicPost {
  id: string;
  authorId: string;
  isReply: boolean;
  body: string;
  createdAt: string;
  boosts: number;
  bookmarks: number;
}

export interface TopicDetail {
  topicId: string;
  name: string;
  standing: TrendingStanding;
  windows: TopicWindow[];
  /** Recorded scores of the window asked for and the one of now, oldest first. */
  points: RecordedScore[];
  /** The newest posts in that window. */
  posts: TopicPost[];
  /** Its latest post in whatever window; null when nobody posted. */
  latestPostAt: string | null;
}

/** A topic with its counts in every window, its scores of the past hours in one, and its newest posts; or null. */
export async function readTopic(
  ctx: Pick<Context, "db" | "env" | "now">,
  topicId: string,
  window: WindowName,
): Promise<TopicDetail | null> {
  await requireAdmin();
  const { db } = ctx;
  const settings = trendingEnv();
  const now = ctx.now();
  const [[topic], state, profiles, runs] = await Promise.all([
    rows(db.from("topics").select("id, name").eq("id", topicId)),
    readState(db),
    readProfiles(db),
    readRefreshRuns(ctx),
  ]);
  if (!topic) return null;
  const standing = trendingStanding(state, runs, window, {
    now,
    next: nextOccurrence(refreshTrending.schedule ?? "", now),
    enabled: settings.TRENDING_ENABLED,
    staleMinutes: settings.TRENDING_STALE_MINUTES,
  });
  const end = state.windowEnd ?? now;
  const start = new Date(end.getTime() - WINDOW_MINUTES[window] * MINUTE_MS);
  const since = new Date(end.getTime() - Math.min(settings.TRENDING_TTL_HOURS, CHARTED_HOURS) * HOUR_MS);
  const [counted, recorded, posts, latest] = await Promise.all([
    state.windowEnd && state.pass !== "build" ? rows(db.rpc("trending_topic", { p_topic: topicId })) : [],
    readRecorded(ctx, topicId, window, since),
    rows(
      db.rpc("trending_posts", {
        p_topics: [topicId],
        p_start: start.toISOString(),
        p_end: end.toISOString(),
        p_per_topic: NEWEST_POSTS,
      }),
    ),
    rows(
      db
        .from("posts")
        .select("created_at")
        .eq("topic_id", topicId)
        .is("deleted_at", null)
        .order("created_at", { ascending: false })
        .limit(1),
    ),
  ]);
  const weights = profileInForce(state, profiles).weights;
  const found = new Map(
    counted.map((row) => {
      const { counts, score } = topicOf({ ...row, topic_id: topicId, name: topic.name });
      return [
        windowNameOf(row.window_minutes),
        { counts, score, rank: row.rank, parts: partsOf(counts, weights) },
      ];
    }),
  );
  const current = found.get(window);
  return {
    topicId,
    name: topic.name,
    standing,
    windows: settings.TRENDING_WINDOWS.map((name) => ({ window: name, found: found.get(name) ?? null })),
    points: [
      ...recorded.filter(({ at }) => at < end.getTime()),
      ...(current ? [{ at: end.getTime(), score: current.score, profile: state.profile }] : []),
    ],
    posts: posts.map((post) => ({
      id: post.id,
      authorId: post.author_id,
      isReply: post.reply_to !== null,
      body: post.body,
      createdAt: post.created_at,
      boosts: post.boosts,
      bookmarks: post.bookmarks,
    })),
    latestPostAt: latest[0]?.created_at ?? null,
  };
}

const recordedSchema = z.object({
  window_end: z.string(),
  source: z.string(),
  score: z.number(),
  profile: z.string(),
});

/** What a refresh recorded at the time goes before what a backfill counted later. */
async function readRecorded(
  ctx: Pick<Context, "db">,
  topicId: string,
  window: WindowName,
  since: Date,
): Promise<RecordedScore[]> {
  const found = await rows(
    ctx.db
      .from("topic_metrics_history")
      .select("window_end, source, score, profile")
      .eq("topic_id", topicId)
      .eq("window_minutes", WINDOW_MINUTES[window])
      .gte("window_end", since.toISOString())
      // backfill, refresh: the later of the two is kept.
      .order("window_end")
      .order("source"),
  );
  const byEnd = new Map(
    z
      .array(recordedSchema)
      .parse(found)
      .map(({ window_end, score, profile }) => [Date.parse(window_end), { score, profile }]),
  );
  return [...byEnd].map(([at, recorded]) => ({ at, ...recorded }));
}

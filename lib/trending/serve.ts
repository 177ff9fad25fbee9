import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { z } from "zod";
import type { Context } from "@/lib/platform/context";
import { DatabaseError, rows } from "@/lib/platform/database";
import { trendingEnv } from "@/lib/platform/env";
import { Problem } from "@/lib/platform/problem";
import { answerOf, type Head, type Page, type PostsAnswer, type TopicsAnswer } from "@/lib/trending/answer";
import type { postsQuery, topicsQuery } from "@/lib/trending/api";
import { decodeTopicsCursor } from "@/lib/trending/cursor";
import { profileInForce, staleness, windowEndAt } from "@/lib/trending/rules";
import { readProfiles, readState, readTopics } from "@/lib/trending/store";
import {
  type ScoreWeights,
  type StaleReason,
  type TrendingState,
  WINDOW_MINUTES,
  type WindowName,
} from "@/lib/trending/types";

/** How long one reading of "how far are the metrics" serves everybody. */
const STANDING_MS = 1_000;
/** Answers are kept by what they were made of; those of passed refreshes leave with time, large ones by their size. */
const KEPT = { max: 500, ttl: 10 * 60_000, maxSize: 20_000_000, maxEntrySize: 2_000_000 };
/** Counting live is expensive: one answer serves a minute, on all instances through Redis. */
const LIVE_SECONDS = 60;
/** And where it fails, the database is left alone for a while. */
const LIVE_RETRY_SECONDS = 30;
const ATTEMPTS = 3;

interface Standing {
  state: TrendingState;
  weights: ScoreWeights;
}
interface Wanted {
  window: WindowName;
  limit: number;
  cursor?: string | undefined;
}
type ServeContext = Pick<Context, "db" | "redis" | "now" | "log" | "env">;

/** The metrics moved on while a page of them was read: what was read is of neither state. */
class MetricsMoved extends Error {}

/**
 * Serves trends from the stored metrics, or counted live where these are missing or stale; where that cannot be done
 * in time either, from what is stored, saying that it is stale. Answers are kept by what they were made of (window end,
 * refresh, weights), so a crowd costs one read per refresh.
 * Throws 404 for a window that is not configured, 503 where nothing is left to answer from, and what the database
 * threw.
 */
export function trendingServer(ctx: ServeContext) {
  const standings = new LRUCache<"standing", Standing>({
    max: 1,
    ttl: STANDING_MS,
    fetchMethod: () => readStanding(ctx),
    // With the database away, what was known a moment ago still serves whoever asks for the same again.
    allowStaleOnFetchRejection: true,
    noDeleteOnFetchRejection: true,
  });
  const pages = new LRUCache<string, TopicsAnswer, () => Promise<TopicsAnswer>>({
    ...KEPT,
    sizeCalculation: ({ topics }) => 1_000 * (topics.length + 1),
    fetchMethod: (_key, _stale, { context }) => context(),
  });
  const posts = new LRUCache<string, PostsAnswer, () => Promise<PostsAnswer>>({
    ...KEPT,
    sizeCalculation: ({ topics }) =>
      topics.reduce(
        (sum, topic) => sum + topic.posts.reduce((n, { body }) => n + 500 + 2 * body.length, 500),
        500,
      ),
    fetchMethod: (_key, _stale, { context }) => context(),
  });
  const liveFailed = new LRUCache<WindowName, true>({ max: 10, ttl: LIVE_RETRY_SECONDS * 1_000 });

  async function topics(wanted: Wanted): Promise<TopicsAnswer> {
    assertConfigured(wanted.window);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await answer(wanted, await present(standings.fetch("standing")));
      } catch (error) {
        if (!(error instanceof MetricsMoved) || attempt === ATTEMPTS) throw error;
        standings.delete("standing");
      }
    }
  }

  async function answer(wanted: Wanted, standing: Standing): Promise<TopicsAnswer> {
    const stale = staleness(standing.state, wanted.window, ctx.now(), trendingEnv().TRENDING_STALE_MINUTES);
    if (!stale) return fromMetrics(standing, wanted, null);
    if (!liveFailed.has(wanted.window)) {
      const end = windowEndAt(ctx.now());
      const key = keyOf("live", end, standing, wanted);
      try {
        return await present(
          pages.fetch(key, { context: () => liveTopics(ctx, key, standing, wanted, end, stale) }),
        );
      } catch (error) {
        if (!(error instanceof DatabaseError)) throw error;
        liveFailed.set(wanted.window, true);
        ctx.log.warn({ event: "trending.live_failed", window: wanted.window, err: error });
      }
    }
    if (stale === "old") return fromMetrics(standing, wanted, stale);
    throw new Problem(503, "trends_unavailable", "Trends are being counted; try again shortly.", {
      headers: { "retry-after": String(LIVE_RETRY_SECONDS) },
    });
  }

  async function fromMetrics(
    standing: Standing,
    wanted: Wanted,
    stale: StaleReason | null,
  ): Promise<TopicsAnswer> {
    const { windowEnd, refreshedAt, profile } = standing.state;
    const generatedAt = windowEnd ?? ctx.now();
    const key = keyOf(`metrics ${refreshedAt?.toISOString()}`, generatedAt, standing, wanted);
    const head: Head = { generatedAt, source: "metrics", stale: null, window: wanted.window, profile };
    const read = async () => {
      const page = await readPage(ctx, standing.weights, wanted, null);
      const { refreshedAt: after } = await readState(ctx.db);
      if (after?.getTime() !== refreshedAt?.getTime()) throw new MetricsMoved();
      return answerOf(head, key, page);
    };
    const found = await present(pages.fetch(key, { context: read }));
    return stale ? { ...found, head: { ...head, stale }, tag: `${found.tag}-${stale}` } : found;
  }

  return {
    topics: (query: z.infer<typeof topicsQuery>) => topics(query),
    posts: async (query: z.infer<typeof postsQuery>): Promise<PostsAnswer> => {
      const ranking = await topics({ window: query.window, limit: query.topics });
      const key = `${ranking.tag} ${query.per_topic}`;
      return present(posts.fetch(key, { context: () => withPosts(ctx, ranking, query.per_topic) }));
    },
  };
}

function assertConfigured(window: WindowName): void {
  const { TRENDING_WINDOWS } = trendingEnv();
  if (TRENDING_WINDOWS.includes(window)) return;
  throw new Problem(
    404,
    "window_not_configured",
    `The window ${window} is not counted here; there are ${TRENDING_WINDOWS.join(", ")}.`,
  );
}

async function readStanding(ctx: ServeContext): Promise<Standing> {
  const [state, profiles] = await Promise.all([readState(ctx.db), readProfiles(ctx.db)]);
  const { name, weights } = profileInForce(state, profiles);
  return { state: { ...state, profile: name }, weights };
}

function keyOf(
  source: string,
  end: Date,
  { state, weights }: Standing,
  { window, limit, cursor }: Wanted,
): string {
  const scores = `${state.profile} ${JSON.stringify(weights)}`;
  return [source, end.toISOString(), scores, window, limit, cursor ?? ""].join(" ");
}

async function readPage(
  ctx: ServeContext,
  weights: ScoreWeights,
  { window, limit, cursor }: Wanted,
  liveEnd: Date | null,
): Promise<Page> {
  const after = cursor ? decodeTopicsCursor(cursor) : null;
  // One more than the page, to know whether another one follows.
  const found = await readTopics(ctx.db, { window, weights, limit: limit + 1, after, liveEnd });
  const topics = found.slice(0, limit);
  return { topics, firstRank: (after?.rank ?? 0) + 1, weights, more: found.length > limit };
}

/** Counted now, or by another instance within this minute. Redis away: counted now. */
async function liveTopics(
  ctx: ServeContext,
  key: string,
  standing: Standing,
  wanted: Wanted,
  end: Date,
  stale: StaleReason,
): Promise<TopicsAnswer> {
  const { profile } = standing.state;
  const head: Head = { generatedAt: end, source: "live", stale, window: wanted.window, profile };
  const shared = `trending:live:${ctx.env}:${createHash("sha256").update(key).digest("base64url")}`;
  const kept = await ctx.redis.get<string>(shared).catch(() => null);
  const page = kept ? (JSON.parse(kept) as Page) : await readPage(ctx, standing.weights, wanted, end);
  if (!kept) await ctx.redis.set(shared, JSON.stringify(page), { ex: LIVE_SECONDS }).catch(() => undefined);
  return answerOf(head, key, page);
}

async function withPosts(ctx: ServeContext, ranking: TopicsAnswer, perTopic: number): Promise<PostsAnswer> {
  const { generatedAt, window } = ranking.head;
  const found = await rows(
    ctx.db.rpc("trending_posts", {
      p_topics: ranking.topics.map((topic) => topic.topic_id),
      p_start: new Date(generatedAt.getTime() - WINDOW_MINUTES[window] * 60_000).toISOString(),
      p_end: generatedAt.toISOString(),
      p_per_topic: perTopic,
    }),
  );
  const byTopic = Map.groupBy(found, (post) => post.topic_id);
  return {
    head: ranking.head,
    tag: `${ranking.tag}-${perTopic}`,
    topics: ranking.topics.map((topic) => ({
      ...topic,
      posts: (byTopic.get(topic.topic_id) ?? []).map(({ topic_id: _, created_at, ...post }) => ({
        ...post,
        created_at: new Date(created_at).toISOString(),
      })),
    })),
  };
}

/** What a cache fetched; it is absent only when evicted while it was being made. */
async function present<T>(fetched: Promise<T | undefined>): Promise<T> {
  const value = await fetched;
  if (value === undefined) throw new Error("the answer was evicted while it was being made");
  return value;
}

let shared: ReturnType<typeof trendingServer> | undefined;

/** The server of this process: both routes answer from the same cache. */
export function sharedServer(context: () => ServeContext): ReturnType<typeof trendingServer> {
  shared ??= trendingServer(context());
  return shared;
}

import { z } from "zod";
import { type Database, rows } from "@/lib/platform/database";
import { weightList } from "@/lib/trending/rules";
import {
  type ScoreProfile,
  type ScoreWeights,
  type TrendingState,
  type TrendingTopic,
  WINDOW_MINUTES,
  type WindowName,
} from "@/lib/trending/types";

const instant = z.coerce.date();

const stateSchema = z
  .object({
    window_end: instant.nullable(),
    refreshed_at: instant.nullable(),
    windows: z.array(z.number()),
    profile: z.string(),
    pass: z.enum(["build", "verify"]).nullable(),
    verified_at: instant.nullable(),
    drift: z.number().nullable(),
    recorded_end: instant.nullable(),
  })
  .transform(
    (row): TrendingState => ({
      windowEnd: row.window_end,
      refreshedAt: row.refreshed_at,
      windows: row.windows,
      profile: row.profile,
      pass: row.pass,
      verifiedAt: row.verified_at,
      drift: row.drift,
      recordedEnd: row.recorded_end,
    }),
  );

/** How far the metrics have come. */
export async function readState(db: Database): Promise<TrendingState> {
  const columns = "window_end, refreshed_at, windows, profile, pass, verified_at, drift, recorded_end";
  return stateSchema.parse(await rows(db.from("trending_state").select(columns).single()));
}

/** Every score profile, by name. */
export async function readProfiles(db: Database): Promise<ScoreProfile[]> {
  const found = await rows(db.from("score_profiles").select("*").order("name"));
  return found.map((row) => ({
    name: row.name,
    active: row.active,
    weights: weightsOf(row),
    updatedAt: row.updated_at,
  }));
}

type WeightColumns = {
  posts: number;
  unique_authors: number;
  boosts: number;
  replies: number;
  bookmarks: number;
  participant_delta: number;
};

function weightsOf(row: WeightColumns): ScoreWeights {
  return {
    posts: row.posts,
    uniqueAuthors: row.unique_authors,
    boosts: row.boosts,
    replies: row.replies,
    bookmarks: row.bookmarks,
    participantDelta: row.participant_delta,
  };
}

/** Where a page begins: after this topic with this score. */
export interface PageStart {
  score: number;
  topicId: string;
}

/**
 * One page of a ranking, best first, ties by topic id. From the stored counts, or with `liveEnd` counted now for a
 * window that ends then.
 */
export async function readTopics(
  db: Database,
  query: {
    window: WindowName;
    weights: ScoreWeights;
    limit: number;
    after?: PageStart | null;
    liveEnd?: Date | null;
  },
): Promise<TrendingTopic[]> {
  const found = await rows(
    db.rpc("trending_topics", {
      p_window: WINDOW_MINUTES[query.window],
      p_weights: weightList(query.weights),
      p_limit: query.limit,
      p_after_score: query.after?.score,
      p_after_topic: query.after?.topicId,
      p_live_end: query.liveEnd?.toISOString(),
    }),
  );
  return found.map(topicOf);
}

type CountColumns = {
  topic_id: string;
  name: string;
  posts: number;
  unique_authors: number;
  previous_authors: number;
  replies: number;
  boosts: number;
  bookmarks: number;
  score: number;
};

/** A row of `trending_topics` or `preview_trending` in the words of this room. */
export function topicOf(row: CountColumns): TrendingTopic {
  return {
    topicId: row.topic_id,
    name: row.name,
    counts: {
      posts: row.posts,
      uniqueAuthors: row.unique_authors,
      boosts: row.boosts,
      replies: row.replies,
      bookmarks: row.bookmarks,
      participantDelta: row.unique_authors - row.previous_authors,
    },
    score: row.score,
  };
}

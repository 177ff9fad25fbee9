import { createHash } from "node:crypto";
import { type PostsResponse, partName, type TopicEntry, type TopicsResponse } from "@/lib/trending/api";
import { encodeTopicsCursor } from "@/lib/trending/cursor";
import { BANNERS } from "@/lib/trending/messages";
import { scoreOf } from "@/lib/trending/rules";
import {
  type ScoreWeights,
  type StaleReason,
  type TrendingTopic,
  WINDOW_MINUTES,
  type WindowName,
} from "@/lib/trending/types";

/** What both answers begin with. */
export interface Head {
  generatedAt: Date;
  source: "metrics" | "live";
  stale: StaleReason | null;
  window: WindowName;
  profile: string;
}

/** An answer with the tag that changes whenever it does. */
export type Answer<Body> = { head: Head; tag: string } & Body;
export type TopicsAnswer = Answer<{ topics: TopicEntry[]; nextCursor: string | null }>;
export type PostsAnswer = Answer<{ topics: (TopicEntry & { posts: PostEntry[] })[] }>;

interface PostEntry {
  id: string;
  author_id: string;
  reply_to: string | null;
  body: string;
  created_at: string;
  boosts: number;
  bookmarks: number;
}

/** Topics as they were read, with what is needed to number and score them. `more`: another page follows. */
export interface Page {
  topics: TrendingTopic[];
  firstRank: number;
  weights: ScoreWeights;
  more: boolean;
}

/** A page of topics as an answer. `key` names everything that it was made of. */
export function answerOf(head: Head, key: string, page: Page): TopicsAnswer {
  const topics = page.topics.map((topic, n) => entryOf(topic, page.firstRank + n, page.weights));
  const last = page.more ? page.topics.at(-1) : undefined;
  return {
    head,
    tag: createHash("sha256").update(key).digest("base64url").slice(0, 22),
    topics,
    nextCursor: last
      ? encodeTopicsCursor({
          score: last.score,
          topicId: last.topicId,
          rank: page.firstRank + topics.length - 1,
        })
      : null,
  };
}

function entryOf({ topicId, name, counts }: TrendingTopic, rank: number, weights: ScoreWeights): TopicEntry {
  const { score, parts } = scoreOf(counts, weights);
  return {
    rank,
    topic_id: topicId,
    name,
    score: rounded(score),
    score_parts: parts
      .filter(({ weight }) => weight !== 0)
      .map(({ part, count, weight, points }) => ({
        part: partName[part],
        count,
        weight,
        points: rounded(points),
      })),
    posts_count: counts.posts,
    unique_authors: counts.uniqueAuthors,
    boosts: counts.boosts,
    replies: counts.replies,
    bookmarks: counts.bookmarks,
    participant_delta: counts.participantDelta,
  };
}

/** Six decimals: 0.1 + 0.2 must not be told as 0.30000000000000004. */
function rounded(points: number): number {
  return Math.round(points * 1e6) / 1e6;
}

/** The body of `GET /api/v1/trending/topics`. */
export function topicsBody({ head, topics, nextCursor }: TopicsAnswer): TopicsResponse {
  return { ...headBody(head), topics, next_cursor: nextCursor };
}

/** The body of `GET /api/v1/trending/posts`. */
export function postsBody({ head, topics }: PostsAnswer): PostsResponse {
  return {
    ...headBody(head),
    topics: topics.map(({ rank, topic_id, name, score, posts }) => ({ rank, topic_id, name, score, posts })),
  };
}

function headBody({ generatedAt, source, stale, window, profile }: Head) {
  const minutes = WINDOW_MINUTES[window];
  const end = generatedAt.toISOString();
  const start = new Date(generatedAt.getTime() - minutes * 60_000).toISOString();
  return {
    generated_at: end,
    source,
    stale: stale !== null,
    banner: stale && BANNERS[stale][source],
    window: { name: window, minutes, start, end },
    profile,
  };
}

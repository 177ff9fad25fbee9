import { z } from "zod";
import { SCORE_PARTS, WINDOW_NAMES } from "@/lib/trending/types";

const limitOf = (most: number, usual: number) =>
  z.coerce
    .number({ error: `must be a whole number from 1 to ${most}` })
    .int(`must be a whole number from 1 to ${most}`)
    .min(1, "must be at least 1")
    .max(most, `must be at most ${most}`)
    .default(usual);
const cursor = z.string().min(1).max(600).optional().describe("`next_cursor` of the page before.");
const window = z
  .enum(WINDOW_NAMES, { error: `must be one of ${WINDOW_NAMES.join(", ")}` })
  .default("24h")
  .describe("The window counted; 1h and 7d only where they are configured.");

/** Query of `GET /api/v1/trending/topics`. */
export const topicsQuery = z.strictObject({
  window,
  limit: limitOf(200, 50).describe("Topics per page."),
  cursor,
});

/** Query of `GET /api/v1/trending/posts`. */
export const postsQuery = z.strictObject({
  window,
  topics: limitOf(50, 10).describe("How many of the first topics."),
  per_topic: limitOf(20, 3).describe("Newest posts of each topic, at most."),
});

/** Query of `GET /api/v1/following`. */
export const followingQuery = z.strictObject({
  user_id: z
    .string({ error: "is required" })
    .min(1, "is required")
    .max(200, "must have at most 200 characters")
    .refine((id) => !id.includes("\0"), "must be text")
    .describe("Whose feed; the bearer must be that user's or the service role's."),
  limit: limitOf(100, 20).describe("Posts per page."),
  cursor,
});

const PART_NAMES = [
  "posts",
  "unique_authors",
  "boosts",
  "replies",
  "bookmarks",
  "participant_delta",
] as const;

/** The name of each part of a score in the API's spelling. */
export const partName = Object.fromEntries(SCORE_PARTS.map((part, n) => [part, PART_NAMES[n]])) as Record<
  (typeof SCORE_PARTS)[number],
  (typeof PART_NAMES)[number]
>;

const head = z.object({
  generated_at: z.iso.datetime().describe("The end of the window, UTC: what was counted up to."),
  source: z
    .enum(["metrics", "live"])
    .describe(
      "`metrics`: counted by the last refresh. `live`: counted for this answer, because metrics are stale.",
    ),
  stale: z.boolean().describe("Metrics are missing or older than they should be; `banner` says so in words."),
  banner: z.object({ ja: z.string(), en: z.string() }).nullable(),
  window: z.object({
    name: z.enum(WINDOW_NAMES),
    minutes: z.number().int(),
    start: z.iso.datetime().describe("Exclusive."),
    end: z.iso.datetime().describe("Inclusive; the same as `generated_at`."),
  }),
  profile: z.string().describe("The score profile in force."),
});

const topicSchema = z.object({
  rank: z.number().int().describe("From 1, without gaps."),
  topic_id: z.string(),
  name: z.string(),
  score: z.number(),
  score_parts: z
    .array(
      z.object({
        part: z.enum(PART_NAMES),
        count: z.number().int(),
        weight: z.number(),
        points: z.number().describe("count × weight; the points of all parts add up to the score."),
      }),
    )
    .describe("Parts with a weight, in the order in which they are added."),
  posts_count: z.number().int(),
  unique_authors: z.number().int(),
  boosts: z.number().int(),
  replies: z.number().int().describe("Posts that answer another; they are among posts_count."),
  bookmarks: z.number().int(),
  participant_delta: z.number().int().describe("Unique authors less those of the window before."),
});

/** Body of `GET /api/v1/trending/topics`. */
export const topicsResponse = head.extend({
  topics: z.array(topicSchema),
  next_cursor: z.string().nullable(),
});
export type TopicsResponse = z.infer<typeof topicsResponse>;
export type TopicEntry = z.infer<typeof topicSchema>;

const postSchema = z.object({
  id: z.string(),
  author_id: z.string(),
  reply_to: z.string().nullable(),
  body: z.string(),
  created_at: z.iso.datetime(),
});

/** Body of `GET /api/v1/trending/posts`. */
export const postsResponse = head.extend({
  topics: z.array(
    topicSchema.pick({ rank: true, topic_id: true, name: true, score: true }).extend({
      posts: z
        .array(postSchema.extend({ boosts: z.number().int(), bookmarks: z.number().int() }))
        .describe("Newest first, all within the window."),
    }),
  ),
});
export type PostsResponse = z.infer<typeof postsResponse>;

/** Body of `GET /api/v1/following`. */
export const followingResponse = z.object({
  user_id: z.string(),
  generated_at: z.iso.datetime(),
  posts: z
    .array(
      postSchema.extend({
        topic_id: z.string(),
        topic_name: z.string(),
        because: z.enum(["author", "topic"]).describe("What of it the user follows; `author` goes first."),
      }),
    )
    .describe("Newest first; posts dated in the future wait for their time."),
  next_cursor: z.string().nullable(),
});
export type FollowingResponse = z.infer<typeof followingResponse>;

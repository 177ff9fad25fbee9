/**
 * Words of this room. A *window* is the time up to `window_end` that counts, e.g. 24 hours; the window before it is as
 * long and ends where it starts. A *profile* names the weights that turn counts into a *score*. The *drift* is how many
 * stored rows a full recomputation found different.
 */

/** The windows there are, by their length in minutes. */
export const WINDOW_MINUTES = { "1h": 60, "6h": 360, "24h": 1_440, "7d": 10_080 } as const;
export type WindowName = keyof typeof WINDOW_MINUTES;
export const WINDOW_NAMES = Object.keys(WINDOW_MINUTES) as WindowName[];

/** What a window counts for one topic. `participantDelta`: unique authors less those of the window before. */
export interface TopicCounts {
  posts: number;
  uniqueAuthors: number;
  boosts: number;
  replies: number;
  bookmarks: number;
  participantDelta: number;
}

/** What one of each is worth (seed 001, 点数計算). */
export type ScoreWeights = TopicCounts;

/** The parts of a score, in the order in which they are added. */
export const SCORE_PARTS = [
  "posts",
  "uniqueAuthors",
  "boosts",
  "replies",
  "bookmarks",
  "participantDelta",
] as const satisfies (keyof TopicCounts)[];
export type ScorePart = (typeof SCORE_PARTS)[number];

export interface ScoreProfile {
  name: string;
  weights: ScoreWeights;
  /** Chosen by an admin; without one, TRENDING_SCORE_PROFILE decides. */
  active: boolean;
  /** As the database spells it: what a reader has seen of this profile. */
  updatedAt: string;
}

/** A topic's place in a ranking. */
export interface TrendingTopic {
  topicId: string;
  name: string;
  counts: TopicCounts;
  score: number;
}

/** Why metrics are stale: nothing counted yet, being counted anew, or counted too long ago. */
export type StaleReason = "missing" | "building" | "old";

/** How far the metrics have come; `windowEnd` null: nothing was ever counted. */
export interface TrendingState {
  windowEnd: Date | null;
  refreshedAt: Date | null;
  /** Lengths counted, in minutes. */
  windows: number[];
  /** The score profile in force. */
  profile: string;
  /** A full computation under way; during `build` the stored counts are not to be read. */
  pass: "build" | "verify" | null;
  /** The window end at which the counts last stood beside a full recomputation, and how many rows differed. */
  verifiedAt: Date | null;
  drift: number | null;
  /** The window end last written to the history. */
  recordedEnd: Date | null;
}

/** A work as the live leaderboard holds it: raw text from Redis, nothing trusted yet. */
export interface LiveWork {
  workId: string;
  /** The ZSET score: what the live ranking is sorted by. */
  liveScore: number;
  likes: string | null;
  impressions: string | null;
  uniqueViewers: string | null;
}

/** Counts of a work as they could be read; null where the value was missing or not a count. */
export interface Metrics {
  likes: number | null;
  impressions: number | null;
  uniqueViewers: number | null;
}

/** What was wrong with a work's metrics. */
export type MetricsFault = "missing" | "not_a_count" | "likes_above_impressions";

/** One row of a ranking. */
export interface RankedWork extends Metrics {
  rank: number;
  workId: string;
  /** Wilson lower bound with 5 decimals, 0 to 1. */
  score: number;
}

export interface RankingReport {
  works: number;
  faults: Record<MetricsFault, number>;
  /** The first few works with faults, for the operator. */
  examples: { workId: string; fault: MetricsFault }[];
}

/** A theme of the contest with its closing time. */
export interface Theme {
  id: string;
  /** Business day in JST, `YYYY-MM-DD`. */
  date: string;
  title: string;
  sponsored: boolean;
  closesAt: string;
}

export interface SnapshotHeader {
  version: number;
  finalizedAt: string;
  entries: number;
  checksum: string;
}

/** How closing one theme ended. */
export type ThemeOutcome =
  | {
      theme: string;
      outcome: "finalized";
      version: number;
      entries: number;
      checksum: string;
      report: RankingReport;
    }
  | { theme: string; outcome: "unchanged"; version: number }
  | { theme: string; outcome: "conflict"; version: number }
  | { theme: string; outcome: "empty" }
  | { theme: string; outcome: "already_final" }
  | { theme: string; outcome: "still_open"; closesAt: string }
  | { theme: string; outcome: "failed"; code: string; message: string; permanent: boolean };

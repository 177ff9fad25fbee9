import type { Failure } from "@/lib/platform/failure";
import { staleness } from "@/lib/trending/rules";
import type { TrendingState, WindowName } from "@/lib/trending/types";

/** The newest runs of `refresh-trending`, as far as the page tells of them. */
export interface RefreshRuns {
  running: { id: string; progress: { done: number; total: number | null } | null } | null;
  /** The last run that did anything, if it failed, and how many failed in a row. */
  failing: { id: string; failure: Failure; times: number; resting: boolean } | null;
}

/** How far the figures on the page can be relied on. */
export interface TrendingStanding {
  windowEnd: string | null;
  nextAt: string | null;
  /** Increments proved equal to a full count, and in how many rows they were not. */
  verified: { at: string; drift: number } | null;
  enabled: boolean;
  /** Why readers of the API get counts made while they wait: never counted, being counted anew, too old. */
  stale: "missing" | "building" | "old" | null;
  staleMinutes: number;
  runs: RefreshRuns;
}

/** Puts the metrics' state, the job's runs and its settings together. */
export function trendingStanding(
  state: TrendingState,
  runs: RefreshRuns,
  window: WindowName,
  {
    now,
    next,
    enabled,
    staleMinutes,
  }: { now: Date; next: Date | null; enabled: boolean; staleMinutes: number },
): TrendingStanding {
  const stale = staleness(state, window, now, staleMinutes);
  return {
    windowEnd: state.windowEnd?.toISOString() ?? null,
    nextAt: enabled ? (next?.toISOString() ?? null) : null,
    verified:
      state.verifiedAt && state.drift !== null
        ? { at: state.verifiedAt.toISOString(), drift: state.drift }
        : null,
    enabled,
    stale,
    staleMinutes,
    runs,
  };
}

/** Facts of SQL `trending_absence`; times are ISO 8601. */
export interface AbsenceFacts {
  hasTopics: boolean;
  hasPosts: boolean;
  latestPostAt: string | null;
  nextFuturePostAt: string | null;
}

/** Why a ranking is empty; `at`: the post the words speak of. */
export type Absence =
  | {
      why:
        | "no_topics"
        | "no_posts"
        | "all_deleted"
        | "building"
        | "window"
        | "disabled"
        | "failing"
        | "never";
    }
  | { why: "only_future" | "none_in_window" | "not_counted_yet"; at: string };

/**
 * Why nothing trends, the most fundamental reason first: without topics or posts no run of the job would help, and a
 * job that does not run explains an empty page only when there is something it should have counted.
 */
export function absenceOf(facts: AbsenceFacts, standing: TrendingStanding, windowMinutes: number): Absence {
  if (!facts.hasTopics) return { why: "no_topics" };
  if (!facts.hasPosts) return { why: "no_posts" };
  const { latestPostAt, nextFuturePostAt } = facts;
  if (latestPostAt === null)
    return nextFuturePostAt === null ? { why: "all_deleted" } : { why: "only_future", at: nextFuturePostAt };
  if (standing.stale === "building") return { why: "building" };
  const counted = standing.windowEnd !== null && standing.stale !== "missing";
  if (!counted || latestPostAt > (standing.windowEnd ?? "")) {
    if (!standing.enabled) return { why: "disabled" };
    if (standing.runs.failing) return { why: "failing" };
    if (standing.windowEnd === null) return { why: "never" };
    return counted ? { why: "not_counted_yet", at: latestPostAt } : { why: "window" };
  }
  const start = Date.parse(standing.windowEnd ?? "") - windowMinutes * 60_000;
  return Date.parse(latestPostAt) > start
    ? { why: "not_counted_yet", at: latestPostAt }
    : { why: "none_in_window", at: latestPostAt };
}

import type { LiveWork, Metrics, MetricsFault, RankedWork, RankingReport } from "@/lib/contest/types";

const Z = 1.96;
const DECIMALS = 100_000;
const EXAMPLES = 10;

/**
 * Lower bound of the Wilson score interval at 95 % (z = 1.96):
 * (p̂ + z²/2n − z·√((p̂(1−p̂) + z²/4n)/n)) / (1 + z²/n), and 0 for n = 0 (FACTS, "Formulas").
 * `likes` of `impressions`, both whole numbers ≥ 0 with likes ≤ impressions; the result lies in 0..1.
 */
export function wilsonLowerBound(likes: number, impressions: number): number {
  if (impressions === 0) return 0;
  const p = likes / impressions;
  const zz = Z * Z;
  const spread = Z * Math.sqrt((p * (1 - p) + zz / (4 * impressions)) / impressions);
  const bound = (p + zz / (2 * impressions) - spread) / (1 + zz / impressions);
  // At p = 0 the exact bound is 0; floating point may land just below it.
  return Math.max(0, bound);
}

/** A score as it is stored and compared: 5 decimals. */
export function roundScore(score: number): number {
  return Math.round(score * DECIMALS) / DECIMALS;
}

/**
 * Ranks works by recomputed score (seed 000, 処理フロー 2). Ties are decided on the 5-decimal score, so
 * that the published rows explain their own order: more likes first, then the smaller work id (by code
 * unit). A work with unusable metrics is ranked by what is valid, never dropped.
 */
export function rankWorks(works: LiveWork[]): { ranking: RankedWork[]; report: RankingReport } {
  const report: RankingReport = {
    works: works.length,
    faults: { missing: 0, not_a_count: 0, likes_above_impressions: 0 },
    examples: [],
  };
  const ranking = works.map((work): RankedWork => {
    const { fault, ...metrics } = readMetrics(work);
    if (fault) {
      report.faults[fault] += 1;
      if (report.examples.length < EXAMPLES) report.examples.push({ workId: work.workId, fault });
    }
    const { likes, impressions } = metrics;
    const score = likes === null || impressions === null ? 0 : wilsonLowerBound(likes, impressions);
    return { rank: 0, workId: work.workId, score: roundScore(score), ...metrics };
  });
  ranking.sort(byScoreThenLikesThenId);
  ranking.forEach((work, index) => {
    work.rank = index + 1;
  });
  return { ranking, report };
}

/**
 * The counts of a work, as far as they are counts. Likes above impressions are bad data: clamped to
 * the impressions and reported. The most telling fault is named when there are several.
 */
export function readMetrics(work: Pick<LiveWork, "likes" | "impressions" | "uniqueViewers">): Metrics & {
  fault: MetricsFault | null;
} {
  const likes = countOf(work.likes);
  const impressions = countOf(work.impressions);
  const uniqueViewers = countOf(work.uniqueViewers);
  const metrics = { likes: likes.count, impressions: impressions.count, uniqueViewers: uniqueViewers.count };
  const faults = [likes.fault, impressions.fault, uniqueViewers.fault];
  if (faults.includes("not_a_count")) return { ...metrics, fault: "not_a_count" };
  if (faults.includes("missing")) return { ...metrics, fault: "missing" };
  if (likes.count !== null && impressions.count !== null && likes.count > impressions.count) {
    return { ...metrics, likes: impressions.count, fault: "likes_above_impressions" };
  }
  return { ...metrics, fault: null };
}

function countOf(raw: string | null): { count: number | null; fault: MetricsFault | null } {
  if (raw === null) return { count: null, fault: "missing" };
  if (!/^\d{1,16}$/.test(raw)) return { count: null, fault: "not_a_count" };
  const count = Number(raw);
  return Number.isSafeInteger(count) ? { count, fault: null } : { count: null, fault: "not_a_count" };
}

function byScoreThenLikesThenId(a: RankedWork, b: RankedWork): number {
  if (a.score !== b.score) return b.score - a.score;
  const likes = (b.likes ?? -1) - (a.likes ?? -1);
  if (likes !== 0) return likes;
  return a.workId < b.workId ? -1 : a.workId > b.workId ? 1 : 0;
}

export interface RankingDiff {
  added: string[];
  removed: string[];
  /** Works whose rank changes: `from` and `to` are ranks. */
  moved: { workId: string; from: number; to: number }[];
  /** Works that keep their rank but whose score or counts change. */
  recounted: string[];
  identical: boolean;
}

/** What would change if `after` replaced `before`, both in rank order. */
export function diffRankings(before: RankedWork[], after: RankedWork[]): RankingDiff {
  const old = new Map(before.map((work) => [work.workId, work]));
  const diff: RankingDiff = { added: [], removed: [], moved: [], recounted: [], identical: false };
  for (const work of after) {
    const previous = old.get(work.workId);
    if (!previous) diff.added.push(work.workId);
    else if (previous.rank !== work.rank) {
      diff.moved.push({ workId: work.workId, from: previous.rank, to: work.rank });
    } else if (!sameCounts(previous, work)) diff.recounted.push(work.workId);
    old.delete(work.workId);
  }
  diff.removed = [...old.keys()];
  diff.identical = [diff.added, diff.removed, diff.moved, diff.recounted].every((list) => list.length === 0);
  return diff;
}

function sameCounts(a: RankedWork, b: RankedWork): boolean {
  return (
    a.score === b.score &&
    a.likes === b.likes &&
    a.impressions === b.impressions &&
    a.uniqueViewers === b.uniqueViewers
  );
}

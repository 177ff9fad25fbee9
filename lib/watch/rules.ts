import { CHANGE_KINDS, type ChangeKind, type Observation, type Thresholds } from "@/lib/watch/types";

/** The house's thresholds, where neither article nor owner says otherwise. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  drop: 3,
  rise: 3,
  top10: 1,
  top3: 1,
  lostAfterDays: 1,
  muted: [],
};

/** Seed 003, "Cooldownチェック": `notification_cooldown_days ?? 7`. */
export const DEFAULT_COOLDOWN_DAYS = 7;

const DAY_MS = 24 * 60 * 60 * 1000;

/** A known day: the page had a position, or surely had none. */
export type KnownObservation = Observation & { status: "ok" | "not_ranked" };

/** What happened to a position, gravest first, and the known days it is judged by. */
export interface Change {
  changes: ChangeKind[];
  /** What the day is compared with: the latest known day, or for a loss the last one with a position. */
  previous: KnownObservation;
}

/**
 * Compares a day with the known days before it (newest first; failed readings left out by the caller, so a
 * gap is never a drop). Empty `changes` when nothing passes its threshold; null when there is nothing to
 * compare with.
 */
export function judgeChange(
  current: KnownObservation,
  history: KnownObservation[],
  thresholds: Thresholds,
): Change | null {
  const latest = history[0];
  if (!latest) return null;
  if (current.position === null) return judgeLoss(history, latest, thresholds);
  // From nowhere, a page has risen, and entered whatever it is in.
  return { changes: moved(latest.position ?? Infinity, current.position, thresholds), previous: latest };
}

/** A ranking is lost on the day its absence reaches `lostAfterDays` known days in a row, and on no later one. */
function judgeLoss(history: KnownObservation[], latest: KnownObservation, thresholds: Thresholds): Change {
  const lastRanked = history.findIndex((day) => day.position !== null);
  const ranked = history[lastRanked];
  const absentDays = lastRanked + 1;
  if (!ranked || absentDays !== thresholds.lostAfterDays) return { changes: [], previous: latest };
  return { changes: ["lost_ranking"], previous: ranked };
}

function moved(before: number, now: number, thresholds: Thresholds): ChangeKind[] {
  // Positions have two decimals; their difference must not have more.
  const down = Math.round((now - before) * 100) / 100;
  const crossed = (line: number, from: number, to: number, atLeast: number) =>
    from <= line && to > line && Math.abs(down) >= atLeast;
  const held: Record<ChangeKind, boolean> = {
    lost_ranking: false,
    left_top_3: crossed(3, before, now, thresholds.top3),
    left_top_10: crossed(10, before, now, thresholds.top10),
    drop: down >= thresholds.drop,
    entered_top_3: crossed(3, now, before, thresholds.top3),
    entered_top_10: crossed(10, now, before, thresholds.top10),
    rise: -down >= thresholds.rise,
  };
  return CHANGE_KINDS.filter((kind) => held[kind]);
}

/**
 * The instant until which nothing new is told about an article, or null when it may be told now. As the
 * seed has it: whole days since the last sending, rounded down, below the cooldown; 0 never waits
 * (seed 003, "Cooldownチェック").
 */
export function cooldownUntil(lastSentAt: Date | null, cooldownDays: number | null, now: Date): Date | null {
  const days = cooldownDays ?? DEFAULT_COOLDOWN_DAYS;
  if (!lastSentAt) return null;
  // Clocks differ: a sending "in the future" is one of just now, and "0 is always" must stay true.
  const daysSince = Math.max(0, Math.floor((now.getTime() - lastSentAt.getTime()) / DAY_MS));
  return daysSince < days ? new Date(lastSentAt.getTime() + days * DAY_MS) : null;
}

/** How a day's check went as a whole, per source. */
export interface CheckSummary {
  source: string;
  articles: number;
  ok: number;
  notRanked: number;
  failed: number;
  /** Articles with a reading that had a position when last known, and those of them that have none now. */
  rankedBefore: number;
  lost: number;
}

export type CheckVerdict =
  | { decision: "judged"; failureRate: number }
  | { decision: "partial"; failureRate: number }
  | { decision: "mass_loss"; failureRate: number; source: string; lost: number; rankedBefore: number };

/** Below this many vanished pages a source cannot be blamed for it. */
const MASS_LOSS_AT_LEAST = 5;

/**
 * Whether a check can be believed. Too many failed readings make it `partial`; a source that suddenly finds
 * most of its pages nowhere is more likely broken than right (`mass_loss`). Either tells owners nothing.
 */
export function judgeCheck(
  summary: CheckSummary[],
  limits: { maxFailureRate: number; maxLossRate: number },
): CheckVerdict {
  const articles = summary.reduce((sum, source) => sum + source.articles, 0);
  const failed = summary.reduce((sum, source) => sum + source.failed, 0);
  const failureRate = articles === 0 ? 0 : failed / articles;
  if (failureRate > limits.maxFailureRate) return { decision: "partial", failureRate };
  const broken = summary.find(
    ({ lost, rankedBefore }) => lost >= MASS_LOSS_AT_LEAST && lost / rankedBefore > limits.maxLossRate,
  );
  if (!broken) return { decision: "judged", failureRate };
  const { source, lost, rankedBefore } = broken;
  return { decision: "mass_loss", failureRate, source, lost, rankedBefore };
}

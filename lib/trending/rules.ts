import {
  SCORE_PARTS,
  type ScorePart,
  type ScoreProfile,
  type ScoreWeights,
  type StaleReason,
  type TopicCounts,
  type TrendingState,
  WINDOW_MINUTES,
  WINDOW_NAMES,
  type WindowName,
} from "@/lib/trending/types";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** 03:10 JST: the quietest part of the night for Japanese readers, off the hour. */
const VERIFICATION_UTC_MS = 18 * HOUR_MS + 10 * MINUTE_MS;

/** One part of a score: how many there were, what one is worth, and their product. */
export interface ScoredPart {
  part: ScorePart;
  count: number;
  weight: number;
  points: number;
}

/** A score and what it is made of, adding in the order SQL `trending_score` does (seed 001, 点数計算). */
export function scoreOf(counts: TopicCounts, weights: ScoreWeights): { score: number; parts: ScoredPart[] } {
  const parts = SCORE_PARTS.map((part) => ({
    part,
    count: counts[part],
    weight: weights[part],
    points: weights[part] * counts[part],
  }));
  return { score: parts.reduce((sum, { points }) => sum + points, 0), parts };
}

/** The profile by which scores are computed now: the named one, or `default` where it is gone. */
export function profileInForce(
  { profile }: Pick<TrendingState, "profile">,
  profiles: ScoreProfile[],
): ScoreProfile {
  const named = (wanted: string) => profiles.find(({ name }) => name === wanted);
  const found = named(profile) ?? named("default");
  if (!found) throw new Error("there is no score profile, not even default");
  return found;
}

/** Weights in the order SQL takes them. */
export function weightList(weights: ScoreWeights): number[] {
  return SCORE_PARTS.map((part) => weights[part]);
}

/** Windows end at whole minutes: what two instances compute for the same minute is the same. */
export function windowEndAt(now: Date): Date {
  return new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
}

/**
 * The window ends a refresh stops at on its way to `end`: the last full hour it passes, where history is recorded,
 * and `end` itself.
 */
export function stopsUntil(end: Date, recordedEnd: Date | null, windowEnd: Date | null): Date[] {
  const hour = new Date(Math.floor(end.getTime() / HOUR_MS) * HOUR_MS);
  const passesHour = windowEnd !== null && windowEnd < hour && hour < end;
  return passesHour && (recordedEnd === null || recordedEnd < hour) ? [hour, end] : [end];
}

/** Whether a window end belongs in the history. */
export function isRecorded(end: Date): boolean {
  return end.getTime() % HOUR_MS === 0;
}

/** Whether the nightly proof is still owed: none since the last 03:10 JST. */
export function verificationIsDue(now: Date, verifiedAt: Date | null): boolean {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS + VERIFICATION_UTC_MS;
  const last = today <= now.getTime() ? today : today - DAY_MS;
  return verifiedAt === null || verifiedAt.getTime() < last;
}

/** A window end this far ahead of the reader's clock is an error, not a difference between clocks. */
const CLOCK_TOLERANCE_MS = 5 * MINUTE_MS;

/**
 * Why stored metrics are not what a reader should get: never counted, being counted anew, too old (or, by a clock that
 * was ahead, of a time to come). Null: they are fine.
 */
export function staleness(
  state: Pick<TrendingState, "windowEnd" | "pass" | "windows">,
  window: WindowName,
  now: Date,
  staleAfterMinutes: number,
): StaleReason | null {
  const { windowEnd, pass, windows } = state;
  if (!windowEnd || !windows.includes(WINDOW_MINUTES[window])) return "missing";
  if (pass === "build") return "building";
  const age = now.getTime() - windowEnd.getTime();
  return age > staleAfterMinutes * MINUTE_MS || age < -CLOCK_TOLERANCE_MS ? "old" : null;
}

/** The name of a window of so many minutes; undefined for a length nobody can ask for. */
export function windowNameOf(minutes: number): WindowName | undefined {
  return WINDOW_NAMES.find((name) => WINDOW_MINUTES[name] === minutes);
}

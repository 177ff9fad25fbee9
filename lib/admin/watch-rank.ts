import type { Observation } from "@/lib/watch/types";

const DAY_MS = 86_400_000;

/** Positions deeper than this are drawn at the edge: nobody looks there. */
export const DEEPEST = 100;

/** A position as it is written: whole as it is, averages with one decimal. */
export function positionText(position: number): string {
  return Number.isInteger(position) ? String(position) : position.toFixed(1);
}

/** Places gained (positive) or lost since an earlier position; averages with one decimal. */
export function placesGained(from: number, to: number): number {
  return Math.round((from - to) * 10) / 10;
}

/** Where a position stands between the top (0) and the deepest shown (1), on a scale of logarithms. */
export function depthOf(position: number, deepest: number = DEEPEST, top = 1): number {
  return Math.log(Math.min(Math.max(position, top), deepest) / top) / Math.log(deepest / top);
}

/** The range of a small picture: what happened fills it, and a steady position is not blown up into a storm. */
export function sparkRange(positions: number[]): { top: number; deepest: number } {
  const top = Math.min(DEEPEST, ...positions);
  const deepest = Math.min(DEEPEST, Math.max(1, ...positions));
  const missing = Math.max(1, SPARK_RATIO / (deepest / top));
  const raised = Math.max(1, top / Math.sqrt(missing));
  return { top: raised, deepest: Math.max(deepest, raised * SPARK_RATIO) };
}

const SPARK_RATIO = 4;

/** The deepest mark an axis needs for these positions. */
export function deepestFor(positions: number[]): number {
  const worst = Math.max(1, ...positions);
  return [10, 20, 30, 50].find((mark) => mark >= worst) ?? DEEPEST;
}

/** Days since the epoch of a day `YYYY-MM-DD`: the scale of every history. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

/** The day of a {@link dayNumber}. */
export function dayOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** A stretch of days in a row with a position: what one line may connect. */
export type Stretch = { day: number; position: number }[];

/**
 * A history as lines to draw: days follow each other without a gap within a stretch. A failed reading, a day
 * without one, and a day the page was not ranked end a stretch: unknown is never drawn as a drop.
 */
export function stretchesOf(history: Observation[]): {
  stretches: Stretch[];
  absent: number[];
  failed: number[];
} {
  const stretches: Stretch[] = [];
  const absent: number[] = [];
  const failed: number[] = [];
  for (const { checkedOn, status, position } of history) {
    const day = dayNumber(checkedOn);
    if (status === "failed") failed.push(day);
    else if (position === null) absent.push(day);
    else {
      const current = stretches.at(-1);
      if (current?.at(-1)?.day === day - 1) current.push({ day, position });
      else stretches.push([{ day, position }]);
    }
  }
  return { stretches, absent, failed };
}

/** A history in figures, for the words beside a chart. */
export interface HistorySummary {
  days: number;
  best: number | null;
  worst: number | null;
  latest: Observation | null;
  notRanked: number;
  failed: number;
}

/** Sums a history (oldest first) up. */
export function summariseHistory(history: Observation[]): HistorySummary {
  const positions = history.flatMap(({ position }) => position ?? []);
  return {
    days: history.length,
    best: positions.length > 0 ? Math.min(...positions) : null,
    worst: positions.length > 0 ? Math.max(...positions) : null,
    latest: history.at(-1) ?? null,
    notRanked: history.filter(({ status }) => status === "not_ranked").length,
    failed: history.filter(({ status }) => status === "failed").length,
  };
}

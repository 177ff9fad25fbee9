import { DEEPEST, dayNumber, deepestFor, depthOf } from "@/lib/admin/watch-rank";
import type { Observation } from "@/lib/watch/types";

/** A day of the chart; a value that is null leaves a gap in its line. */
export interface ChartDay {
  /** Days since the epoch. */
  day: number;
  /** Clipped to what the scale shows. */
  position: number | null;
  /** A place at the foot when the page was not ranked, else null. */
  absent: number | null;
  failed: boolean;
  /** Clipped positions of those asked for, and what was read of them; without an entry: nothing was read. */
  competitors: Record<string, number | null>;
  known: Record<string, number | null>;
}

export interface Chart {
  days: ChartDay[];
  first: number;
  last: number;
  /** Deepest mark of the scale, and where the scale ends: "not ranked" is marked between the two. */
  deepest: number;
  foot: number;
  marks: number[];
  ticks: number[];
  failed: number[];
  absent: boolean;
}

interface ReadDay extends Observation {
  competitors: Record<string, number | null> | null;
}

/** A history (oldest first) as a chart of all days of a range: a day that was not read is a gap as well. */
export function chartOf(
  history: ReadDay[],
  range: { since: string; today: string; competitors: string[] },
): Chart {
  const first = dayNumber(range.since);
  const last = dayNumber(range.today);
  const read = new Map(history.map((day) => [dayNumber(day.checkedOn), day]));
  const positions = history.flatMap((day) => [
    ...(day.position === null ? [] : [day.position]),
    ...range.competitors.flatMap((name) => day.competitors?.[name] ?? []),
  ]);
  const deepest = deepestFor(positions);
  const foot = deepest * 1.35;
  const floor = deepest * 1.24;
  const clipped = (position: number | null) => (position === null ? null : Math.min(position, DEEPEST));
  const days = Array.from({ length: last - first + 1 }, (_, index): ChartDay => {
    const found = read.get(first + index);
    const known = Object.fromEntries(
      range.competitors.flatMap((name) => {
        const position = found?.competitors?.[name];
        return position === undefined ? [] : [[name, position]];
      }),
    );
    return {
      day: first + index,
      position: clipped(found?.position ?? null),
      absent: found?.status === "not_ranked" ? floor : null,
      failed: found?.status === "failed",
      competitors: Object.fromEntries(Object.entries(known).map(([name, at]) => [name, clipped(at)])),
      known,
    };
  });
  return {
    days,
    first,
    last,
    deepest,
    foot,
    marks: [1, 3, 10, 20, 30, 50, DEEPEST].filter(
      (mark) => mark <= deepest && (mark !== 20 || deepest <= 30),
    ),
    ticks: ticksOf(first, last),
    failed: days.filter((day) => day.failed).map((day) => day.day),
    absent: days.some((day) => day.absent !== null),
  };
}

/** Days in a row as ranges. `days` in order. */
export function runsOf(days: number[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const day of days) {
    const current = runs.at(-1);
    if (current && current.to === day - 1) current.to = day;
    else runs.push({ from: day, to: day });
  }
  return runs;
}

/** Where the scale begins: a little above 1, for a dot there to be whole. */
export const HEADROOM = 0.93;
const LABEL_HEIGHT = 15;

/**
 * Where the names of the lines stand beside their ends, in pixels from the top of a plot of some height: as near
 * to its line's last position as the names above it allow. The first name is the article's own.
 */
export function lineEnds(chart: Chart, names: string[], height: number): { name: string; top: number }[] {
  const wanted = names
    .flatMap((name, index) => {
      const end = chart.days.findLast((day) => (index === 0 ? day.position : day.competitors[name]) != null);
      const position = end && (index === 0 ? end.position : end.competitors[name]);
      return position == null ? [] : [{ name, top: depthOf(position, chart.foot, HEADROOM) * height }];
    })
    .sort((a, b) => a.top - b.top);
  return spread(wanted, height);
}

/** Pushes names apart downwards, then back up where they would leave the plot. */
function spread<Label extends { top: number }>(labels: Label[], height: number): Label[] {
  let lowest = Number.NEGATIVE_INFINITY;
  const down = labels.map((label) => {
    lowest = Math.max(label.top, lowest + LABEL_HEIGHT);
    return { ...label, top: lowest };
  });
  let highest = height + LABEL_HEIGHT;
  return down
    .reverse()
    .map((label) => {
      highest = Math.min(label.top, highest - LABEL_HEIGHT);
      return { ...label, top: highest };
    })
    .reverse();
}

/** About six days to name on the axis, counted back from the last. */
function ticksOf(first: number, last: number): number[] {
  const step = [5, 15, 60].find((days) => (last - first + 1) / days <= 7) ?? 90;
  const ticks: number[] = [];
  for (let day = last; day >= first; day -= step) ticks.unshift(day);
  return ticks;
}

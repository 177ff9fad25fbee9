import type { RecentRun } from "@/lib/admin/run-strip";

/** Durations of finished runs in figures. */
export interface DurationSummary {
  count: number;
  succeeded: number;
  failed: number;
  medianMs: number;
  longestMs: number;
}

/** Sums up runs that have ended; null when none has. The median of an even number is the mean of the middle two. */
export function summariseDurations(runs: RecentRun[]): DurationSummary | null {
  const ended = runs.filter((run) => run.duration_ms !== null);
  const sorted = ended.map((run) => run.duration_ms ?? 0).sort((a, b) => a - b);
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  const upper = sorted[Math.floor(sorted.length / 2)];
  if (lower === undefined || upper === undefined) return null;
  return {
    count: ended.length,
    succeeded: ended.filter((run) => run.status === "succeeded").length,
    failed: ended.filter((run) => run.status === "failed").length,
    medianMs: (lower + upper) / 2,
    longestMs: sorted.at(-1) ?? upper,
  };
}

/** Round marks from zero to at least the longest, at most six: for an axis of milliseconds. */
export function durationTicks(longestMs: number): number[] {
  const step =
    STEPS_MS.find((candidate) => candidate * 5 >= longestMs) ?? Math.ceil(longestMs / 5 / HOUR) * HOUR;
  const count = Math.max(1, Math.ceil(longestMs / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS_MS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE),
  HOUR,
];

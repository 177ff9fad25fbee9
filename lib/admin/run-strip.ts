import { nextOccurrence } from "@/lib/engine/schedule";

/** A run as the strip draws it. `status` `lost` is a run whose process stopped without a word. */
export interface StripRun {
  kind: "run";
  id: string;
  status: "running" | "succeeded" | "failed" | "skipped" | "queued" | "canceled" | "lost";
  startedAt: string | null;
  durationMs: number | null;
  /** Height of its bar, 0 to 1 of the strip; taller is longer, on a scale of square roots. */
  height: number;
}

/** Scheduled instants nobody served; `before` is when a run came at last, null when none has. */
export interface StripGap {
  kind: "gap";
  missed: number;
  before: string | null;
}

export type StripSlot = StripRun | StripGap;

export interface RecentRun {
  id: string;
  status: string;
  started_at: string | null;
  duration_ms: number | null;
}

const MISSED_AT_MOST = 99;
const LOWEST_BAR = 0.12;

/**
 * The strip of a job's recent runs in the order they started, with a gap wherever scheduled instants passed without
 * a run. The strip of a job that is late ends in a gap.
 */
export function stripOf(
  runs: RecentRun[],
  schedule: string | null,
  now: Date,
  job: { running: boolean; late: boolean },
): StripSlot[] {
  const recent = inOrderOfStart(runs);
  const longest = Math.max(1, ...recent.map((run) => run.duration_ms ?? 0));
  const slots: StripSlot[] = [];
  recent.forEach((run, index) => {
    const previous = recent[index - 1]?.started_at;
    if (schedule && previous && run.started_at) {
      // The last instant before a run is the one that run served, however late.
      const missed = instantsBetween(schedule, new Date(previous), new Date(run.started_at)) - 1;
      if (missed > 0) slots.push({ kind: "gap", missed, before: run.started_at });
    }
    const running = run.status === "running";
    const newest = index === recent.length - 1;
    slots.push({
      kind: "run",
      id: run.id,
      status: running && !(newest && job.running) ? "lost" : statusOf(run.status),
      startedAt: run.started_at,
      durationMs: run.duration_ms,
      height: running ? 1 : heightOf(run.duration_ms, longest),
    });
  });
  const last = recent.at(-1)?.started_at;
  if (job.late && !job.running && schedule && last) {
    const missed = instantsBetween(schedule, new Date(last), now);
    if (missed > 0) slots.push({ kind: "gap", missed, before: null });
  }
  return slots;
}

/** Runs as they started; a retried run stands where it was tried last, one not started yet at the end. */
export function inOrderOfStart(runs: RecentRun[]): RecentRun[] {
  const start = (run: RecentRun) => (run.started_at ? Date.parse(run.started_at) : Number.POSITIVE_INFINITY);
  return runs.toSorted((a, b) => start(a) - start(b) || 0);
}

/** What a strip says in figures: runs, failures among them, and scheduled instants missed. */
export function countStrip(slots: StripSlot[]): { count: number; failed: number; gaps: number } {
  const runs = slots.filter((slot) => slot.kind === "run");
  const gaps = slots.filter((slot) => slot.kind === "gap");
  return {
    count: runs.length,
    failed: runs.filter((run) => run.status === "failed" || run.status === "lost").length,
    gaps: gaps.reduce((sum, gap) => sum + gap.missed, 0),
  };
}

/** Square roots keep a run of 80 ms visible beside one of 20 s. */
function heightOf(durationMs: number | null, longest: number): number {
  return Math.max(LOWEST_BAR, Math.sqrt((durationMs ?? 0) / longest));
}

function instantsBetween(schedule: string, after: Date, until: Date): number {
  let count = 0;
  let at = nextOccurrence(schedule, after);
  while (at && at <= until && count < MISSED_AT_MOST) {
    count += 1;
    at = nextOccurrence(schedule, at);
  }
  return count;
}

function statusOf(status: string): StripRun["status"] {
  switch (status) {
    case "running":
    case "succeeded":
    case "failed":
    case "skipped":
    case "canceled":
      return status;
    default:
      return "queued";
  }
}

import type { JobState } from "@/lib/admin/job-state";

export interface SummaryJob {
  name: string;
  state: JobState;
  late: boolean;
  nextRunAt: string | null;
}

/** What the overview's first sentence says: how things stand, what runs, what comes next. */
export interface Summary {
  standing:
    | { kind: "none" | "allOnTime" | "allWaiting"; total: number }
    | { kind: "failing" | "late"; total: number; names: string[] };
  running: string[];
  next: { name: string; at: string } | null;
}

/**
 * Sums the jobs up, worst first: a failure outranks lateness, lateness outranks the rest. A job within
 * its grace is still on time. `next` is the soonest scheduled run of all.
 */
export function summarise(jobs: SummaryJob[]): Summary {
  const total = jobs.length;
  const running = namesOf(jobs.filter((job) => job.state === "running"));
  const next = jobs.reduce<Summary["next"]>((soonest, { name, nextRunAt: at }) => {
    if (!at) return soonest;
    return soonest && soonest.at <= at ? soonest : { name, at };
  }, null);
  return { standing: standingOf(jobs, total), running, next };
}

function standingOf(jobs: SummaryJob[], total: number): Summary["standing"] {
  if (total === 0) return { kind: "none", total };
  const failing = jobs.filter((job) => job.state === "failed");
  if (failing.length > 0) return { kind: "failing", total, names: namesOf(failing) };
  const late = jobs.filter((job) => job.late);
  if (late.length > 0) return { kind: "late", total, names: namesOf(late) };
  if (jobs.every((job) => job.state === "waiting")) return { kind: "allWaiting", total };
  return { kind: "allOnTime", total };
}

function namesOf(jobs: SummaryJob[]): string[] {
  return jobs.map((job) => job.name);
}

import { jstDate } from "@/lib/time";

/** What one source's readings of a day came to. */
export interface SourceCounts {
  source: string;
  articles: number;
  ok: number;
  notRanked: number;
  failed: number;
  lost: number;
  rankedBefore: number;
  firstError: { code: string; message: string; permanent: boolean } | null;
}

export interface JudgedCheck {
  /** Business day (JST). */
  day: string;
  runId: string | null;
  decision: "judged" | "partial" | "mass_loss";
  judgedAt: string | null;
  sources: SourceCounts[];
}

export interface LatestRun {
  id: string;
  status: string;
  queuedAt: string;
  /** Its process still holds the lease. */
  alive: boolean;
  progress: { done: number; total: number | null } | null;
}

/** How the watch stands: what the list's first sentence says. */
export interface CheckStanding {
  /**
   * running: a check is under way; stopped: today's ended with an error before anything was decided; waiting:
   * today's has not begun; else how today's ended.
   */
  kind: "running" | "stopped" | "waiting" | JudgedCheck["decision"];
  progress: LatestRun["progress"];
  /** The run to look at. */
  runId: string | null;
  /** The latest check that was decided, today's or an earlier one. */
  check: (JudgedCheck & { articles: number; failed: number; notRanked: number; isToday: boolean }) | null;
  nextAt: string | null;
}

/** Puts the latest decided check and the latest run of the job together. */
export function checkStanding(
  check: JudgedCheck | null,
  run: LatestRun | null,
  next: Date | null,
  now: Date,
): CheckStanding {
  const today = jstDate(now);
  const isToday = check?.day === today;
  const sum = (of: (source: SourceCounts) => number) =>
    check?.sources.reduce((total, source) => total + of(source), 0) ?? 0;
  const running = run?.status === "running" && run.alive;
  const stopped =
    !isToday &&
    run !== null &&
    !running &&
    jstDate(new Date(run.queuedAt)) === today &&
    run.status !== "succeeded";
  return {
    kind: running ? "running" : isToday ? check.decision : stopped ? "stopped" : "waiting",
    progress: running ? run.progress : null,
    runId: running || stopped ? run.id : (check?.runId ?? null),
    check: check && {
      ...check,
      isToday,
      articles: sum((source) => source.articles),
      failed: sum((source) => source.failed),
      notRanked: sum((source) => source.notRanked),
    },
    nextAt: next?.toISOString() ?? null,
  };
}

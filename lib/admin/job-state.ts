import type { JobHealth } from "@/lib/engine/health";

/** What an operator is told of a job at a glance, the most pressing first. */
export type JobState = "running" | "failed" | "late" | "due" | "on_time" | "waiting" | "on_demand";

/**
 * One state from the ledger's facts. A run under way says more than how the one before it ended; a
 * failed latest run says more than its lateness, which the punctuality beside it tells anyway; a job that rests
 * after failures has failed still.
 */
export function jobState(
  health: Pick<JobHealth, "running" | "lastRun" | "lastSuccessAt" | "punctuality" | "restsUntil">,
): JobState {
  if (health.running) return "running";
  if (health.lastRun?.status === "failed" || health.lastRun?.status === "running") return "failed";
  if (health.restsUntil !== null) return "failed";
  // Run by hand before its first scheduled time: nothing is awaited that has not been shown to work.
  if (health.punctuality === "waiting" && health.lastSuccessAt !== null) return "on_time";
  return health.punctuality;
}

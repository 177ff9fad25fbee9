import { z } from "zod";
import type { AnyJob, Trigger } from "@/lib/engine/define-job";
import { type Database, rows } from "@/lib/platform/database";

const streakSchema = z.object({
  failures: z.number(),
  since: z.string().nullable(),
  seconds_ago: z.number().nullable(),
});

/** Failures in a row since a job's latest success. */
export interface Streak {
  failures: number;
  /** When the first of them ended. */
  since: string | null;
  /** How long ago the last of them ended, by the ledger's clock. */
  secondsAgo: number | null;
}

/** The run that ends a pause may come this much before its end: it was a run's end that began it, not its start. */
const CRON_JITTER_SECONDS = 90;

type StreakRules = Pick<AnyJob, "breaker" | "alertAfterFailures">;

/** Whether anything depends on how often in a row the job has failed; others are spared the question. */
export function watchesStreak(job: StreakRules): boolean {
  return job.breaker !== undefined || job.alertAfterFailures > 1;
}

/** The job's streak of failures; none where nothing depends on it. Throws `DatabaseError`. */
export async function readStreak(
  db: Database,
  env: "dev" | "prod",
  job: StreakRules & { name: string },
): Promise<Streak> {
  if (!watchesStreak(job)) return { failures: 0, since: null, secondsAgo: null };
  const found = await rows(db.rpc("job_streak", { p_env: env, p_job: job.name }));
  const { failures, since, seconds_ago: secondsAgo } = streakSchema.parse(found);
  return { failures, since, secondsAgo };
}

/**
 * How many seconds a scheduled run has to wait yet because the job failed too often in a row; 0 lets it run, and the
 * first one that runs after a pause is the probe. Whoever asks for a run by hand gets it.
 */
export function secondsOfRest(job: StreakRules, trigger: Trigger, streak: Streak): number {
  const { breaker } = job;
  if (!breaker || (trigger !== "cron" && trigger !== "catch-up")) return 0;
  if (streak.failures < breaker.failures || streak.secondsAgo === null) return 0;
  const rest = Math.ceil(breaker.pauseSeconds - streak.secondsAgo);
  return rest > CRON_JITTER_SECONDS ? rest : 0;
}

/**
 * The longest length up to `failures` at which operators hear of a streak, 0 when none is reached: where the job
 * first speaks, where its breaker opens, and at each doubling from there.
 */
export function streakToldAt({ breaker, alertAfterFailures }: StreakRules, failures: number): number {
  if (failures < alertAfterFailures) return 0;
  let told = alertAfterFailures;
  let next = breaker && breaker.failures > alertAfterFailures ? breaker.failures : 2 * alertAfterFailures;
  while (next <= failures) {
    told = next;
    next *= 2;
  }
  return told;
}

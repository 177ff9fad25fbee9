import { z } from "zod";
import { deleteRankingsBefore } from "@/lib/contest/store";
import { type AnyJob, defineJob } from "@/lib/engine/define-job";
import { JobError } from "@/lib/engine/errors";
import { tellOfLateness } from "@/lib/engine/lateness";
import { recoverRuns, runMissedOccurrences } from "@/lib/engine/sweep";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { contestEnv, engineEnv } from "@/lib/platform/env";
import { failureOf } from "@/lib/platform/failure";
import { addDays, jstDate } from "@/lib/time";

/** Makes good what the other jobs left: missed occurrences, lost leases, passing failures, rows past their keep; tells of what stays late. */
export const sweepOf = (others: AnyJob[]) =>
  defineJob({
    name: "sweep",
    schedule: "*/10 * * * *",
    graceSeconds: 20 * 60,
    input: z.strictObject({}),
    async run(ctx) {
      const counts: Record<string, number> = {};
      const failures: string[] = [];
      const steps: [string, () => Promise<Record<string, number>>][] = [
        ["recover", () => recoverRuns(ctx, others, ctx.signal)],
        ["catch-up", () => runMissedOccurrences(ctx, others, ctx.signal)],
        ["lateness", () => tellOfLateness(ctx, others)],
        ["retention", () => applyRetention(ctx)],
      ];
      for (const [name, step] of steps) {
        ctx.signal.throwIfAborted();
        await step().then(
          (counted) => Object.assign(counts, counted),
          (error) => failures.push(`${name}: ${failureOf(error).message}`),
        );
      }
      if (failures.length > 0)
        throw new JobError("sweep_incomplete", failures.join("; "), { permanent: false, counts });
      const acted = Object.values(counts).some((count) => count > 0);
      return { outcome: acted ? "swept" : "nothing_due", counts };
    },
  });

async function applyRetention(ctx: Context): Promise<Record<string, number>> {
  const now = ctx.now();
  const { JOB_RUNS_RETENTION_DAYS } = engineEnv();
  const before = new Date(now.getTime() - JOB_RUNS_RETENTION_DAYS * 86_400_000).toISOString();
  const { CONTEST_RETENTION_DAYS } = contestEnv();
  return {
    runs_pruned: await rows(ctx.db.rpc("prune_job_runs", { p_env: ctx.env, p_before: before })),
    events_pruned: await rows(ctx.db.rpc("prune_events", { p_before: before })),
    deliveries_emptied: await rows(ctx.db.rpc("prune_deliveries", { p_before: before })),
    rankings_deleted:
      CONTEST_RETENTION_DAYS === undefined
        ? 0
        : await deleteRankingsBefore(ctx.db, addDays(jstDate(now), -CONTEST_RETENTION_DAYS)),
  };
}

import "server-only";
import { z } from "zod";
import type { RefreshRuns } from "@/lib/admin/trending-standing";
import { refreshTrending } from "@/lib/jobs/refresh-trending";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";

/** A resting job skips two ticks of three: half a day of failures is still counted. */
const LOOKED_AT = 150;

const runSchema = z.object({
  id: z.string(),
  status: z.string(),
  outcome: z.string().nullable(),
  lease_expires_at: z.string().nullable(),
  progress: z.object({ done: z.number(), total: z.number().nullable() }).nullable().catch(null),
  error: z.object({ code: z.string(), message: z.string(), permanent: z.boolean() }).nullable().catch(null),
});

/** The newest runs of `refresh-trending`. For data functions: it asks for no operator itself. */
export async function readRefreshRuns(ctx: Pick<Context, "db" | "env" | "now">): Promise<RefreshRuns> {
  const found = await rows(
    ctx.db
      .from("job_runs")
      .select("id, status, outcome, lease_expires_at, progress, error")
      .eq("env", ctx.env)
      .eq("job", refreshTrending.name)
      .order("queued_at", { ascending: false })
      .limit(LOOKED_AT),
  );
  const runs = z.array(runSchema).parse(found);
  const running = runs.find(
    (run) =>
      run.status === "running" && run.lease_expires_at !== null && new Date(run.lease_expires_at) > ctx.now(),
  );
  const ended = runs.filter((run) => run.status === "succeeded" || run.status === "failed");
  const times = ended.findIndex((run) => run.status === "succeeded");
  const [last] = ended;
  return {
    running: running ? { id: running.id, progress: running.progress } : null,
    failing:
      last?.status === "failed" && last.error
        ? {
            id: last.id,
            failure: last.error,
            times: times === -1 ? ended.length : times,
            resting: runs[0]?.status === "skipped" && runs[0].outcome === "backing_off",
          }
        : null,
  };
}

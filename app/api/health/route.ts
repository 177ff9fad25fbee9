import type { z } from "zod";
import type { healthResponse } from "@/lib/engine/api";
import { readHealth } from "@/lib/engine/health";
import { registry } from "@/lib/jobs/registry";
import { appContext } from "@/lib/platform/context";
import { route } from "@/lib/platform/route";

/** For uptime checks: every job's last success and whether it is late; 503 when any is past its grace. */
export const GET = route(async () => {
  const ctx = appContext("page");
  const health = await readHealth(ctx, registry);
  const late = health.filter((job) => job.punctuality === "late").map((job) => job.name);
  const body: z.infer<typeof healthResponse> = {
    status: late.length > 0 ? "late" : "ok",
    late,
    checked_at: ctx.now().toISOString(),
    jobs: health.map((job) => ({
      job: job.name,
      status: job.punctuality,
      last_success_at: job.lastSuccessAt,
      due_at: job.overdueSince,
      next_run_at: job.nextRunAt,
      grace_seconds: job.graceSeconds,
      running: job.running,
      failures_in_a_row: job.failuresInARow,
    })),
  };
  return Response.json(body, {
    status: late.length > 0 ? 503 : 200,
    headers: { "cache-control": "no-store" },
  });
});

import { z } from "zod";

/** Body of a run's 200 answer, from cron routes and the finalize API. */
export const runResponse = z.object({
  job: z.string(),
  occurrence: z.string(),
  run_id: z.uuid(),
  status: z.enum(["succeeded", "skipped"]),
  reason: z.string().optional().describe("Why it was skipped: `running`, `already_succeeded`, …"),
  outcome: z.string().optional(),
  counts: z.record(z.string(), z.number()).optional(),
  details: z.unknown().optional(),
  duration_ms: z.number().int().optional(),
  attempt: z.number().int().optional(),
});

/** Body of `GET /api/health`. */
export const healthResponse = z.object({
  status: z.enum(["ok", "late"]),
  late: z.array(z.string()),
  checked_at: z.iso.datetime(),
  jobs: z.array(
    z.object({
      job: z.string(),
      status: z.enum(["on_time", "due", "late", "waiting", "on_demand"]),
      last_success_at: z.string().nullable(),
      due_at: z.string().nullable().describe("When the run that is owed was due."),
      next_run_at: z.iso.datetime().nullable(),
      grace_seconds: z.number(),
      running: z.boolean(),
      failures_in_a_row: z.number().int(),
    }),
  ),
});

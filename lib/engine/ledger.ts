import { z } from "zod";
import type { Json } from "@/lib/database.types";
import { type Progress, TRIGGERS, type Trigger } from "@/lib/engine/define-job";
import { type Database, rows } from "@/lib/platform/database";
import type { Failure } from "@/lib/platform/failure";

const runSchema = z.object({
  id: z.uuid(),
  job: z.string(),
  occurrence: z.string(),
  trigger: z.enum(TRIGGERS),
  status: z.string(),
  outcome: z.string().nullable(),
  attempt: z.number().int(),
  input: z.record(z.string(), z.unknown()),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
  error: z.object({ code: z.string(), message: z.string(), permanent: z.boolean() }).nullable(),
  lease_token: z.uuid().nullable(),
  scheduled_for: z.string().nullable(),
});

/** A row of `job_runs` as the engine needs it. */
export type LedgerRun = z.infer<typeof runSchema>;

const claimSchema = z.discriminatedUnion("decision", [
  z.object({
    decision: z.literal("run"),
    reason: z.string(),
    run: runSchema.extend({ lease_token: z.uuid() }),
  }),
  z.object({ decision: z.literal("skip"), reason: z.string(), run: runSchema }),
]);
export type Claim = z.infer<typeof claimSchema>;

export interface ClaimRequest {
  job: string;
  env: "dev" | "prod";
  occurrence: string;
  scheduledFor: Date | null;
  trigger: Trigger;
  input: unknown;
  leaseSeconds: number;
}

/** Opens or takes over the row of one occurrence; see SQL `claim_job_run`. */
export async function claimRun(db: Database, request: ClaimRequest): Promise<Claim> {
  const reply = await rows(
    db.rpc("claim_job_run", {
      p_job: request.job,
      p_env: request.env,
      p_occurrence: request.occurrence,
      p_scheduled_for: request.scheduledFor?.toISOString(),
      p_trigger: request.trigger,
      p_input: request.input as Json,
      p_lease_seconds: request.leaseSeconds,
    }),
  );
  return claimSchema.parse(reply);
}

/** Notes an occurrence that is not run, unless it has a row already; answers that row's id. */
export async function skipRun(
  db: Database,
  request: Omit<ClaimRequest, "leaseSeconds"> & { outcome: string },
): Promise<string> {
  return rows(
    db.rpc("skip_job_run", {
      p_job: request.job,
      p_env: request.env,
      p_occurrence: request.occurrence,
      p_scheduled_for: request.scheduledFor?.toISOString(),
      p_trigger: request.trigger,
      p_input: request.input as Json,
      p_outcome: request.outcome,
    }),
  );
}

/** Prolongs the lease and stores progress; false when somebody else took the run over. */
export async function heartbeat(
  db: Database,
  run: { id: string; lease_token: string },
  leaseSeconds: number,
  progress: Progress | null,
): Promise<boolean> {
  return rows(
    db.rpc("heartbeat_job_run", {
      p_run_id: run.id,
      p_lease_token: run.lease_token,
      p_lease_seconds: leaseSeconds,
      p_progress: progress as Json,
    }),
  );
}

export interface RunEnd {
  status: "succeeded" | "failed";
  outcome: string | null;
  counts: Record<string, number>;
  failureRate: number | null;
  error: Failure | null;
  progress: Progress | null;
}

/** Closes the row; false when the lease had been lost. */
export async function finishRun(
  db: Database,
  run: { id: string; lease_token: string },
  end: RunEnd,
): Promise<boolean> {
  return rows(
    db.rpc("finish_job_run", {
      p_run_id: run.id,
      p_lease_token: run.lease_token,
      p_status: end.status,
      p_outcome: end.outcome as string,
      p_counts: end.counts,
      p_failure_rate: end.failureRate as number,
      p_error: end.error as Json,
      p_progress: end.progress as Json,
    }),
  );
}

/** A job's runs that `sweep` should take up again: lost leases, and passing failures whose backoff is over. */
export async function runsToRecover(
  db: Database,
  env: "dev" | "prod",
  job: string,
  maxAttempts: number,
): Promise<LedgerRun[]> {
  const found = await rows(
    db.rpc("runs_to_recover", { p_env: env, p_job: job, p_max_attempts: maxAttempts }),
  );
  return z.array(runSchema).parse(found);
}

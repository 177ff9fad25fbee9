import type { z } from "zod";
import type { Context } from "@/lib/platform/context";

/** Who asked for a run. `cron` and `catch-up` runs belong to a scheduled instant, the others to the asker. */
export const TRIGGERS = ["cron", "catch-up", "manual", "api", "cli", "admin", "queue"] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** How far a run has come. `total` is unknown until the work is counted. */
export interface Progress {
  done: number;
  total: number | null;
  unit: string;
}

/** The context of one run. */
export interface JobContext<Input = unknown> extends Context {
  input: Input;
  run: {
    id: string;
    attempt: number;
    occurrence: string;
    trigger: Trigger;
    /** Runs of this job that failed since its last success, this one not counted; 0 for jobs whose rules do not ask. */
    failuresBefore: number;
    /** After how long the run is aborted; null where nothing limits it, as on the command line. */
    timeoutSeconds: number | null;
  };
  /** Aborted at the job's deadline, when the lease is lost, or when the process is told to stop. */
  signal: AbortSignal;
  progress: (progress: Progress) => void;
}

/** What a run achieved. `failureRate` above the job's threshold makes the run fail. */
export interface JobResult {
  outcome: string;
  counts: Record<string, number>;
  failureRate?: number;
  /** Facts for whoever asked, e.g. one entry per theme; answered, not stored. */
  details?: unknown;
}

export interface JobDefinition<Input = unknown> {
  name: string;
  /** Cron expression in UTC, or null for a job that runs only on demand. */
  schedule: string | null;
  /** How long after its scheduled instant a run may start before the job counts as late. */
  graceSeconds: number;
  /** The run is aborted after this many seconds; below the route's `maxDuration`. */
  timeoutSeconds: number;
  /** Attempts per occurrence, counting those of processes that died. */
  maxAttempts: number;
  /** Operators hear of failures when this many runs in a row have failed; above 1, of the recovery too. */
  alertAfterFailures: number;
  /** A sentence for operators: what is left to do once the job works again. */
  runbook?: string;
  /** After so many failures in a row, scheduled runs are skipped for a while; the first one after it is the probe. */
  breaker?: { failures: number; pauseSeconds: number };
  /** Highest accepted share of failed items, 0 to 1. */
  maxFailureRate: number;
  input: z.ZodType<Input>;
  run: (ctx: JobContext<Input>) => Promise<JobResult>;
  /** What a run would do, without writing anything. Jobs without it refuse `--dry-run`. */
  dryRun?: (ctx: Context & { input: Input }) => Promise<unknown>;
  /** Work to start once the answer is out, e.g. delivering the events just written. */
  afterwards?: (ctx: Context) => Promise<void>;
}

/** A job as the registry holds it: its input type is known only to the job itself. */
// biome-ignore lint/suspicious/noExplicitAny: heterogeneous list; each job's zod schema guards its own input.
export type AnyJob = JobDefinition<any>;

type Optional = "graceSeconds" | "timeoutSeconds" | "maxAttempts" | "maxFailureRate" | "alertAfterFailures";

/** Defines a job, filling in the house's defaults. */
export function defineJob<Input>(
  job: Omit<JobDefinition<Input>, Optional> & Partial<Pick<JobDefinition<Input>, Optional>>,
): JobDefinition<Input> {
  return {
    graceSeconds: 600,
    timeoutSeconds: 270,
    maxAttempts: 5,
    alertAfterFailures: 1,
    maxFailureRate: 0,
    ...job,
  };
}

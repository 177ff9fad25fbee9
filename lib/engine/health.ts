import { z } from "zod";
import type { AnyJob } from "@/lib/engine/define-job";
import { nextOccurrence, previousOccurrence } from "@/lib/engine/schedule";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";

const recentSchema = z.object({
  id: z.string(),
  status: z.string(),
  outcome: z.string().nullable(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  duration_ms: z.number().nullable(),
});

const lastRunSchema = z.object({
  id: z.string(),
  status: z.enum(["queued", "running", "succeeded", "failed", "skipped", "canceled"]),
  outcome: z.string().nullable(),
  trigger: z.string(),
  attempt: z.number(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string(), permanent: z.boolean() }).nullable(),
  progress: z.object({ done: z.number(), total: z.number().nullable(), unit: z.string() }).nullable(),
  lease_expires_at: z.string().nullable(),
});

const rowSchema = z.object({
  job: z.string(),
  first_seen_at: z.string(),
  last_run: lastRunSchema.nullable(),
  last_success_started_at: z.string().nullable(),
  last_success_at: z.string().nullable(),
  failures_in_a_row: z.number(),
  recent: z.array(recentSchema),
});
export type HealthRow = z.infer<typeof rowSchema>;

/** `on_time`: served. `due`: not yet, within grace. `late`: past its grace. `waiting`: its first occurrence is ahead. */
export type Punctuality = "on_time" | "due" | "late" | "waiting" | "on_demand";

export interface JobHealth {
  name: string;
  schedule: string | null;
  graceSeconds: number;
  punctuality: Punctuality;
  running: boolean;
  failuresInARow: number;
  lastSuccessAt: string | null;
  lastRun: HealthRow["last_run"];
  nextRunAt: string | null;
  /** When the first occurrence that is owed was due; null when nothing is owed. */
  overdueSince: string | null;
  /** Until when scheduled runs are skipped after failures in a row; null when they are not. */
  restsUntil: string | null;
  recent: HealthRow["recent"];
}

/** The health of every job in the order of the list: one database call. */
export async function readHealth(
  ctx: Pick<Context, "db" | "env" | "now">,
  jobs: AnyJob[],
): Promise<JobHealth[]> {
  const found = await readHealthRows(ctx, jobs);
  const now = ctx.now();
  return jobs.map((job) => {
    const row = found.get(job.name);
    const { punctuality, owedSince } = judgeJob(job, row, now);
    return {
      name: job.name,
      schedule: job.schedule,
      graceSeconds: job.graceSeconds,
      punctuality,
      running: row?.last_run?.status === "running" && !leaseIsOver(row.last_run.lease_expires_at, now),
      failuresInARow: row?.failures_in_a_row ?? 0,
      lastSuccessAt: row?.last_success_at ?? null,
      lastRun: row?.last_run ?? null,
      nextRunAt: job.schedule ? (nextOccurrence(job.schedule, now)?.toISOString() ?? null) : null,
      overdueSince: owedSince?.toISOString() ?? null,
      restsUntil: restsUntil(job, row, now),
      recent: row?.recent ?? [],
    };
  });
}

/** Ledger facts by job name. Registers the jobs first: from then on their occurrences are owed. */
export async function readHealthRows(
  ctx: Pick<Context, "db" | "env">,
  jobs: AnyJob[],
): Promise<Map<string, HealthRow>> {
  await rows(ctx.db.rpc("register_jobs", { p_jobs: jobs.map(({ name, schedule }) => ({ name, schedule })) }));
  const found = z.array(rowSchema).parse(await rows(ctx.db.rpc("job_health", { p_env: ctx.env })));
  return new Map(found.map((row) => [row.job, row]));
}

export interface Judgement {
  punctuality: Punctuality;
  /** The latest instant the job was due; null when it never was since it is known here. */
  due: Date | null;
  served: boolean;
  /** The first instant since the latest success at which the job was due; null when nothing is owed. */
  owedSince: Date | null;
}

/**
 * Whether a job is on time. An occurrence is served by any success that started at or after it: a run by hand after
 * 22:00 did the day's work as well as the scheduled one would have. Late is counted from the first occurrence that is
 * owed: of a job that runs more often than its grace is long, the latest one is never past it.
 */
export function judgeJob(
  job: Pick<AnyJob, "schedule" | "graceSeconds">,
  row: Pick<HealthRow, "first_seen_at" | "last_success_started_at"> | undefined,
  now: Date,
): Judgement {
  if (!job.schedule) return { punctuality: "on_demand", due: null, served: true, owedSince: null };
  const due = previousOccurrence(job.schedule, now);
  if (!due || !row || due < new Date(row.first_seen_at))
    return { punctuality: "waiting", due: null, served: true, owedSince: null };
  const lastSuccess = row.last_success_started_at === null ? null : new Date(row.last_success_started_at);
  if (lastSuccess && lastSuccess >= due)
    return { punctuality: "on_time", due, served: true, owedSince: null };
  const servedUntil = Math.max(lastSuccess?.getTime() ?? 0, new Date(row.first_seen_at).getTime() - 1);
  const owedSince = nextOccurrence(job.schedule, new Date(servedUntil)) ?? due;
  const late = now.getTime() - owedSince.getTime() > job.graceSeconds * 1000;
  return { punctuality: late ? "late" : "due", due, served: false, owedSince };
}

/** The end of the pause that `breaker` imposes, from the newest runs. */
function restsUntil({ breaker }: AnyJob, row: HealthRow | undefined, now: Date): string | null {
  if (!breaker || !row || row.failures_in_a_row < breaker.failures) return null;
  const failures = row.recent.filter((run) => run.status === "failed" && run.finished_at !== null);
  const until =
    Math.max(...failures.map((run) => Date.parse(run.finished_at ?? ""))) + breaker.pauseSeconds * 1000;
  return until > now.getTime() ? new Date(until).toISOString() : null;
}

function leaseIsOver(expiresAt: string | null, now: Date): boolean {
  return expiresAt === null || new Date(expiresAt) < now;
}

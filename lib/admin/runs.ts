import "server-only";
import { z } from "zod";
import type { RecentRun } from "@/lib/admin/run-strip";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { requireAdmin } from "@/lib/platform/session";

const PAGE = 50;
const CHARTED = 100;

const statuses = ["queued", "running", "succeeded", "failed", "skipped", "canceled"] as const;
export const runStatuses = statuses;

const failure = z.object({ code: z.string(), message: z.string(), permanent: z.boolean() });
const countsSchema = z.record(z.string(), z.number());

/** A run as a row of the ledger's page. */
export interface RunRow {
  id: string;
  job: string;
  status: (typeof statuses)[number] | "lost";
  outcome: string | null;
  trigger: string;
  attempt: number;
  queuedAt: string;
  startedAt: string | null;
  durationMs: number | null;
  counts: Record<string, number>;
  errorCode: string | null;
}

export interface RunFilter {
  job: string | null;
  status: string | null;
  trigger: string | null;
}

/** A page of the ledger, newest first. `cursor` continues after a page; `next` is null at the end. */
export async function readRuns(
  ctx: Pick<Context, "db" | "env" | "now">,
  filter: RunFilter,
  cursor: string | null,
): Promise<{ runs: RunRow[]; next: string | null }> {
  await requireAdmin();
  const after = parseCursor(cursor);
  const found = await rows(
    ctx.db.rpc("list_runs", {
      p_env: ctx.env,
      p_job: filter.job ?? undefined,
      p_status: filter.status ?? undefined,
      p_trigger: filter.trigger ?? undefined,
      p_before_queued_at: after?.queuedAt,
      p_before_id: after?.id,
      p_limit: PAGE + 1,
    }),
  );
  const page = found.slice(0, PAGE);
  const last = page.at(-1);
  return {
    runs: page.map((row) => ({
      id: row.id,
      job: row.job,
      status: statusOf(row.status, row.lease_expires_at, ctx.now()),
      outcome: row.outcome,
      trigger: row.trigger,
      attempt: row.attempt,
      queuedAt: row.queued_at,
      startedAt: row.started_at,
      durationMs: durationMs(row.started_at, row.finished_at),
      counts: countsSchema.catch({}).parse(row.counts),
      errorCode: failure.nullable().catch(null).parse(row.error)?.code ?? null,
    })),
    next: found.length > PAGE && last ? `${last.queued_at}~${last.id}` : null,
  };
}

/** A job's newest runs, oldest first, for its chart. */
export async function readDurations(ctx: Pick<Context, "db" | "env">, job: string): Promise<RecentRun[]> {
  await requireAdmin();
  const found = await rows(ctx.db.rpc("list_runs", { p_env: ctx.env, p_job: job, p_limit: CHARTED }));
  return found
    .map((row) => ({
      id: row.id,
      status: row.status,
      started_at: row.started_at,
      duration_ms: durationMs(row.started_at, row.finished_at),
    }))
    .reverse();
}

const attemptSchema = z.object({
  attempt: z.number(),
  status: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  error: failure.nullable(),
});

const detailSchema = z.object({
  id: z.string(),
  job: z.string(),
  env: z.string(),
  occurrence: z.string(),
  scheduled_for: z.string().nullable(),
  trigger: z.string(),
  status: z.string(),
  outcome: z.string().nullable(),
  attempt: z.number(),
  input: z.record(z.string(), z.unknown()),
  queued_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  progress: z
    .object({ done: z.number(), total: z.number().nullable(), unit: z.string() })
    .nullable()
    .catch(null),
  counts: countsSchema.catch({}),
  failure_rate: z.number().nullable(),
  error: failure.nullable().catch(null),
  history: z.array(attemptSchema).catch([]),
  duplicate_calls: z.number(),
  lease_expires_at: z.string().nullable(),
});

/** Everything the ledger knows of a run, its latest attempt last in `attempts`. */
export interface RunDetail extends Omit<z.infer<typeof detailSchema>, "status" | "history"> {
  status: RunRow["status"];
  durationMs: number | null;
  attempts: (Omit<z.infer<typeof attemptSchema>, "status"> & {
    status: RunRow["status"];
    durationMs: number | null;
  })[];
}

/** A run by id, or null. */
export async function readRun(ctx: Pick<Context, "db" | "now">, id: string): Promise<RunDetail | null> {
  await requireAdmin();
  if (!z.guid().safeParse(id).success) return null;
  const [row] = await rows(
    ctx.db
      .from("job_runs")
      .select(
        "id, job, env, occurrence, scheduled_for, trigger, status, outcome, attempt, input, queued_at, started_at, finished_at, progress, counts, failure_rate, error, history, duplicate_calls, lease_expires_at",
      )
      .eq("id", id),
  );
  if (!row) return null;
  const { history, ...run } = detailSchema.parse(row);
  const status = statusOf(run.status, run.lease_expires_at, ctx.now());
  const latest = {
    attempt: run.attempt,
    status,
    started_at: run.started_at,
    finished_at: run.finished_at,
    error: run.error,
  };
  const earlier = history.map((past) => ({ ...past, status: pastStatusOf(past.status) }));
  return {
    ...run,
    status,
    durationMs: durationMs(run.started_at, run.finished_at),
    attempts: [...earlier, ...(run.attempt > 0 ? [latest] : [])].map((one) => ({
      ...one,
      durationMs: durationMs(one.started_at, one.finished_at),
    })),
  };
}

/** A running row whose lease is over belongs to a process that stopped without a word. */
function statusOf(status: string, leaseExpiresAt: string | null, now: Date): RunRow["status"] {
  const known = z.enum(statuses).parse(status);
  const lost = known === "running" && (leaseExpiresAt === null || new Date(leaseExpiresAt) < now);
  return lost ? "lost" : known;
}

function pastStatusOf(status: string): RunRow["status"] {
  return z
    .enum([...statuses, "lost"])
    .catch("failed")
    .parse(status);
}

function durationMs(startedAt: string | null, finishedAt: string | null): number | null {
  return startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null;
}

const cursorSchema = z.tuple([z.iso.datetime({ offset: true }), z.guid()]);

/** A cursor that is no cursor starts from the newest: old links must not break the page. */
function parseCursor(cursor: string | null): { queuedAt: string; id: string } | null {
  const parsed = cursorSchema.safeParse(cursor?.split("~"));
  return parsed.success ? { queuedAt: parsed.data[0], id: parsed.data[1] } : null;
}

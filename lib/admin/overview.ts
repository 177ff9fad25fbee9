import "server-only";
import { z } from "zod";
import { type JobState, jobState } from "@/lib/admin/job-state";
import { type StripSlot, stripOf } from "@/lib/admin/run-strip";
import { type JobHealth, readHealth } from "@/lib/engine/health";
import { registry } from "@/lib/jobs/registry";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { requireAdmin } from "@/lib/platform/session";

const failureSchema = z
  .object({ code: z.string(), message: z.string(), permanent: z.boolean() })
  .nullable()
  .catch(null);

/** A job as the overview shows it: plain, small, ready for the browser. */
export interface JobRow {
  name: string;
  state: JobState;
  punctuality: JobHealth["punctuality"];
  failuresInARow: number;
  lastSuccessAt: string | null;
  nextRunAt: string | null;
  overdueSince: string | null;
  restsUntil: string | null;
  error: { code: string; message: string; permanent: boolean } | null;
  progress: { done: number; total: number | null; unit: string } | null;
  lastRunId: string | null;
  strip: StripSlot[];
  /** What a run would do can be shown before it is done. */
  previews: boolean;
}

/** Deliveries to one sink. */
export interface SinkRow {
  sink: string;
  pending: number;
  delivering: number;
  failed: number;
  delivered: number;
  oldestPendingAt: string | null;
  lastError: { code: string; message: string } | null;
}

export interface Overview {
  /** When this was read. */
  at: string;
  jobs: JobRow[];
  sinks: SinkRow[];
  pushes: { status: string; messages: number }[];
  /** Notifications that are not settled; `partly` arrived on one channel but missed another. */
  backlog: Record<"pending" | "failed" | "uncertain" | "partly", number>;
}

/** All the overview shows, for an operator. Throws where the database cannot be asked. */
export async function readOverview(ctx: Pick<Context, "db" | "env" | "now">): Promise<Overview> {
  await requireAdmin();
  const [jobs, sinks, pushes, backlog] = await Promise.all([
    readHealth(ctx, registry),
    rows(ctx.db.rpc("outbox_summary")),
    rows(ctx.db.rpc("push_summary")),
    rows(ctx.db.rpc("notification_backlog")),
  ]);
  const now = ctx.now();
  return {
    at: now.toISOString(),
    jobs: jobs.map((health) => jobRow(health, now)),
    sinks: sinks.map((row) => ({
      sink: row.sink,
      pending: row.pending,
      delivering: row.delivering,
      failed: row.failed,
      delivered: row.delivered,
      oldestPendingAt: row.oldest_pending_at,
      lastError: failureSchema.parse(row.last_error),
    })),
    pushes: pushes.map(({ status, messages }) => ({ status, messages })),
    backlog: {
      ...{ pending: 0, failed: 0, uncertain: 0, partly: 0 },
      ...Object.fromEntries(backlog.map(({ state, notifications }) => [state, notifications])),
    },
  };
}

function jobRow(health: JobHealth, now: Date): JobRow {
  const late = health.punctuality === "late";
  return {
    name: health.name,
    state: jobState(health),
    punctuality: health.punctuality,
    failuresInARow: health.failuresInARow,
    lastSuccessAt: health.lastSuccessAt,
    nextRunAt: health.nextRunAt,
    overdueSince: health.overdueSince,
    restsUntil: health.restsUntil,
    error: health.lastRun?.status === "failed" ? health.lastRun.error : null,
    progress: health.running ? (health.lastRun?.progress ?? null) : null,
    lastRunId: health.lastRun?.id ?? null,
    strip: stripOf(health.recent, health.schedule, now, { running: health.running, late }),
    previews: registry.some((job) => job.name === health.name && job.dryRun !== undefined),
  };
}

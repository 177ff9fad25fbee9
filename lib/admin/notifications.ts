import "server-only";
import { z } from "zod";
import { type Explanation, explainNotification, runFrom } from "@/lib/admin/notification-explain";
import type { NotificationFilter } from "@/lib/admin/notification-filter";
import { type NotificationRow, notificationRow } from "@/lib/admin/notification-row";
import { sendNotifications } from "@/lib/jobs/send-notifications";
import { configuredChannels } from "@/lib/notify/channels/channel";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import type { Failure } from "@/lib/platform/failure";
import { requireAdmin } from "@/lib/platform/session";

/** Notifications on a page. */
export const PAGE = 50;

/** A notification as a line of the list. */
export type NotificationLine = NotificationRow & { explanation: Explanation };

/** How many notifications are in each state; `partly` are sent ones that missed a channel. */
export type StateCounts = Record<NotificationRow["state"] | "partly", number>;

/** All of them; `partly` are among the sent ones. */
export function totalOf({ partly: _, ...counts }: StateCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The newest run of `send-notifications`, or null when there was none. */
export interface LastRun {
  id: string;
  status: "running" | "failed" | "other";
  progress: { done: number; total: number | null; unit: string } | null;
  failure: Failure | null;
}

export interface NotificationPage {
  lines: NotificationLine[];
  /** Of the filter. */
  counts: StateCounts;
  /** Of everything, whatever the filter. */
  all: StateCounts;
  nextRunAt: string;
  lastRun: LastRun | null;
}

/** A page of notifications (`page` from 1), newest first, each with why it was or was not sent. */
export async function readNotifications(
  ctx: Pick<Context, "db" | "env" | "now">,
  filter: NotificationFilter,
  page: number,
): Promise<NotificationPage> {
  await requireAdmin();
  const now = ctx.now();
  const narrowed = filter.user !== null || filter.article !== null || filter.query !== null;
  const [found, counts, everything, lastRun] = await Promise.all([
    rows(
      ctx.db.rpc("admin_notifications", {
        ...argumentsOf(filter),
        p_limit: PAGE,
        p_offset: (page - 1) * PAGE,
      }),
    ),
    readCounts(ctx, filter),
    narrowed ? readCounts(ctx, { user: null, article: null, query: null }) : null,
    readLastRun(ctx),
  ]);
  const configured = configuredChannels();
  return {
    lines: z
      .array(notificationRow)
      .parse(found)
      .map((row) => ({ ...row, explanation: explainNotification(row, now, configured) })),
    counts,
    all: everything ?? counts,
    nextRunAt: runFrom(now),
    lastRun,
  };
}

/** A filter as the SQL functions take it. The generated types cannot say that these may be null. */
export function argumentsOf({ state, ...narrowing }: NotificationFilter) {
  return { p_state: state as string, ...narrowingOf(narrowing) };
}

function narrowingOf({ user, article, query }: Omit<NotificationFilter, "state">) {
  return { p_user: user as string, p_article: article as string, p_query: query as string };
}

async function readCounts(
  ctx: Pick<Context, "db">,
  narrowing: Omit<NotificationFilter, "state">,
): Promise<StateCounts> {
  const counts: StateCounts = { pending: 0, sent: 0, partly: 0, failed: 0, uncertain: 0, suppressed: 0 };
  for (const row of await rows(ctx.db.rpc("admin_notification_counts", narrowingOf(narrowing)))) {
    counts[row.state as keyof StateCounts] = row.notifications;
  }
  return counts;
}

const progressSchema = z
  .object({ done: z.number(), total: z.number().nullable(), unit: z.string() })
  .nullable()
  .catch(null);
const failureSchema = z
  .object({ code: z.string(), message: z.string(), permanent: z.boolean() })
  .nullable()
  .catch(null);

async function readLastRun(ctx: Pick<Context, "db" | "env" | "now">): Promise<LastRun | null> {
  const [run] = await rows(
    ctx.db
      .from("job_runs")
      .select("id, status, progress, error, lease_expires_at")
      .eq("env", ctx.env)
      .eq("job", sendNotifications.name)
      .order("queued_at", { ascending: false })
      .limit(1),
  );
  if (!run) return null;
  const alive =
    run.status === "running" && run.lease_expires_at !== null && new Date(run.lease_expires_at) > ctx.now();
  return {
    id: run.id,
    status: alive ? "running" : run.status === "failed" ? "failed" : "other",
    progress: alive ? progressSchema.parse(run.progress) : null,
    failure: run.status === "failed" ? failureSchema.parse(run.error) : null,
  };
}

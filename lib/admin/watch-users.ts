import "server-only";
import { type EmailState, emailState, type NextDigest, nextDigest } from "@/lib/admin/watch-digest";
import { sendNotifications } from "@/lib/jobs/send-notifications";
import { readSettings, type StoredSettings } from "@/lib/notify/settings";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { requireAdmin } from "@/lib/platform/session";

export const USERS_PER_PAGE = 50;
const STRANGERS = 8;

/** An owner as a row of the list. */
export interface UserRow {
  userId: string;
  email: string | null;
  emailState: EmailState;
  /** Since when e-mail is turned off by a bounce, a complaint or an unsubscription. */
  emailOffSince: string | null;
  slackChannel: string | null;
  slackEnabled: boolean;
  locale: string;
  timezone: string;
  notificationTime: string;
  /** Null: the house's. */
  cooldownDays: number | null;
  /** Monitored articles, and notifications that were not sent yet. */
  articles: number;
  waiting: number;
}

export interface UserPage {
  users: UserRow[];
  total: number;
  /** Owners of articles without settings: nothing can be sent to them. At most eight. */
  strangers: { userId: string; articles: number }[];
  moreStrangers: boolean;
  now: string;
}

/** A page of owners by id; `query` looks in id and address. `page` counts from 1. */
export async function readUsers(
  ctx: Pick<Context, "db" | "now">,
  query: string | null,
  page: number,
): Promise<UserPage> {
  await requireAdmin();
  const [found, strangers] = await Promise.all([
    rows(
      ctx.db.rpc("admin_alert_users", {
        // The generated types cannot say that a parameter may be null.
        p_query: query as string,
        p_limit: USERS_PER_PAGE,
        p_offset: (page - 1) * USERS_PER_PAGE,
      }),
    ),
    rows(ctx.db.rpc("watch_users", { p_without_settings: true, p_limit: STRANGERS + 1 })),
  ]);
  return {
    users: found.map((row) => ({
      userId: row.user_id,
      email: row.email,
      emailState: emailState(row),
      emailOffSince: row.email_disabled_at,
      slackChannel: row.slack_channel,
      slackEnabled: row.slack_enabled,
      locale: row.locale,
      timezone: row.timezone,
      notificationTime: row.notification_time,
      cooldownDays: row.notification_cooldown_days,
      articles: row.articles,
      waiting: row.waiting,
    })),
    total: found[0]?.total ?? 0,
    strangers: strangers.slice(0, STRANGERS).map((row) => ({ userId: row.user_id, articles: row.articles })),
    moreStrangers: strangers.length > STRANGERS,
    now: ctx.now().toISOString(),
  };
}

export interface UserDetail {
  settings: StoredSettings;
  emailState: EmailState;
  next: NextDigest;
  waiting: number;
}

/** An owner's settings and when their next digest would go out, or null. */
export async function readUser(ctx: Pick<Context, "db" | "now">, userId: string): Promise<UserDetail | null> {
  await requireAdmin();
  const [settings, digests, waiting] = await Promise.all([
    readSettings(ctx.db, userId),
    rows(
      ctx.db
        .from("digests")
        .select("local_date")
        .eq("user_id", userId)
        .order("local_date", { ascending: false })
        .limit(3),
    ),
    ctx.db
      .from("notifications")
      .select("*", { count: "exact", head: true })
      .eq("user_id", userId)
      .is("sent_at", null)
      .then(({ count, error, status }) => rows(Promise.resolve({ data: count ?? 0, error, status }))),
  ]);
  if (!settings) return null;
  const email = emailState(settings);
  return {
    settings,
    emailState: email,
    next: nextDigest(
      {
        timezone: settings.timezone,
        notificationTime: settings.notification_time,
        digestedDates: digests.map((digest) => digest.local_date),
        email,
        slack: Boolean(settings.slack_channel) && settings.slack_enabled,
      },
      sendNotifications.schedule ?? "",
      ctx.now(),
    ),
    waiting,
  };
}

import "server-only";
import { z } from "zod";
import { type EffectiveSettings, effectiveSettings } from "@/lib/admin/watch-effective";
import { readSettings } from "@/lib/notify/settings";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { requireAdmin } from "@/lib/platform/session";
import { addDays, jstDate } from "@/lib/time";
import { cooldownUntil } from "@/lib/watch/rules";
import { CHANGE_KINDS, type ChangeKind, SOURCES } from "@/lib/watch/types";

export const HISTORY_DAYS = [30, 90, 365] as const;
export type HistoryDays = (typeof HISTORY_DAYS)[number];
const NOTIFICATIONS = 5;

const COLUMNS =
  "id, user_id, url, title, keyword, is_monitored, source, property, country, language, competitors, drop_threshold, " +
  "rise_threshold, top_10_threshold, top_3_threshold, lost_after_days, notification_cooldown_days, muted_kinds, " +
  "last_notification_sent_at, created_at";

/** An article as its table has it. */
export const articleSchema = z.object({
  id: z.string(),
  user_id: z.string(),
  url: z.string(),
  title: z.string(),
  keyword: z.string(),
  is_monitored: z.boolean(),
  source: z.enum(SOURCES),
  property: z.string().nullable(),
  country: z.string(),
  language: z.string(),
  competitors: z.array(z.string()),
  drop_threshold: z.number().nullable(),
  rise_threshold: z.number().nullable(),
  top_10_threshold: z.number().nullable(),
  top_3_threshold: z.number().nullable(),
  lost_after_days: z.number().nullable(),
  notification_cooldown_days: z.number().nullable(),
  muted_kinds: z
    .array(z.string())
    .transform((kinds) => CHANGE_KINDS.filter((kind) => kinds.includes(kind)))
    .nullable(),
  last_notification_sent_at: z.string().nullable(),
  created_at: z.string(),
});
/** An article with all that is set for it, by the names of the table's columns. */
export type Article = z.infer<typeof articleSchema>;

const readingSchema = z
  .object({
    checked_on: z.string(),
    status: z.enum(["ok", "not_ranked", "failed"]),
    position: z.number().nullable(),
    source: z.string(),
    observed_at: z.string(),
    found_url: z.string().nullable(),
    competitors: z.record(z.string(), z.number().nullable()).nullable().catch(null),
    error: z.object({ code: z.string(), message: z.string(), permanent: z.boolean() }).nullable().catch(null),
  })
  .transform(({ checked_on, observed_at, found_url, ...rest }) => ({
    ...rest,
    checkedOn: checked_on,
    observedAt: observed_at,
    foundUrl: found_url,
  }));
/** A day's reading with everything known of it. */
export type Reading = z.infer<typeof readingSchema>;

const notificationSchema = z.object({
  id: z.string(),
  kind: z.string().transform((kind): ChangeKind => CHANGE_KINDS.find((known) => known === kind) ?? "drop"),
  checked_on: z.string(),
  created_at: z.string(),
  sent_at: z.string().nullable(),
  state: z.enum(["pending", "sent", "failed", "uncertain", "suppressed"]),
  suppressed_reason: z.enum(["cooldown", "muted", "expired"]).nullable(),
});
export type ArticleNotification = z.infer<typeof notificationSchema>;

export interface ArticleDetail {
  article: Article;
  /** Null: the owner has no settings, so nothing can be sent. */
  hasOwner: boolean;
  effective: EffectiveSettings;
  /** Nothing new is told before this; null when it may be told now. */
  quietUntil: string | null;
  latest: Reading | null;
  /** The last reading before it with a position. */
  previous: { position: number; on: string } | null;
  /** Oldest first, of the days asked for. */
  history: Reading[];
  /** First and last day of that range (JST). */
  since: string;
  today: string;
  notifications: ArticleNotification[];
  /** What would go with it. */
  kept: { readings: number; waiting: number };
}

/** An article with its history of some days, or null. */
export async function readArticleDetail(
  ctx: Pick<Context, "db" | "now">,
  id: string,
  days: HistoryDays,
): Promise<ArticleDetail | null> {
  const article = await readArticle(ctx, id);
  if (!article) return null;
  const now = ctx.now();
  const today = jstDate(now);
  const since = addDays(today, 1 - days);
  const nothing = null as unknown as string;
  const [settings, history, latest, before, notifications, readings, waiting] = await Promise.all([
    readSettings(ctx.db, article.user_id),
    rows(ctx.db.rpc("article_history", { p_article_id: id, p_since: since })),
    rows(newest(ctx, id).limit(1)),
    rows(newest(ctx, id).eq("status", "ok").limit(2)),
    rows(
      ctx.db.rpc("admin_notifications", {
        p_state: nothing,
        p_user: nothing,
        p_article: id,
        p_query: nothing,
        p_limit: NOTIFICATIONS,
        p_offset: 0,
      }),
    ),
    countOf(
      ctx.db.from("rank_observations").select("*", { count: "exact", head: true }).eq("article_id", id),
    ),
    countOf(
      ctx.db
        .from("notifications")
        .select("*", { count: "exact", head: true })
        .eq("article_id", id)
        .is("sent_at", null),
    ),
  ]);
  const effective = effectiveSettings(article, settings);
  const cooldown = effective.thresholds.find(({ name }) => name === "notification_cooldown_days");
  const toldAt = article.last_notification_sent_at;
  const latestReading = latest[0] ? readingSchema.parse(latest[0]) : null;
  const previous = before.find((row) => row.checked_on !== latestReading?.checkedOn);
  return {
    article,
    hasOwner: settings !== null,
    effective,
    quietUntil:
      cooldownUntil(toldAt ? new Date(toldAt) : null, cooldown?.value ?? null, now)?.toISOString() ?? null,
    latest: latestReading,
    previous: previous?.position ? { position: Number(previous.position), on: previous.checked_on } : null,
    history: z.array(readingSchema).parse(history),
    since,
    today,
    notifications: z.array(notificationSchema).parse(notifications),
    kept: { readings, waiting },
  };
}

/** An article alone, or null. */
export async function readArticle(ctx: Pick<Context, "db">, id: string): Promise<Article | null> {
  await requireAdmin();
  const [row] = await rows(ctx.db.from("articles").select(COLUMNS).eq("id", id));
  return row ? articleSchema.parse(row) : null;
}

/** Users to suggest as owners. */
export async function readUserIds(ctx: Pick<Context, "db">): Promise<string[]> {
  await requireAdmin();
  const users = await rows(ctx.db.rpc("watch_users", { p_without_settings: false, p_limit: 500 }));
  return users.map((user) => user.user_id);
}

function newest(ctx: Pick<Context, "db">, id: string) {
  return ctx.db
    .from("rank_observations")
    .select("checked_on, status, position, source, observed_at, found_url, competitors, error")
    .eq("article_id", id)
    .order("checked_on", { ascending: false });
}

async function countOf(
  call: PromiseLike<{
    count: number | null;
    error: { message: string; code?: string } | null;
    status: number;
  }>,
): Promise<number> {
  const { count, error, status } = await call;
  return rows(Promise.resolve({ data: count ?? 0, error, status }));
}

import type { AnyJob } from "@/lib/engine/define-job";
import { requestedOccurrence } from "@/lib/engine/occurrence";
import { type RunReport, runJob } from "@/lib/engine/run-job";
import { addDays } from "@/lib/time";
import type { World } from "./world";

type Sql = World["sql"];

/** Forgets everything of rank watch, notifications and runs. */
export async function forgetWatch(sql: Sql): Promise<void> {
  await sql(
    "truncate articles, user_alert_settings, rank_checks, digests, deliveries, email_batches, send_slots, provider_webhooks, job_runs, jobs cascade",
  );
}

/** Runs a job as a person would, and gives back its report. */
export function runNow(world: World, job: AnyJob, input: unknown = {}): Promise<RunReport> {
  const occurrence = requestedOccurrence("manual", world.ctx.now());
  return runJob(job, world.ctx, { trigger: "manual", input, ...occurrence });
}

export interface ArticleSeed {
  id: string;
  user_id?: string;
  url?: string;
  title?: string;
  keyword?: string;
  source?: string;
  is_monitored?: boolean;
  last_notification_sent_at?: string | null;
  notification_cooldown_days?: number | null;
  drop_threshold?: number | null;
  muted_kinds?: string[] | null;
}

/** Adds an article of user u1, watched through Serper, unless told otherwise. */
export async function addArticle(sql: Sql, seed: ArticleSeed): Promise<void> {
  const row = {
    user_id: "u1",
    url: `https://example.com/${seed.id}`,
    title: `Title ${seed.id}`,
    keyword: `keyword ${seed.id}`,
    ...seed,
  };
  await insert(sql, "articles", row);
}

export interface SettingsSeed {
  user_id: string;
  email?: string | null;
  slack_channel?: string | null;
  locale?: "ja" | "en";
  timezone?: string;
  notification_time?: string;
  notification_cooldown_days?: number | null;
  drop_threshold?: number | null;
  muted_kinds?: string[];
}

/** Adds a user's settings: e-mail at 09:00 JST, in English, unless told otherwise. */
export async function addSettings(sql: Sql, seed: SettingsSeed): Promise<void> {
  await insert(sql, "user_alert_settings", { email: `${seed.user_id}@example.com`, locale: "en", ...seed });
}

/** A day's position, null for "not ranked", "failed" for a reading that failed. */
export type Reading = number | null | "failed";

/** Adds observations that end the day before `day`, oldest first. */
export async function addHistory(
  sql: Sql,
  articleId: string,
  day: string,
  readings: Reading[],
): Promise<void> {
  for (const [index, reading] of readings.entries()) {
    await insert(sql, "rank_observations", {
      article_id: articleId,
      checked_on: addDays(day, index - readings.length),
      position: typeof reading === "number" ? reading : null,
      status: reading === "failed" ? "failed" : reading === null ? "not_ranked" : "ok",
      source: "serper",
    });
  }
}

/**
 * Adds users `u00001`… with one article each and a notification that waits: a drop from 3 to 12, e-mail
 * and, for every `slackEvery`-th, a Slack channel of their own.
 */
export async function addWaitingUsers(
  sql: Sql,
  count: number,
  {
    slackEvery = 0,
    checkedOn = "2026-11-22",
    notificationTime = "09:00",
  }: { slackEvery?: number; checkedOn?: string; notificationTime?: string } = {},
): Promise<void> {
  await sql(
    `insert into user_alert_settings (user_id, email, slack_channel, locale, notification_time)
     select 'u' || lpad(n::text, 5, '0'), 'u' || lpad(n::text, 5, '0') || '@example.com',
       case when $2 > 0 and n % greatest($2, 1) = 0 then 'C' || lpad(n::text, 8, '0') end, case when n % 2 = 0 then 'ja' else 'en' end, $3
     from generate_series(1, $1::int) n`,
    [count, slackEvery, notificationTime],
  );
  await sql(
    `insert into articles (id, user_id, url, title, keyword)
     select 'a' || n, 'u' || lpad(n::text, 5, '0'), 'https://example.com/' || n, 'Title ' || n, 'keyword ' || n
     from generate_series(1, $1::int) n`,
    [count],
  );
  await sql(
    `insert into rank_observations (article_id, checked_on, position, status, source)
     select 'a' || n, $2::date - d, case when d = 0 then 12 else 3 end, 'ok', 'serper'
     from generate_series(1, $1::int) n, generate_series(0, 13) d`,
    [count, checkedOn],
  );
  await sql(
    `insert into notifications (article_id, user_id, kind, checked_on, created_at, notification_data)
     select a.id, a.user_id, 'left_top_10', $1::date, $1::date, jsonb_build_object(
       'articleId', a.id, 'title', a.title, 'url', a.url, 'keyword', a.keyword, 'source', a.source, 'kind', 'left_top_10',
       'changes', '["left_top_3", "left_top_10", "drop"]'::jsonb, 'previous', jsonb_build_object('position', 3, 'on', $1::date - 1),
       'current', jsonb_build_object('position', 12, 'on', $1::date), 'observedAt', '2026-11-22T00:00:10Z')
     from articles a`,
    [checkedOn],
  );
}

/** Lets everything that waits for its next attempt be due, and every lease and turn be over. */
export async function letTimePass(sql: Sql): Promise<void> {
  await sql(
    "update deliveries set next_attempt_at = now() - interval '1 s' where status in ('pending', 'sending')",
  );
  await sql(
    "update deliveries set lease_expires_at = now() - interval '1 s' where lease_expires_at is not null",
  );
  await sql(
    "update email_batches set next_attempt_at = now() - interval '1 s', lease_expires_at = case when lease_expires_at is not null then now() - interval '1 s' end",
  );
  await sql(
    "update digests set lease_expires_at = now() - interval '1 s' where lease_expires_at is not null",
  );
  await sql("delete from send_slots");
}

async function insert(sql: Sql, table: string, row: object): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  await sql(`insert into ${table} (${columns.join(", ")}) values (${places.join(", ")})`, Object.values(row));
}

import type { Client } from "pg";
import { addDays, jstDate } from "@/lib/time";
import { DEMO_ARTICLES, DEMO_USERS, type DemoArticle } from "./demo-articles";
import { demoPosition, demoReading } from "./demo-ranks";
import { controlsOf } from "./emulators/controls";
import type { StackFile } from "./stack-env";

const DAYS = 60;
/** A paused article was last read so long ago. */
const PAUSED_DAYS = 21;
const DAY_MS = 86_400_000;
/** Search Console shows days of the past; a position is the same on all of them. */
const CONSOLE_DAYS = 5;
const RESULTS = 50;

/**
 * Fills in what is missing of the watch: owners, articles, and their readings of the sixty days before today. Today's
 * are left to `check-rank`: the stand-ins for Serper and Search Console are told what it will find.
 */
export async function seedDemoWatch(client: Client, file: StackFile, now: Date): Promise<void> {
  const today = jstDate(now);
  await insertUsers(client, now);
  await insertArticles(client, now);
  await insertReadings(client, today);
  await insertCheck(client, addDays(today, -1), now);
  await prepareSearches(file, today);
}

async function insertUsers(client: Client, now: Date): Promise<void> {
  for (const user of DEMO_USERS) {
    await client.query(
      `insert into public.user_alert_settings (user_id, email, slack_channel, locale, timezone, notification_time,
         notification_cooldown_days, drop_threshold, email_disabled_at, email_disabled_reason)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
      [
        user.id,
        user.email,
        user.slackChannel,
        user.locale,
        user.timezone,
        user.time,
        user.cooldownDays,
        user.dropThreshold,
        user.disabled && new Date(now.getTime() - 9 * DAY_MS),
        user.disabled,
      ],
    );
  }
}

async function insertArticles(client: Client, now: Date): Promise<void> {
  for (const article of DEMO_ARTICLES) {
    const told =
      article.toldDaysAgo === undefined ? null : new Date(now.getTime() - article.toldDaysAgo * DAY_MS);
    await client.query(
      `insert into public.articles (id, user_id, url, title, keyword, is_monitored, source, property, country, language,
         competitors, last_notification_sent_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
      [
        article.id,
        article.userId,
        article.url,
        article.title,
        article.keyword,
        article.isMonitored,
        article.source,
        article.property,
        article.country,
        article.language,
        article.competitors,
        told,
      ],
    );
  }
}

async function insertReadings(client: Client, today: string): Promise<void> {
  const readings = DEMO_ARTICLES.filter(({ story }) => story !== "new").flatMap((article) =>
    Array.from({ length: DAYS }, (_, index) => addDays(today, index - DAYS))
      .filter((day) => article.isMonitored || day < addDays(today, -PAUSED_DAYS))
      .map((day) => ({
        article_id: article.id,
        day,
        source: article.source,
        ...demoReading(article, dayNumber(day)),
      })),
  );
  await client.query(
    `insert into public.rank_observations (article_id, checked_on, position, status, source, found_url, competitors, error, observed_at)
     select r.article_id, r.day, r.position, r.status, r.source, case when r.status = 'ok' then a.url end, r.competitors,
       case when r.status = 'failed' then '{"code": "timeout", "message": "no answer within 10 s", "permanent": false}'::jsonb end,
       (r.day + time '09:00:20') at time zone 'Asia/Tokyo'
     from jsonb_to_recordset($1) as r (article_id text, day date, source text, status text, position numeric, competitors jsonb)
     join public.articles a on a.id = r.article_id
     on conflict do nothing`,
    [JSON.stringify(readings)],
  );
}

/** Yesterday's check, counted from its readings. */
async function insertCheck(client: Client, day: string, now: Date): Promise<void> {
  await client.query(
    `insert into public.rank_checks (checked_on, decision, counts, started_at, judged_at)
     select $1::date, 'judged', jsonb_build_object('sources', jsonb_agg(jsonb_build_object('source', s.source,
       'articles', s.articles, 'ok', s.ok, 'notRanked', s.not_ranked, 'failed', s.failed,
       'rankedBefore', s.ranked_before, 'lost', s.lost, 'firstError', s.first_error))), $2, $2
     from public.check_summary($1::date, 35) s having count(*) > 0
     on conflict do nothing`,
    [day, new Date(now.getTime() - DAY_MS)],
  );
}

async function prepareSearches(file: StackFile, today: string): Promise<void> {
  const providers = controlsOf(file.providers);
  const monitored = DEMO_ARTICLES.filter((article) => article.isMonitored);
  const searched = monitored.filter(({ source }) => source === "serper");
  await Promise.all(searched.map((article) => providers.serp(article.keyword, resultsOf(article, today))));
  const measured = monitored.filter(({ source }) => source === "search-console");
  for (const [property, articles] of Map.groupBy(measured, ({ property }) => property ?? "")) {
    // The one whose owner forgot to share it with the service account.
    if (property.includes("not-shared")) continue;
    await providers.searchConsoleRows(
      property,
      articles.flatMap((article) => consoleRows(article, today)),
    );
  }
}

/** A result page with the article and its competitors where they stand today, and strangers everywhere else. */
function resultsOf(article: DemoArticle, today: string): string[] {
  const { competitors } = demoReading(article, dayNumber(today));
  const results = Array.from(
    { length: RESULTS },
    (_, index) => `https://site-${index + 1}.example/${article.id}`,
  );
  for (const [host, position] of Object.entries(competitors ?? {})) {
    if (position <= RESULTS) results[position - 1] = `https://${host}/${article.id}`;
  }
  const position = todays(article, today);
  if (position !== null) results[Math.round(position) - 1] = article.url;
  return results;
}

function consoleRows(article: DemoArticle, today: string) {
  const position = todays(article, today);
  if (position === null) return [];
  return Array.from({ length: CONSOLE_DAYS }, (_, index) => ({
    date: addDays(today, -1 - index),
    page: article.url,
    query: article.keyword,
    country: "usa",
    clicks: 12,
    impressions: 340,
    position,
  }));
}

function todays(article: DemoArticle, today: string): number | null {
  return article.surprise === undefined ? demoPosition(article, dayNumber(today)) : article.surprise;
}

function dayNumber(day: string): number {
  return Date.parse(day) / DAY_MS;
}

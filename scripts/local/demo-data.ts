import { Redis } from "@upstash/redis";
import { Client } from "pg";
import { metricsKey, rankingKey } from "@/lib/contest/live";
import { wilsonLowerBound } from "@/lib/contest/rules";
import { addDays, jstDate, jstInstant } from "@/lib/time";
import { type Film, readFilms } from "./demo-films";
import { seedDemoTrending } from "./demo-trending";
import { seedDemoWatch } from "./demo-watch";
import type { StackFile } from "./stack-env";

const DAYS_BEFORE = 2;
const DAYS_AFTER = 4;
const PIPELINE_COMMANDS = 1_000;
const PUSH_TOKENS = 250;
const GONE_DEVICES = new Set([40, 120, 200]);

/** One theme for each day of a week, taking turns; the sponsored one is in every seven days once. */
const THEMES = [
  { title: "夜の映画", sponsored: false },
  { title: "雨の日に観たい映画", sponsored: false },
  { title: "旅に出たくなる映画", sponsored: true },
  { title: "声を出して笑った映画", sponsored: false },
  { title: "もう一度観たい映画", sponsored: false },
  { title: "音楽が忘れられない映画", sponsored: false },
  { title: "結末に驚いた映画", sponsored: false },
];

type Theme = {
  id: string;
  date: string;
  title: string;
  sponsored: boolean;
  closedAt: Date | null;
  films: Film[];
};

/** The id of the demo theme of a business day (`YYYY-MM-DD`, JST). */
export function demoThemeId(date: string): string {
  return `theme-${date}`;
}

/**
 * Fills in what is missing of the demo: a theme with works and live rankings for each day from two days ago to
 * four ahead, push tokens, watched articles with their history, and topics with what was posted in them. Started
 * again on a later day, it adds the days that came since.
 */
export async function seedDemoData(file: StackFile, now: Date): Promise<void> {
  const redis = new Redis({ url: file.redisRestUrl, token: file.redisRestToken, enableTelemetry: false });
  const client = new Client({ connectionString: file.postgresUrl });
  const themes = themesAround(now, await readFilms());
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; open: boolean }>(
      "select id, closed_at is null as open from public.themes where id = any ($1)",
      [themes.map(({ id }) => id)],
    );
    const known = new Map(rows.map(({ id, open }) => [id, open]));
    for (const theme of themes) {
      // An open theme without its live ranking: Redis lost its data, or another one runs than last time.
      const isLive =
        known.has(theme.id) && (!known.get(theme.id) || (await redis.exists(rankingKey(theme.id))) === 1);
      if (!isLive) await writeLiveRanking(redis, theme);
      if (!known.has(theme.id)) await insertTheme(client, theme);
    }
    const today = themes[DAYS_BEFORE];
    if (today && known.get(today.id) !== false) await spoilMetrics(redis, today);
    await closeSubmissions(client, themes);
    await insertPushTokens(client);
    await seedDemoWatch(client, file, now);
    await seedDemoTrending(client, now);
  } finally {
    await client.end();
  }
}

function themesAround(now: Date, films: Film[]): Theme[] {
  const today = jstDate(now);
  return Array.from({ length: DAYS_BEFORE + 1 + DAYS_AFTER }, (_, index) => {
    const date = addDays(today, index - DAYS_BEFORE);
    const turn = (Date.parse(date) / 86_400_000) % THEMES.length;
    const { title, sponsored } = THEMES[turn] ?? { title: date, sponsored: false };
    return {
      id: demoThemeId(date),
      date,
      title,
      sponsored,
      closedAt:
        date < today ? jstInstant(date, "21:00") : date === today ? new Date(now.getTime() - 600_000) : null,
      // A work belongs to one theme: the same film comes back another week as another work.
      films: films
        .filter((_, position) => position % THEMES.length === turn)
        .map((film) => ({ ...film, id: `${film.id}-${date.replaceAll("-", "")}` })),
    };
  });
}

async function writeLiveRanking(redis: Redis, theme: Theme): Promise<void> {
  const [first, ...rest] = theme.films.map(({ id, likes, impressions }) => ({
    member: id,
    score: wilsonLowerBound(likes, impressions),
  }));
  if (!first) return;
  for (let start = 0; start < theme.films.length; start += PIPELINE_COMMANDS) {
    const pipeline = redis.pipeline();
    for (const { id, likes, impressions, uniqueViewers } of theme.films.slice(
      start,
      start + PIPELINE_COMMANDS,
    )) {
      pipeline.hset(metricsKey(id), { likes, impressions, unique_viewers: uniqueViewers });
    }
    await pipeline.exec();
  }
  await redis.zadd(rankingKey(theme.id), first, ...rest);
}

/** Three of the best works get metrics that cannot be, as live data has them: the report must show them. */
async function spoilMetrics(redis: Redis, theme: Theme): Promise<void> {
  const best = [...theme.films].sort(
    (a, b) => wilsonLowerBound(b.likes, b.impressions) - wilsonLowerBound(a.likes, a.impressions),
  );
  const [liked, missing, garbled] = [best[9], best[24], best[39]];
  if (!liked || !missing || !garbled) return;
  await redis
    .pipeline()
    .hset(metricsKey(liked.id), { likes: 40, impressions: 20, unique_viewers: 18 })
    .del(metricsKey(missing.id))
    .hset(metricsKey(garbled.id), { impressions: "many" })
    .exec();
}

async function insertTheme(
  client: Client,
  { id, date, title, sponsored, closedAt, films }: Theme,
): Promise<void> {
  await client.query("begin");
  await client.query(
    "insert into public.themes (id, date, title, sponsored, submissions_closed_at) values ($1, $2, $3, $4, $5)",
    [id, date, title, sponsored, closedAt],
  );
  await client.query(
    `insert into public.works (id, theme_id, title, author_id)
     select w.id, $1, w.title, w.author_id from unnest($2::text[], $3::text[], $4::text[]) as w (id, title, author_id)`,
    [id, films.map((film) => film.id), films.map((film) => film.title), films.map((film) => film.authorId)],
  );
  await client.query("commit");
}

/** A theme that lay ahead at an earlier start has its day now. */
async function closeSubmissions(client: Client, themes: Theme[]): Promise<void> {
  const closed = themes.filter(({ closedAt }) => closedAt !== null);
  await client.query(
    `update public.themes t set submissions_closed_at = c.at
     from unnest($1::text[], $2::timestamptz[]) as c (id, at)
     where t.id = c.id and t.submissions_closed_at is null and t.closed_at is null`,
    [closed.map(({ id }) => id), closed.map(({ closedAt }) => closedAt)],
  );
}

async function insertPushTokens(client: Client): Promise<void> {
  const numbers = Array.from({ length: PUSH_TOKENS }, (_, index) => index + 1);
  const name = (n: number) =>
    `demo-${String(n).padStart(4, "0")}${GONE_DEVICES.has(n) ? "-DeviceNotRegistered" : ""}`;
  await client.query(
    `insert into public.push_tokens (token, user_id, locale)
     select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing`,
    [
      numbers.map((n) => `ExponentPushToken[${name(n)}]`),
      numbers.map((n) => `user-${String(n).padStart(4, "0")}`),
      numbers.map((n) => (n % 5 === 0 ? "en" : "ja")),
    ],
  );
}

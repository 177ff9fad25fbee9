import type { Client } from "pg";
import { trendingEnv } from "@/lib/platform/env";
import { WINDOW_MINUTES } from "@/lib/trending/types";
import { demoHappenings } from "./demo-happenings";
import { DEMO_TOPICS } from "./demo-topics";

const HOUR_MS = 3_600_000;
/** A day longer than what is recorded: the first recorded day's window is whole. */
const HOURS = 72;
const RECORDED_HOURS = 48;
const DEMO_USER = "user-0001";

/**
 * Fills in what is missing of the topics: three days of posts, replies, boosts and bookmarks up to now (a busy few
 * topics and many quiet ones, one that rises, one that has fallen, one flooded by a bot), whom one user follows, the
 * metrics of now, and the history of the last {@link RECORDED_HOURS} full hours.
 */
export async function seedDemoTrending(client: Client, now: Date): Promise<void> {
  const { rows } = await client.query<{ latest: Date | null }>(
    "select max(created_at) as latest from public.posts where id like 'demo-%'",
  );
  const since = Math.max(rows[0]?.latest?.getTime() ?? 0, now.getTime() - HOURS * HOUR_MS);
  const { posts, boosts, bookmarks } = demoHappenings(since, now.getTime());
  await client.query("begin");
  await client.query(
    `insert into public.topics (id, name)
     select * from jsonb_to_recordset($1) as t (id text, name text) on conflict do nothing`,
    [JSON.stringify(DEMO_TOPICS)],
  );
  await client.query(
    `insert into public.posts (id, topic_id, author_id, reply_to, body, created_at, deleted_at)
     select * from jsonb_to_recordset($1) as p (id text, topic_id text, author_id text, reply_to text, body text,
       created_at timestamptz, deleted_at timestamptz) on conflict do nothing`,
    [JSON.stringify(posts)],
  );
  for (const [table, found] of [
    ["boosts", boosts],
    ["bookmarks", bookmarks],
  ] as const) {
    await client.query(
      `insert into public.${table} (post_id, user_id, created_at)
       select * from jsonb_to_recordset($1) as e (post_id text, user_id text, created_at timestamptz) on conflict do nothing`,
      [JSON.stringify(found)],
    );
  }
  await insertFollows(client);
  await client.query("commit");
  await countNow(client, now);
}

async function insertFollows(client: Client): Promise<void> {
  const topics = ["yofukashi-film", "taifu", "night-trains", "sumo"];
  await client.query(
    "insert into public.topic_follows (user_id, topic_id) select $1, unnest($2::text[]) on conflict do nothing",
    [DEMO_USER, topics],
  );
  await client.query(
    "insert into public.user_follows (user_id, followed_id) select $1, unnest($2::text[]) on conflict do nothing",
    [DEMO_USER, ["user-0002", "user-0005", "user-0008"]],
  );
}

/** What `refresh-trending` would do first, so that the page has figures at first look; then the hours before. */
async function countNow(client: Client, now: Date): Promise<void> {
  const { TRENDING_WINDOWS, TRENDING_SCORE_PROFILE, TRENDING_HISTORY_TOPICS } = trendingEnv();
  const windows = TRENDING_WINDOWS.map((name) => WINDOW_MINUTES[name]);
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000);
  const to = [minute, windows, TRENDING_SCORE_PROFILE];
  const { rows } = await client.query<{ moved: { decision: string } }>(
    "select public.refresh_trending($1, $2, $3) as moved",
    to,
  );
  if (rows[0]?.moved.decision === "full") {
    await client.query("select public.start_trending($1, $2, $3)", to);
    await client.query("select public.recompute_trending(100000)");
  }
  const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  await client.query(
    `select public.record_trending('backfill', h, $2, $3, $4)
     from generate_series($1::timestamptz - make_interval(hours => ${RECORDED_HOURS - 1}), $1, interval '1 hour') h
     where not exists (select from public.topic_metrics_recordings r where r.window_end = h and r.window_minutes = any ($2))`,
    [hour, windows, TRENDING_SCORE_PROFILE, TRENDING_HISTORY_TOPICS],
  );
}

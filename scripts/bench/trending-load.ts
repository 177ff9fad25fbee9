import type { Client } from "pg";

/** 48 hours of posts for so many topics, evenly spread in time: as many before each instant as after it. */
export interface Load {
  topics: number;
  /** Posts of 24 hours; there are as many in the 24 hours before. */
  postsADay: number;
}

export const loadOf = (topics: number): Load => ({ topics, postsADay: 20 * topics });
/** Posts of five minutes. */
export const postsInFiveMinutes = ({ postsADay }: Load) => Math.round(postsADay / 288);

const TABLES = ["posts", "boosts", "bookmarks"];

/**
 * Half of the posts go to topics at random, half to a few (power of four); authors are three per topic, drawn from all;
 * three in ten posts are replies; one boost per four posts, one bookmark per ten, up to an hour later.
 * `serial` is the number of the post.
 */
const topicOf = (topics: string) =>
  `'t' || floor(${topics} * case when random() < 0.5 then random() else power(random(), 4) end)::int`;
const authorOf = (topics: string) => `'a' || floor(3 * ${topics} * random())::int`;
const replyOf = `case when random() < 0.3 then 'p0' end`;

/** Empties the tables and loads them up to `end`, past triggers and with the secondary indexes built afterwards. */
export async function loadTrending(sql: Client, load: Load, end: Date): Promise<void> {
  const { topics, postsADay } = load;
  const total = 2 * postsADay;
  await sql.query("truncate topics, posts, boosts, bookmarks, trending_removals cascade");
  await sql.query("truncate topic_window_metrics, topic_metrics_history, topic_metrics_recordings");
  await sql.query("set session_replication_role = replica");
  await sql.query("set maintenance_work_mem = '512MB'");
  await sql.query("select setseed(0.42)");
  const { rows: indexes } = await sql.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid = any ($1::regclass[]) and not i.indisprimary`,
    [TABLES],
  );
  for (const { name } of indexes) await sql.query(`drop index ${name}`);
  await sql.query(
    "insert into topics (id, name) select 't' || n, 'Topic ' || n from generate_series(0, $1::int - 1) n",
    [topics],
  );
  await sql.query(
    `insert into posts (id, topic_id, author_id, reply_to, created_at)
     select 'p' || n, ${topicOf("$1::int")}, ${authorOf("$1::int")}, ${replyOf},
       $2::timestamptz - interval '48 hours' * ($3::int - n) / $3::int
     from generate_series(1, $3::int) n`,
    [topics, end.toISOString(), total],
  );
  for (const [table, every] of [
    ["boosts", 4],
    ["bookmarks", 10],
  ]) {
    await sql.query(
      `insert into ${table} (post_id, user_id, created_at, topic_id)
       select id, 'u' || floor(1000 * random())::int, least($1::timestamptz, created_at + interval '1 hour' * random()), topic_id
       from posts where substr(id, 2)::int % ${every} = 0`,
      [end.toISOString()],
    );
  }
  for (const { definition } of indexes) await sql.query(definition);
  await sql.query("set session_replication_role = origin");
  await sql.query("vacuum analyze topics, posts, boosts, bookmarks, topic_window_metrics");
  await sql.query("checkpoint");
}

/** Adds posts of the five minutes before `end` in the ordinary way, triggers and indexes included. */
export async function addPosts(
  sql: Client,
  load: Load,
  end: Date,
  count: number,
  idPrefix: string,
): Promise<void> {
  await sql.query(
    `insert into posts (id, topic_id, author_id, reply_to, created_at)
     select $4::text || n, ${topicOf("$1::int")}, ${authorOf("$1::int")}, ${replyOf},
       $2::timestamptz - interval '5 minutes' * ($3::int - n) / $3::int
     from generate_series(1, $3::int) n`,
    [load.topics, end.toISOString(), count, idPrefix],
  );
}

/** What five minutes bring: posts, and engagement with the posts of the last day. */
export async function addFiveMinutes(sql: Client, load: Load, end: Date, round: number): Promise<void> {
  const posts = postsInFiveMinutes(load);
  await addPosts(sql, load, end, posts, `r${round}-`);
  for (const [table, every] of [
    ["boosts", 4],
    ["bookmarks", 10],
  ]) {
    await sql.query(
      `insert into ${table} (post_id, user_id, created_at)
       select 'p' || (2 * $1::int - floor($1::int * random())::int), $4::text || n,
         $2::timestamptz - interval '5 minutes' * ($3::int - n) / $3::int
       from generate_series(1, $3::int) n`,
      [load.postsADay, end.toISOString(), Math.round(posts / Number(every)), `r${round}-`],
    );
  }
}

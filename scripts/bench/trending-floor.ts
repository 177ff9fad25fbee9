import { spawnSync } from "node:child_process";

/** The same aggregate as one plain statement: no function, view or table of ours but the data. */
const statement = (end: string) => `
with bounds as (select timestamptz '${end}' as e)
insert into bench_topic_metrics as t
select topic_id, coalesce(posts_24h, 0), coalesce(posts_6h, 0), coalesce(authors_24h, 0), coalesce(authors_6h, 0),
  coalesce(before_24h, 0), coalesce(before_6h, 0), coalesce(replies_24h, 0), coalesce(replies_6h, 0),
  coalesce(boosts_24h, 0), coalesce(boosts_6h, 0), coalesce(bookmarks_24h, 0), coalesce(bookmarks_6h, 0)
from (
  select topic_id,
    count(*) filter (where created_at > e - interval '24 hours') as posts_24h,
    count(*) filter (where created_at > e - interval '6 hours') as posts_6h,
    count(distinct author_id) filter (where created_at > e - interval '24 hours') as authors_24h,
    count(distinct author_id) filter (where created_at > e - interval '6 hours') as authors_6h,
    count(distinct author_id) filter (where created_at <= e - interval '24 hours') as before_24h,
    count(distinct author_id) filter (where created_at > e - interval '12 hours' and created_at <= e - interval '6 hours') as before_6h,
    count(*) filter (where created_at > e - interval '24 hours' and reply_to is not null) as replies_24h,
    count(*) filter (where created_at > e - interval '6 hours' and reply_to is not null) as replies_6h
  from public.posts, bounds
  where deleted_at is null and created_at > e - interval '48 hours' and created_at <= e group by topic_id
) p
full join (
  select topic_id, count(*) as boosts_24h, count(*) filter (where created_at > e - interval '6 hours') as boosts_6h
  from public.boosts, bounds
  where topic_id is not null and created_at > e - interval '24 hours' and created_at <= e group by topic_id
) b using (topic_id)
full join (
  select topic_id, count(*) as bookmarks_24h, count(*) filter (where created_at > e - interval '6 hours') as bookmarks_6h
  from public.bookmarks, bounds
  where topic_id is not null and created_at > e - interval '24 hours' and created_at <= e group by topic_id
) k using (topic_id)
on conflict (topic_id) do update set
  posts_24h = excluded.posts_24h, posts_6h = excluded.posts_6h,
  authors_24h = excluded.authors_24h, authors_6h = excluded.authors_6h,
  before_24h = excluded.before_24h, before_6h = excluded.before_6h,
  replies_24h = excluded.replies_24h, replies_6h = excluded.replies_6h,
  boosts_24h = excluded.boosts_24h, boosts_6h = excluded.boosts_6h,
  bookmarks_24h = excluded.bookmarks_24h, bookmarks_6h = excluded.bookmarks_6h;`;

const COLUMNS = ["posts", "authors", "before", "replies", "boosts", "bookmarks"]
  .flatMap((name) => [`${name}_24h`, `${name}_6h`])
  .map((name) => `${name} int not null`)
  .join(", ");

/** True where psql can be started. */
export function hasPsql(): boolean {
  return spawnSync("psql", ["--version"]).status === 0;
}

/** Milliseconds that psql's own \timing tells of the aggregate into an empty table, with the memory our function has. */
export function bareAggregate(postgresUrl: string, end: Date): number {
  const { hostname, port, username, password, pathname } = new URL(postgresUrl);
  const script = [
    "set work_mem = '128MB';",
    "drop table if exists bench_topic_metrics;",
    `create table bench_topic_metrics (topic_id text collate "C" primary key, ${COLUMNS});`,
    "checkpoint;",
    "\\timing on",
    statement(end.toISOString()),
  ];
  const { status, stdout, stderr } = spawnSync("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1"], {
    input: `${script.join("\n")}\n`,
    encoding: "utf8",
    env: {
      ...process.env,
      PGHOST: hostname,
      PGPORT: port,
      PGUSER: decodeURIComponent(username),
      PGPASSWORD: decodeURIComponent(password),
      PGDATABASE: pathname.slice(1),
    },
  });
  const time = /^Time: ([\d.]+) ms/m.exec(stdout)?.[1];
  if (status !== 0 || time === undefined) throw new Error(`psql failed: ${stderr || stdout}`);
  return Number(time);
}

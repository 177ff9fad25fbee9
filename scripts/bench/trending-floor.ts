import { spawnSync } from "node:child_process";

/** The same aggregate as one plain statement over posts, boosts and bookmarks: no function or view of ours. */
function statementOf(end: Date): string {
  const ago = (hours: number) => `'${new Date(end.getTime() - hours * 3_600_000).toISOString()}'`;
  const engagement = (table: string) => `
  select topic_id, count(*) as ${table}_24h, count(*) filter (where created_at > ${ago(6)}) as ${table}_6h
  from public.${table} where topic_id is not null and created_at > ${ago(24)} and created_at <= ${ago(0)} group by topic_id`;
  return `
insert into bench_topic_metrics as t
select topic_id, ${NAMES.map((name) => `coalesce(${name}, 0)`).join(", ")}
from (
  select topic_id,
    count(*) filter (where created_at > ${ago(24)}) as posts_24h,
    count(*) filter (where created_at > ${ago(6)}) as posts_6h,
    count(distinct author_id) filter (where created_at > ${ago(24)}) as authors_24h,
    count(distinct author_id) filter (where created_at > ${ago(6)}) as authors_6h,
    count(distinct author_id) filter (where created_at <= ${ago(24)}) as before_24h,
    count(distinct author_id) filter (where created_at > ${ago(12)} and created_at <= ${ago(6)}) as before_6h,
    count(*) filter (where created_at > ${ago(24)} and is_reply) as replies_24h,
    count(*) filter (where created_at > ${ago(6)} and is_reply) as replies_6h
  from public.posts
  where deleted_at is null and created_at > ${ago(48)} and created_at <= ${ago(0)} group by topic_id
) p
full join (${engagement("boosts")}) b using (topic_id)
full join (${engagement("bookmarks")}) k using (topic_id)
on conflict (topic_id) do update set ${NAMES.map((name) => `${name} = excluded.${name}`).join(", ")};`;
}

const NAMES = ["posts", "authors", "before", "replies", "boosts", "bookmarks"].flatMap((name) => [
  `${name}_24h`,
  `${name}_6h`,
]);

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
    `create table bench_topic_metrics (topic_id text collate "C" primary key, ${NAMES.map((name) => `${name} int not null`).join(", ")});`,
    "checkpoint;",
    "\\timing on",
    statementOf(end),
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

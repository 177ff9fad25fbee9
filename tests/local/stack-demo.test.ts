import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "@upstash/redis";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoThemeId, seedDemoData } from "@/scripts/local/demo-data";
import { resetStack } from "@/scripts/local/reset";
import { type Stack, startStack } from "@/scripts/local/stack";

const MONDAY = new Date("2031-03-03T00:05:00+09:00");
const THURSDAY = new Date("2031-03-06T23:55:00+09:00");

let dataDir: string;
let stack: Stack;
let redis: Redis;
let client: Client;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "banzuke-demo-"));
  stack = await startStack({
    dataDir,
    ports: "free",
    app: "none",
    ticker: false,
    demo: false,
    durable: false,
    redisEngine: "memory",
  });
  redis = new Redis({ url: stack.file.redisRestUrl, token: stack.file.redisRestToken });
  client = new Client({ connectionString: stack.file.postgresUrl });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await stack?.stop();
  await resetStack(dataDir);
  await rm(dataDir, { recursive: true, force: true });
});

async function themes(): Promise<{ date: string; works: number; closed: boolean; sponsored: boolean }[]> {
  const { rows } = await client.query(
    `select t.date::text, t.sponsored, t.submissions_closed_at is not null as closed,
       (select count(*)::int from public.works w where w.theme_id = t.id) as works
     from public.themes t order by t.date`,
  );
  return rows;
}

async function posts(): Promise<number> {
  const { rows } = await client.query<{ n: number }>("select count(*)::int as n from public.posts");
  return rows[0]?.n ?? 0;
}

describe("demo data", () => {
  it("fills seven days, of which those up to today no longer take works", async () => {
    await seedDemoData(stack.file, MONDAY);
    const days = await themes();
    expect(days.map(({ date, closed }) => [date, closed])).toEqual([
      ["2031-03-01", true],
      ["2031-03-02", true],
      ["2031-03-03", true],
      ["2031-03-04", false],
      ["2031-03-05", false],
      ["2031-03-06", false],
      ["2031-03-07", false],
    ]);
    expect(days.filter(({ sponsored }) => sponsored)).toHaveLength(1);
    expect(days.reduce((sum, { works }) => sum + works, 0)).toBe(2987);
    for (const { date, works } of days)
      expect(await redis.zcard(`rankings:${demoThemeId(date)}`)).toBe(works);
  });

  it("puts three works with metrics that cannot be among today's best hundred", async () => {
    const best = await redis.zrange<string[]>(`rankings:${demoThemeId("2031-03-03")}`, 0, 99, { rev: true });
    const metrics = await Promise.all(
      best.map((id) => redis.hgetall<Record<string, unknown>>(`metrics:${id}`)),
    );
    expect(metrics.filter((m) => m === null)).toHaveLength(1);
    expect(metrics.filter((m) => m?.impressions === "many")).toHaveLength(1);
    expect(metrics.filter((m) => Number(m?.likes) > Number(m?.impressions))).toHaveLength(1);
  });

  it("changes nothing a second time", async () => {
    const before = await themes();
    const said = await posts();
    await seedDemoData(stack.file, MONDAY);
    expect(await themes()).toEqual(before);
    const { rows } = await client.query("select count(*)::int as n from public.push_tokens");
    expect(rows).toEqual([{ n: 250 }]);
    expect(await posts()).toBe(said);
  });

  it("watches articles of six owners, with sixty days of readings before today and none of today", async () => {
    const { rows } = await client.query(
      `select (select count(*)::int from public.articles) as articles,
         (select count(*)::int from public.user_alert_settings) as owners,
         count(distinct checked_on)::int as days, max(checked_on)::text as last,
         count(*) filter (where status = 'failed') > 0 as gaps,
         count(*) filter (where status = 'not_ranked') > 0 as absences,
         count(*) filter (where position <> trunc(position)) > 0 as averages
       from public.rank_observations`,
    );
    expect(rows).toEqual([
      { articles: 40, owners: 6, days: 60, last: "2031-03-02", gaps: true, absences: true, averages: true },
    ]);
  });

  it("fills topics up to now with a few busy and many quiet ones, counted and with two days of history", async () => {
    const { rows } = await client.query(
      `select (select count(*)::int from public.topics) as topics,
         (select count(*) between 5000 and 8000 from public.posts) as posts,
         (select count(*) > 5000 from public.boosts) as boosts, (select count(*) > 1000 from public.bookmarks) as bookmarks,
         (select max(created_at) between $1::timestamptz - interval '30 minutes' and $1 from public.posts) as current,
         (select count(*)::int from public.posts where deleted_at is not null) as taken_back,
         (select count(distinct window_end)::int from public.topic_metrics_recordings) as recorded,
         (select window_end = $1 and pass is null from public.trending_state) as counted`,
      [MONDAY],
    );
    expect(rows).toEqual([
      {
        topics: 120,
        posts: true,
        boosts: true,
        bookmarks: true,
        current: true,
        taken_back: 1,
        recorded: 48,
        counted: true,
      },
    ]);
  });

  it("tells of a topic that rises, one that has fallen and one that a bot floods", async () => {
    const { rows } = await client.query(
      `select topic_id, participant_delta_24h > 100 as newcomers, participant_delta_24h < -100 as leavers,
         posts_24h > 3 * unique_authors_24h as flooded
       from public.topic_metrics where topic_id = any ($1) order by topic_id`,
      [["taifu", "nihon-daihyo", "okaidoku", "yofukashi-film"]],
    );
    expect(rows).toEqual([
      { topic_id: "nihon-daihyo", newcomers: false, leavers: true, flooded: false },
      { topic_id: "okaidoku", newcomers: false, leavers: false, flooded: true },
      { topic_id: "taifu", newcomers: true, leavers: false, flooded: false },
      { topic_id: "yofukashi-film", newcomers: false, leavers: false, flooded: false },
    ]);
  });

  it("restores the live rankings of open themes when Redis lost them, and of no closed one", async () => {
    const [gone, closed] = [demoThemeId("2031-03-04"), demoThemeId("2031-03-01")];
    await client.query("update public.themes set closed_at = now(), closed_outcome = 'empty' where id = $1", [
      closed,
    ]);
    await redis.del(`rankings:${gone}`, `rankings:${closed}`);
    await seedDemoData(stack.file, MONDAY);
    expect(await redis.exists(`rankings:${gone}`, `rankings:${closed}`)).toBe(1);
    expect(await redis.zcard(`rankings:${gone}`)).toBeGreaterThan(400);
  });

  it("adds the days that came since, and closes submissions of those that have come", async () => {
    const said = await posts();
    await seedDemoData(stack.file, THURSDAY);
    expect(await posts()).toBeGreaterThan(said + 5_000);
    const days = await themes();
    expect(days).toHaveLength(10);
    expect(
      days
        .filter(({ closed }) => closed)
        .map(({ date }) => date)
        .at(-1),
    ).toBe("2031-03-06");
    expect(days.at(-1)).toMatchObject({ date: "2031-03-10", closed: false });
    expect(await redis.zcard(`rankings:${demoThemeId("2031-03-10")}`)).toBeGreaterThan(400);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { requestedOccurrence, scheduledOccurrence } from "@/lib/engine/occurrence";
import { runJob } from "@/lib/engine/run-job";
import { finalizeRanking, previewFinalization } from "@/lib/jobs/finalize-ranking";
import { addLiveWorks, addTheme, openWorld, type World } from "../support/world";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.setNow("2026-11-22T13:00:30Z");
  await world.sql("truncate themes, rankings, job_runs, jobs, events, push_tokens cascade");
  await world.redis.flushall();
});

const run = (input: object = {}, trigger: "cron" | "manual" = "manual") => {
  const now = world.ctx.now();
  const occurrence = trigger === "cron" ? scheduledOccurrence(finalizeRanking, now) : null;
  return runJob(finalizeRanking, world.ctx, {
    trigger,
    input,
    ...(occurrence ?? requestedOccurrence(trigger, now)),
  });
};
const rankings = (theme: string) =>
  world.sql<{ rank: number; work_id: string; score: string; likes: string | null }>(
    "select rank, work_id, score, likes from rankings where theme_id = $1 order by rank",
    [theme],
  );
const eventCount = async () => Number((await world.sql("select count(*) as n from events"))[0]?.n);

const threeWorks = {
  a: { live: 0.9, metrics: { likes: 90, impressions: 100, unique_viewers: 80 } },
  b: { live: 0.5, metrics: { likes: 9, impressions: 10, unique_viewers: 10 } },
  c: { live: 0.7, metrics: { likes: 900, impressions: 1000, unique_viewers: 700 } },
};

describe("finalize-ranking at 22:00 JST", () => {
  test("stores the day's ranking by recomputed Wilson score with header, event and closed theme", async () => {
    await addTheme(world, { id: "t1", title: "夜の映画" });
    await addLiveWorks(world.redis, "t1", threeWorks);
    const report = await run({}, "cron");
    expect(report).toMatchObject({
      status: "succeeded",
      result: { outcome: "finalized", counts: { themes: 1, works: 3 } },
    });
    expect(await rankings("t1")).toEqual([
      { rank: 1, work_id: "c", score: "0.87985", likes: "900" },
      { rank: 2, work_id: "a", score: "0.82563", likes: "90" },
      { rank: 3, work_id: "b", score: "0.59584", likes: "9" },
    ]);
    const [header] = await world.sql(
      "select s.*, ranking_checksum('t1') as recomputed, t.closed_outcome from ranking_snapshots s join themes t on t.id = s.theme_id",
    );
    expect(header).toMatchObject({ version: 1, entries: 3, closed_outcome: "finalized" });
    expect(header?.checksum).toBe(header?.recomputed);
    expect(report.status === "succeeded" && header?.run_id === report.runId).toBe(true);
    const events = await world.sql("select name, payload from events");
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      name: "ranking_finalized",
      payload: {
        theme_id: "t1",
        theme_title: "夜の映画",
        version: 1,
        entries: 3,
        checksum: header?.checksum,
      },
    });
  });

  test("closes themes of earlier days that nobody closed, and leaves those still to come alone", async () => {
    await addTheme(world, { id: "missed", date: "2026-11-20" });
    await addTheme(world, { id: "today" });
    await addTheme(world, { id: "tomorrow", date: "2026-11-23", submissionsClosedAt: null });
    for (const id of ["missed", "today", "tomorrow"]) {
      await addLiveWorks(world.redis, id, {
        [`${id}-1`]: { live: 1, metrics: { likes: 1, impressions: 2, unique_viewers: 1 } },
      });
    }
    expect(await run({}, "cron")).toMatchObject({ result: { counts: { finalized: 2 } } });
    expect(await world.sql("select id from themes where closed_at is not null order by id")).toEqual([
      { id: "missed" },
      { id: "today" },
    ]);
  });

  test("waits for 22:00 when the schedule calls early, but closes when a person asks after submissions closed", async () => {
    world.setNow("2026-11-22T12:30:00Z");
    await addTheme(world, { id: "t1" });
    await addLiveWorks(world.redis, "t1", threeWorks);
    expect(await run({}, "cron")).toMatchObject({ result: { outcome: "nothing_due" } });
    expect(await run({}, "manual")).toMatchObject({ result: { outcome: "finalized" } });
  });

  test("refuses a theme that is still open unless forced", async () => {
    world.setNow("2026-11-22T03:00:00Z");
    await addTheme(world, { id: "t1", submissionsClosedAt: null });
    await addLiveWorks(world.redis, "t1", threeWorks);
    expect(await run({ theme_id: "t1" })).toMatchObject({
      status: "failed",
      failure: { code: "ranking_still_open" },
    });
    expect(await rankings("t1")).toEqual([]);
    expect(await run({ theme_id: "t1", force: true })).toMatchObject({ result: { outcome: "finalized" } });
  });

  test("takes only the best works of the live ranking, as many as CONTEST_TOP_N says", async () => {
    await addTheme(world, { id: "t1" });
    const works = Object.fromEntries(
      Array.from({ length: 130 }, (_, n) => [
        `w${n}`,
        { live: n, metrics: { likes: n, impressions: 200, unique_viewers: 1 } },
      ]),
    );
    await addLiveWorks(world.redis, "t1", works);
    await run({}, "cron");
    const stored = await rankings("t1");
    expect(stored).toHaveLength(100);
    expect(stored[0]?.work_id).toBe("w129");
    expect(stored.at(-1)?.work_id).toBe("w30");
  });
});

describe("an empty or damaged leaderboard", () => {
  test("closes a theme without works as empty: the run succeeds and nothing is ranked", async () => {
    await addTheme(world, { id: "t1" });
    expect(await run({}, "cron")).toMatchObject({
      status: "succeeded",
      result: { outcome: "empty", counts: { empty: 1 } },
    });
    expect(await world.sql("select closed_outcome from themes")).toEqual([{ closed_outcome: "empty" }]);
    expect(await world.sql("select from ranking_snapshots")).toEqual([]);
  });

  test("says nothing is due when there is no theme at all", async () => {
    expect(await run({}, "cron")).toMatchObject({ status: "succeeded", result: { outcome: "nothing_due" } });
  });

  test("finalizes a theme that was closed empty once its works are back and somebody names it", async () => {
    await addTheme(world, { id: "t1" });
    await run({}, "cron");
    await addLiveWorks(world.redis, "t1", threeWorks);
    expect(await run({ theme_id: "t1" })).toMatchObject({ result: { outcome: "finalized" } });
    expect(await world.sql("select closed_outcome from themes")).toEqual([{ closed_outcome: "finalized" }]);
  });

  test("ranks works with absurd or missing metrics by what is valid, and counts them", async () => {
    await addTheme(world, { id: "t1" });
    await addLiveWorks(world.redis, "t1", {
      good: { live: 5, metrics: { likes: 50, impressions: 100, unique_viewers: 40 } },
      clamped: { live: 4, metrics: { likes: 300, impressions: 200, unique_viewers: 40 } },
      negative: { live: 3, metrics: { likes: -4, impressions: 100, unique_viewers: 40 } },
      text: { live: 2, metrics: { likes: "many", impressions: 100, unique_viewers: 40 } },
      gone: { live: 1 },
    });
    expect(await run({}, "cron")).toMatchObject({
      status: "succeeded",
      result: {
        counts: { works: 5, metrics_likes_above_impressions: 1, metrics_not_a_count: 2, metrics_missing: 1 },
      },
    });
    expect(await rankings("t1")).toEqual([
      { rank: 1, work_id: "clamped", score: "0.98115", likes: "200" },
      { rank: 2, work_id: "good", score: "0.40383", likes: "50" },
      { rank: 3, work_id: "gone", score: "0.00000", likes: null },
      { rank: 4, work_id: "negative", score: "0.00000", likes: null },
      { rank: 5, work_id: "text", score: "0.00000", likes: null },
    ]);
  });

  test("one theme whose data cannot be read does not keep the others open", async () => {
    await addTheme(world, { id: "bad" });
    await addTheme(world, { id: "good" });
    await world.redis.set("rankings:bad", "not a sorted set");
    await addLiveWorks(world.redis, "good", threeWorks);
    expect(await run({}, "cron")).toMatchObject({
      status: "failed",
      failure: { message: expect.stringContaining("bad: ") },
      counts: { finalized: 1, failed: 1 },
    });
    expect(await rankings("good")).toHaveLength(3);
  });
});

describe("finalizing again", () => {
  beforeEach(async () => {
    await addTheme(world, { id: "t1" });
    await addLiveWorks(world.redis, "t1", threeWorks);
    await run({}, "cron");
  });

  test("changes nothing and fires nothing when the data is identical", async () => {
    const before = await world.sql("select * from ranking_snapshots");
    expect(await run({ theme_id: "t1" })).toMatchObject({ result: { outcome: "unchanged" } });
    expect(await run({ theme_id: "t1", force: true })).toMatchObject({ result: { outcome: "unchanged" } });
    expect(await world.sql("select * from ranking_snapshots")).toEqual(before);
    expect(await eventCount()).toBe(1);
  });

  test("refuses different data without force, and keeps what stands", async () => {
    await addLiveWorks(world.redis, "t1", {
      d: { live: 1, metrics: { likes: 1, impressions: 1, unique_viewers: 1 } },
    });
    expect(await run({ date: "2026-11-22" })).toMatchObject({
      status: "failed",
      failure: { code: "ranking_conflict", permanent: true },
    });
    expect(await rankings("t1")).toHaveLength(3);
    expect(await eventCount()).toBe(1);
  });

  test("records a new version with force, keeps the old one whole and fires one event for it", async () => {
    const old = await world.sql("select checksum from ranking_snapshots");
    await addLiveWorks(world.redis, "t1", {
      d: { live: 1, metrics: { likes: 1, impressions: 1, unique_viewers: 1 } },
    });
    expect(await run({ theme_id: "t1", force: true })).toMatchObject({ result: { outcome: "finalized" } });
    expect(await world.sql("select version, entries from ranking_snapshots")).toEqual([
      { version: 2, entries: 4 },
    ]);
    const [superseded] = await world.sql(
      "select version, checksum, jsonb_array_length(rankings) as rows from superseded_rankings",
    );
    expect(superseded).toEqual({ version: 1, checksum: old[0]?.checksum, rows: 3 });
    expect(await eventCount()).toBe(2);
  });

  test("leaves the ranking alone when the live keys have expired since", async () => {
    await world.redis.flushall();
    expect(await run({ theme_id: "t1", force: true })).toMatchObject({ result: { outcome: "unchanged" } });
    expect(await rankings("t1")).toHaveLength(3);
  });

  test("a dry run shows the difference and writes nothing", async () => {
    await addLiveWorks(world.redis, "t1", {
      a: { live: 1, metrics: { likes: 100, impressions: 100, unique_viewers: 1 } },
    });
    const runs = await world.sql("select id from job_runs");
    const [preview] = await previewFinalization(world.ctx, { theme_id: "t1" }, "api");
    expect(preview).toMatchObject({
      outcome: "would_replace",
      diff: {
        added: [],
        removed: [],
        moved: [
          { workId: "a", from: 2, to: 1 },
          { workId: "c", from: 1, to: 2 },
        ],
      },
    });
    expect(await world.sql("select id from job_runs")).toEqual(runs);
    expect(await world.sql("select version from ranking_snapshots")).toEqual([{ version: 1 }]);
  });
});

test("Redis being away fails the run with that reason, writes nothing, and the next call recovers", async () => {
  await addTheme(world, { id: "t1" });
  await addLiveWorks(world.redis, "t1", threeWorks);
  await world.redisServer.stop();
  expect(await run({}, "cron")).toMatchObject({
    status: "failed",
    failure: { code: "redis_unavailable", permanent: false },
  });
  expect(await rankings("t1")).toEqual([]);
  expect(await world.sql("select closed_at from themes")).toEqual([{ closed_at: null }]);
  await world.redisServer.start();
  await addLiveWorks(world.redis, "t1", threeWorks);
  expect(await run({}, "cron")).toMatchObject({ status: "succeeded", attempt: 2 });
  expect(await rankings("t1")).toHaveLength(3);
  const [row] = await world.sql("select history from job_runs");
  expect(row?.history).toMatchObject([
    { attempt: 1, status: "failed", error: { code: "redis_unavailable" } },
  ]);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type RunReport, runJob } from "@/lib/engine/run-job";
import { refreshTrending, refreshTrendingInput } from "@/lib/jobs/refresh-trending";
import { backfillHistory } from "@/lib/trending/backfill";
import { randomOf } from "../support/random";
import { addPosts, addTopics, type Counted, countSlowly, engage, forgetTrending } from "../support/trending";
import { openWorld, type World } from "../support/world";

const NOW = "2026-11-22T13:02:30Z";
const HOUR_MS = 3_600_000;

let world: World;
beforeAll(async () => {
  world = await openWorld(NOW);
});
afterAll(() => world?.close());
beforeEach(async () => {
  await forgetTrending(world.sql);
  world.setNow(NOW);
  vi.unstubAllEnvs();
});

let runs = 0;
const run = (input: Record<string, unknown> = {}, job = refreshTrending): Promise<RunReport> =>
  runJob(job, world.ctx, {
    trigger: "cli",
    occurrence: `cli:${++runs}`,
    input: refreshTrendingInput.parse(input),
    timeoutSeconds: job === refreshTrending ? null : job.timeoutSeconds,
  });
const resultOf = async (report: Promise<RunReport>) => {
  const ended = await report;
  if (ended.status !== "succeeded") throw new Error(JSON.stringify(ended));
  return ended.result;
};

/** Topics `t0` to `t7`, with posts, replies, boosts and bookmarks over the four days before NOW. */
async function addDays(seed: number): Promise<void> {
  const random = randomOf(seed);
  const pick = (n: number) => Math.floor(random() * n);
  const now = new Date(NOW).getTime();
  const instant = () => new Date(now - random() * 96 * HOUR_MS).toISOString();
  await addTopics(world.sql, ...Array.from({ length: 8 }, (_, n) => `t${n}`));
  for (let n = 0; n < 400; n += 1) {
    const replyTo = n > 0 && random() < 0.3 ? `p${pick(n)}` : null;
    await addPosts(world.sql, {
      id: `p${n}`,
      topic: `t${pick(8)}`,
      author: `a${pick(12)}`,
      at: instant(),
      replyTo,
    });
    if (random() < 0.4) await engage(world.sql, "boosts", `p${n}`, `u${pick(9)}`, instant());
    if (random() < 0.2) await engage(world.sql, "bookmarks", `p${n}`, `u${pick(9)}`, instant());
  }
  await world.sql("update posts set deleted_at = created_at where id like 'p%7'");
}

const hour = (iso: string) => new Date(iso).getTime();
/** The history of a source: topics by window end and window, as the slow program answers them. */
async function recorded(source: string, end: Date, minutes: number): Promise<Map<string, Counted>> {
  const rows = await world.sql<Counted & { topic_id: string }>(
    `select topic_id, posts, unique_authors, previous_authors, replies, boosts, bookmarks from topic_metrics_history
     where source = $1 and window_end = $2 and window_minutes = $3`,
    [source, end, minutes],
  );
  return new Map(rows.map(({ topic_id, ...counted }) => [topic_id, counted]));
}
const recordings = () =>
  world.sql<{ window_end: Date; recorded_at: Date }>(
    `select distinct on (window_end) window_end, recorded_at from topic_metrics_recordings
     where source = 'backfill' order by window_end desc`,
  );
const ends = async () => (await recordings()).map(({ window_end }) => window_end.toISOString());

describe("a backfill", () => {
  test("counts every full hour of the last day as a slow program does, and refreshes", async () => {
    await addDays(1);
    const { outcome, counts } = await resultOf(run({ backfill: true }));
    expect(outcome).toBe("backfilled");
    expect(counts).toMatchObject({ windows_counted: 24, windows_kept: 0 });
    const hours = Array.from({ length: 24 }, (_, n) => new Date(hour("2026-11-22T13:00:00Z") - n * HOUR_MS));
    expect(await ends()).toEqual(hours.map((end) => end.toISOString()));
    for (const end of hours) {
      for (const minutes of [1_440, 360]) {
        const slow = [...(await countSlowly(world.sql, end, minutes))];
        const known = slow.filter(([, { posts, boosts, bookmarks }]) => posts + boosts + bookmarks > 0);
        expect(await recorded("backfill", end, minutes)).toEqual(new Map(known));
      }
    }
    expect(await world.sql("select window_end from trending_state")).toEqual([
      { window_end: new Date("2026-11-22T13:02:00Z") },
    ]);
  }, 120_000);

  test("leaves what it has counted as it is, and with `again` counts it anew", async () => {
    await addTopics(world.sql, "t1");
    await addPosts(world.sql, { id: "p1", topic: "t1", at: "2026-11-22T09:30:00Z" });
    await run({ backfill: true, minutes: "180" });
    const before = await recordings();
    await addPosts(world.sql, { id: "p2", topic: "t1", at: "2026-11-22T09:31:00Z" });
    expect(await resultOf(run({ backfill: true, minutes: "300" }))).toMatchObject({
      counts: { windows_counted: 2, windows_kept: 3 },
    });
    expect((await recordings()).slice(0, 3)).toEqual(before);
    expect((await recorded("backfill", new Date("2026-11-22T11:00:00Z"), 360)).get("t1")?.posts).toBe(1);
    expect(await resultOf(run({ backfill: true, minutes: "300", again: true }))).toMatchObject({
      counts: { windows_counted: 5, windows_kept: 0 },
    });
    expect((await recorded("backfill", new Date("2026-11-22T11:00:00Z"), 360)).get("t1")?.posts).toBe(2);
  });

  test("steps through the hour where asked to, and meets full hours", async () => {
    await run({ backfill: true, minutes: 60, step: 20 });
    expect(await ends()).toEqual([
      "2026-11-22T13:00:00.000Z",
      "2026-11-22T12:40:00.000Z",
      "2026-11-22T12:20:00.000Z",
    ]);
  });

  test("records the profile in force before anything was ever refreshed", async () => {
    vi.stubEnv("TRENDING_SCORE_PROFILE", "default");
    await world.sql("update score_profiles set active = true where name = 'engagement'");
    await addTopics(world.sql, "t1");
    await addPosts(world.sql, { id: "p1", topic: "t1", at: "2026-11-22T12:30:00Z" });
    await run({ backfill: true, minutes: 60 });
    expect(
      await world.sql("select distinct profile from topic_metrics_history where source = 'backfill'"),
    ).toEqual([{ profile: "engagement" }]);
  });

  test("stopped between two window ends, it says how many are left and keeps what it has", async () => {
    const stop = new AbortController();
    const report = await backfillHistory(
      world.ctx,
      { minutes: 300, stepMinutes: 60, again: false },
      {
        signal: new AbortController().signal,
        stop: stop.signal,
        onCounted: (done) => done === 2 && stop.abort(),
      },
    );
    expect(report).toMatchObject({ counted: 2, kept: 0, left: 3 });
    expect(await ends()).toEqual(["2026-11-22T13:00:00.000Z", "2026-11-22T12:00:00.000Z"]);
  });

  test("within a function's limit it ends in good order, alarms nobody, and the next call goes on", async () => {
    // The reserve leaves nothing of this limit: it stops at once.
    const limited = { ...refreshTrending, timeoutSeconds: 40 };
    const report = await run({ backfill: true, minutes: 1_440 }, limited);
    expect(report).toMatchObject({
      status: "failed",
      failure: { code: "backfill_unfinished", permanent: false },
    });
    const { windows_counted = 0, windows_left = 0 } = report.status === "failed" ? report.counts : {};
    expect(windows_counted + windows_left).toBe(24);
    expect(windows_left).toBeGreaterThan(0);
    expect(await resultOf(run({ backfill: true, minutes: 1_440 }))).toMatchObject({
      counts: { windows_counted: windows_left, windows_kept: windows_counted },
    });
  });

  test("two at once count the same and neither fails", async () => {
    await addDays(2);
    const both = await Promise.all([
      resultOf(run({ backfill: true, minutes: 240, again: true })),
      resultOf(run({ backfill: true, minutes: 240, again: true })),
    ]);
    expect(both.map(({ outcome }) => outcome)).toEqual(["backfilled", "backfilled"]);
    const end = new Date("2026-11-22T12:00:00Z");
    const slow = [...(await countSlowly(world.sql, end, 1_440))];
    expect(await recorded("backfill", end, 1_440)).toEqual(
      new Map(slow.filter(([, { posts, boosts, bookmarks }]) => posts + boosts + bookmarks > 0)),
    );
  });
});

describe("a comparison", () => {
  const comparisonOf = async (input: Record<string, unknown>) =>
    (await resultOf(run(input))).details as { comparison: Record<string, unknown> & { summary: string } };

  test("says in words that there is nothing to compare", async () => {
    const { comparison } = await comparisonOf({ compare: true });
    expect(comparison).toMatchObject({ windowEnds: 0, compared: 0, examples: [] });
    expect(comparison.summary).toMatch(/no window end was recorded both by a refresh and by a backfill/);
  });

  test("finds a backfill equal to what refreshes recorded", async () => {
    await addDays(3);
    for (const at of ["2026-11-22T11:00:10Z", "2026-11-22T11:45:10Z", "2026-11-22T12:00:10Z", NOW]) {
      world.setNow(at);
      await run();
    }
    const { comparison } = await comparisonOf({ backfill: true, minutes: 300, compare: true });
    expect(comparison).toMatchObject({ windowEnds: 3, different: 0, onlyRefresh: 0, onlyBackfill: 0 });
    expect(comparison.compared).toBeGreaterThan(20);
    expect(comparison.equal).toBe(comparison.compared);
  });

  test("names topic, window end, field and both values of a post that came late", async () => {
    await addTopics(world.sql, "t1", "t2", "t3");
    await addPosts(
      world.sql,
      { id: "p1", topic: "t1", author: "a1", at: "2026-11-22T10:30:00Z" },
      { id: "p2", topic: "t2", author: "a1", at: "2026-11-22T10:30:00Z" },
    );
    world.setNow("2026-11-22T11:00:05Z");
    await run();
    world.setNow("2026-11-22T11:20:00Z");
    await addPosts(
      world.sql,
      { id: "late", topic: "t1", author: "a2", at: "2026-11-22T10:59:00Z", replyTo: "p1" },
      { id: "first", topic: "t3", author: "a2", at: "2026-11-22T10:59:00Z" },
    );
    const { comparison } = await comparisonOf({ backfill: true, minutes: 60, compare: true });
    const fields = {
      posts: { refresh: 1, backfill: 2 },
      unique_authors: { refresh: 1, backfill: 2 },
      replies: { refresh: 0, backfill: 1 },
    };
    const windowEnd = new Date("2026-11-22T11:00:00Z");
    expect(comparison).toEqual({
      summary: "window ends in common: 1; topics compared: 4, equal: 2, different: 2, in one list alone: 2",
      windowEnds: 1,
      compared: 4,
      equal: 2,
      different: 2,
      onlyRefresh: 0,
      onlyBackfill: 2,
      examples: [
        { topicId: "t1", window: "24h", windowEnd, fields },
        { topicId: "t1", window: "6h", windowEnd, fields },
      ],
    });
  });
});

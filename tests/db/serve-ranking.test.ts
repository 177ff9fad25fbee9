import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { rankingQuery } from "@/lib/contest/api";
import { rankingServer } from "@/lib/contest/serve";
import { requestedOccurrence } from "@/lib/engine/occurrence";
import { runJob } from "@/lib/engine/run-job";
import { finalizeRanking } from "@/lib/jobs/finalize-ranking";
import { connectDatabase } from "@/lib/platform/database";
import { addLiveWorks, addTheme, openWorld, type World } from "../support/world";

let world: World;
beforeAll(async () => {
  world = await openWorld("2026-11-22T10:00:00Z");
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.sql("truncate themes, rankings, job_runs, jobs, events cascade");
  await world.redis.flushall();
  await addTheme(world, { id: "t1", title: "夜の映画", submissionsClosedAt: "2026-11-22T09:00:00Z" });
  await addLiveWorks(
    world.redis,
    "t1",
    Object.fromEntries(Array.from({ length: 25 }, (_, n) => [id(n + 1), workAt(n + 1)])),
  );
  await world.sql("insert into works (id, theme_id, title, author_id) values ('w01', 't1', '一番', 'u1')");
});

/** Twenty-five works: w01 leads, live and final. */
const id = (n: number) => `w${String(n).padStart(2, "0")}`;
const workAt = (n: number) => ({
  live: 100 - n,
  metrics: { likes: 100 - n, impressions: 200, unique_viewers: 5 },
});
/** A server without memory of earlier tests. */
const ask = (query: Record<string, unknown>) =>
  rankingServer(world.ctx)(rankingQuery.parse({ theme_id: "t1", ...query }));
const ids = (answer: { entries: { work_id: string }[] }) => answer.entries.map((entry) => entry.work_id);
const close = () =>
  runJob(finalizeRanking, world.ctx, {
    trigger: "manual",
    input: {},
    ...requestedOccurrence("manual", world.ctx.now()),
  });

describe("while a theme is open", () => {
  test("answers the live ranking with titles, closing time and when it was read", async () => {
    const answer = await ask({ limit: 2 });
    expect(answer).toMatchObject({
      source: "live",
      generated_at: "2026-11-22T10:00:00.000Z",
      closes_at: "2026-11-22T13:00:00.000Z",
      snapshot: null,
      total: 25,
      degraded: [],
      entries: [
        { rank: 1, work_id: "w01", title: "一番", score: 99, likes: 99, impressions: 200, unique_viewers: 5 },
        { rank: 2, work_id: "w02", title: null },
      ],
    });
  });

  test("pages by cursor through every work once", async () => {
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await ask({ limit: 10, ...(cursor ? { cursor } : {}) });
      seen.push(...ids(page));
      cursor = page.next_cursor;
    } while (cursor);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => id(n + 1)));
  });

  test.each([
    ["in the middle", "w12", 10, 14],
    ["at the top", "w01", 1, 5],
    ["at the bottom", "w25", 21, 25],
  ])("centres on a work %s, and its rank is the one in the list", async (_, around, first, last) => {
    const answer = await ask({ around, limit: 5 });
    expect(answer.entries.map((entry) => entry.rank)).toEqual(
      Array.from({ length: last - first + 1 }, (_, n) => first + n),
    );
    expect(answer.entries.find((entry) => entry.work_id === around)?.rank).toBe(Number(around.slice(1)));
  });
});

describe("once a theme is closed", () => {
  beforeEach(async () => {
    await close();
    await addLiveWorks(world.redis, "t1", {
      late: { live: 1000, metrics: { likes: 1, impressions: 1, unique_viewers: 1 } },
    });
  });

  test("answers what was finalized, though likes still move the live ranking", async () => {
    const answer = await ask({ limit: 1 });
    expect(answer).toMatchObject({
      source: "snapshot",
      total: 25,
      snapshot: { version: 1 },
      entries: [{ work_id: "w01", title: "一番" }],
    });
    expect(answer.generated_at).toBe(answer.snapshot?.finalized_at);
    expect(await ask({ limit: 1, source: "live" })).toMatchObject({
      source: "live",
      entries: [{ work_id: "late" }],
    });
  });

  test("pages and centres as the live ranking does", async () => {
    const first = await ask({ limit: 20 });
    expect(ids(await ask({ limit: 20, cursor: first.next_cursor }))).toEqual([
      "w21",
      "w22",
      "w23",
      "w24",
      "w25",
    ]);
    expect(ids(await ask({ around: "w12", limit: 3 }))).toEqual(["w11", "w12", "w13"]);
    expect(ids(await ask({ around: "w25", limit: 3 }))).toEqual(["w23", "w24", "w25"]);
  });

  test("says that a cursor of the live ranking has expired instead of mixing two rankings", async () => {
    const live = await ask({ limit: 5, source: "live" });
    await expect(ask({ limit: 5, cursor: live.next_cursor })).rejects.toMatchObject({
      status: 410,
      code: "cursor_expired",
    });
  });

  test("still answers when Redis is away", async () => {
    await world.redisServer.stop();
    expect(await ask({})).toMatchObject({ source: "snapshot", total: 25 });
    await expect(ask({ source: "live" })).rejects.toMatchObject({ code: "redis_unavailable" });
    await world.redisServer.start();
  });
});

describe("when something is missing", () => {
  test.each([
    ["no such theme", { theme_id: "nope" }, 404, "theme_not_found"],
    ["a work that is not ranked", { around: "nobody" }, 404, "work_not_ranked"],
    ["a snapshot before closing", { source: "snapshot" }, 404, "no_ranking"],
    ["a made-up cursor", { cursor: "garbage" }, 400, "invalid_request"],
  ])("%s is told as such", async (_, query, status, code) => {
    await expect(ask(query)).rejects.toMatchObject({ status, code });
  });

  test("an open theme without Redis is a passing failure, not an empty ranking", async () => {
    await world.redisServer.stop();
    await expect(ask({})).rejects.toMatchObject({ code: "redis_unavailable" });
    await world.redisServer.start();
  });

  test("the live ranking is served without the database, saying so", async () => {
    const other = await openWorld("2026-11-22T10:00:00Z");
    await addLiveWorks(other.redis, "t1", { w01: workAt(1) });
    const unreachable = { ...other.ctx, db: brokenDatabase() };
    expect(await rankingServer(unreachable)(rankingQuery.parse({ theme_id: "t1" }))).toMatchObject({
      source: "live",
      theme: null,
      closes_at: null,
      degraded: ["database"],
      entries: [{ work_id: "w01", title: null }],
    });
    await other.close();
  });
});

test("whoever asks right after closing gets the final ranking, not an answer remembered from before", async () => {
  const serve = rankingServer(world.ctx);
  const query = rankingQuery.parse({ theme_id: "t1" });
  expect(await serve(query)).toMatchObject({ source: "live" });
  await close();
  expect(await serve(query)).toMatchObject({ source: "snapshot" });
});

test("a crowd that asks at once costs one read", async () => {
  const serve = rankingServer(world.ctx);
  const query = rankingQuery.parse({ theme_id: "t1" });
  const answers = await Promise.all(Array.from({ length: 100 }, () => serve(query)));
  expect(new Set(answers).size).toBe(1);
});

function brokenDatabase() {
  // A port nothing listens on: the discard service, never open on a test machine.
  return connectDatabase("http://127.0.0.1:9", "sb_secret_none");
}

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { topicsBody } from "@/lib/trending/answer";
import { postsQuery, topicsQuery, topicsResponse } from "@/lib/trending/api";
import { refreshMetrics } from "@/lib/trending/refresh";
import { trendingServer } from "@/lib/trending/serve";
import { addPosts, addTopics, countSlowly, engage, forgetTrending } from "../support/trending";
import { openWorld, type World } from "../support/world";

const NOW = "2026-11-22T13:00:30Z";
const END = "2026-11-22T13:00:00.000Z";
const { signal } = new AbortController();

let world: World;
beforeAll(async () => {
  world = await openWorld(NOW);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.setNow(NOW);
  await forgetTrending(world.sql);
  await world.redis.flushall();
});

const refresh = () => refreshMetrics(world.ctx, { signal });
/** A server without memory of earlier tests. */
const server = () => trendingServer(world.ctx);
const topics = async (query: Record<string, unknown> = {}, from = server()) =>
  topicsResponse.parse(topicsBody(await from.topics(topicsQuery.parse(query))));
const posts = async (query: Record<string, unknown> = {}) => server().posts(postsQuery.parse(query));
const ids = (answer: { topics: { topic_id: string }[] }) => answer.topics.map((topic) => topic.topic_id);

/** Twelve topics; t00 has most posts. Posts lie 23 minutes apart, so both windows differ. */
async function addScenario() {
  const names = Array.from({ length: 12 }, (_, n) => `t${String(n).padStart(2, "0")}`);
  await addTopics(world.sql, ...names);
  for (const [n, topic] of names.entries()) {
    for (let m = 0; m < 26 - 2 * n; m += 1) {
      const at = new Date(Date.parse(NOW) - (m * 23 + n) * 60_000).toISOString();
      const author = `a${(m * 7 + n) % (3 + n)}`;
      await addPosts(world.sql, {
        id: `${topic}-${m}`,
        topic,
        author,
        at,
        replyTo: m % 3 ? null : `${topic}-0`,
      });
      if ((m + n) % 4 === 0) await engage(world.sql, "boosts", `${topic}-${m}`, `u${n}`, at);
      if ((m + n) % 5 === 0) await engage(world.sql, "bookmarks", `${topic}-${m}`, `u${n}`, at);
    }
  }
}

/** The ranking by the slow program: score as the seed writes it, ties by id. */
async function rankSlowly(minutes: number) {
  const counted = await countSlowly(world.sql, new Date(END), minutes);
  return [...counted]
    .map(([topic_id, c]) => ({
      topic_id,
      score: Math.round((c.posts * 0.6 + c.unique_authors * 0.3 + c.boosts * 0.1) * 1e6) / 1e6,
      posts_count: c.posts,
      unique_authors: c.unique_authors,
      boosts: c.boosts,
      replies: c.replies,
      bookmarks: c.bookmarks,
      participant_delta: c.unique_authors - c.previous_authors,
    }))
    .filter((topic) => topic.posts_count + topic.boosts + topic.bookmarks > 0)
    .toSorted((a, b) => b.score - a.score || (a.topic_id < b.topic_id ? -1 : 1))
    .map((topic, n) => ({ rank: n + 1, ...topic }));
}

describe("GET /api/v1/trending/topics (scenario trending-feed)", () => {
  test.each([
    ["24h", 1_440],
    ["6h", 360],
  ])(
    "%s: from metrics and counted live, it answers what a slow program computes from every row",
    async (window, minutes) => {
      await addScenario();
      const truth = await rankSlowly(minutes);
      expect(truth).toHaveLength(12);
      const live = await topics({ window, limit: 20 });
      expect(live).toMatchObject({ source: "live", stale: true, generated_at: END });
      await refresh();
      const metrics = await topics({ window, limit: 20 });
      expect(metrics).toMatchObject({ source: "metrics", stale: false, banner: null, generated_at: END });
      for (const answer of [live, metrics]) {
        expect(answer.topics.map(({ name: _, score_parts: __, ...topic }) => topic)).toEqual(truth);
        for (const { score, score_parts } of answer.topics) {
          expect(score_parts.map(({ part, weight }) => [part, weight])).toEqual([
            ["posts", 0.6],
            ["unique_authors", 0.3],
            ["boosts", 0.1],
          ]);
          expect(score_parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 5);
        }
      }
    },
  );

  test("says which window it counted, and generated_at is its end (seed 001: generated_at = topic_metrics.window_end)", async () => {
    await addScenario();
    await refresh();
    const answer = await topics({ window: "6h" });
    expect(answer.window).toEqual({ name: "6h", minutes: 360, start: "2026-11-22T07:00:00.000Z", end: END });
    const [row] = await world.sql("select distinct window_end from topic_metrics");
    expect(row).toEqual({ window_end: new Date(END) });
  });

  test("pages follow each other without a gap or a repetition, ties included", async () => {
    await addTopics(world.sql, ...Array.from({ length: 9 }, (_, n) => `t${n}`));
    for (let n = 0; n < 9; n += 1) {
      await addPosts(world.sql, { id: `p${n}`, topic: `t${n}`, at: "2026-11-22T12:00:00Z" });
    }
    await refresh();
    // A topic deleted since the last refresh does not end the list early.
    await world.sql("delete from topics where id = 't3'");
    const seen: [number, string][] = [];
    let pages = 0;
    let cursor: string | null = null;
    do {
      pages += 1;
      const page: Awaited<ReturnType<typeof topics>> = await topics({
        limit: 3,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.topics.map((topic): [number, string] => [topic.rank, topic.topic_id]));
      cursor = page.next_cursor;
    } while (cursor);
    expect(pages).toBe(3);
    expect(seen).toEqual(Array.from({ length: 9 }, (_, n) => [n + 1, `t${n}`]));
  });

  test("old metrics: counted live for fifteen minutes and more, with the banner in both languages", async () => {
    await addScenario();
    await refresh();
    world.setNow("2026-11-22T13:15:00Z");
    expect(await topics()).toMatchObject({ source: "metrics", stale: false });
    world.setNow("2026-11-22T13:16:30Z");
    await addPosts(world.sql, { id: "newest", topic: "t11", at: "2026-11-22T13:10:00Z" });
    const answer = await topics();
    expect(answer).toMatchObject({ source: "live", stale: true, generated_at: "2026-11-22T13:16:00.000Z" });
    expect(answer.banner?.ja).toContain("一時的に集計結果が旧データ");
    expect(answer.banner?.en).toContain("temporarily out of date");
    expect(answer.topics.find(({ topic_id }) => topic_id === "t11")?.posts_count).toBe(5);
  });

  test("old metrics that cannot be counted live in time are answered as they are, and called stale", async () => {
    await addScenario();
    await refresh();
    world.setNow("2026-11-22T14:00:30Z");
    const [{ definition }] = (await world.sql(
      "select pg_get_functiondef('trending_totals'::regproc) as definition",
    )) as [{ definition: string }];
    await world.sql(
      definition.replace(
        /AS \$function\$[\s\S]*\$function\$/,
        () =>
          "AS $$ begin raise exception 'canceling statement due to statement timeout' using errcode = '57014'; end $$",
      ),
    );
    try {
      const answer = await topics();
      expect(answer).toMatchObject({ source: "metrics", stale: true, generated_at: END });
      expect(answer.banner?.en).toContain("generated_at says how old");
      expect(answer.topics).toHaveLength(12);

      // Nothing to fall back on: a refusal to try again later, and the database is left alone meanwhile.
      await world.sql("update trending_state set pass = 'build'");
      const one = server();
      for (const limit of [3, 5]) {
        await expect(topics({ limit }, one)).rejects.toMatchObject({
          status: 503,
          code: "trends_unavailable",
          headers: { "retry-after": "30" },
        });
      }
      await world.sql(definition);
      await expect(topics({ limit: 7 }, one)).rejects.toMatchObject({ status: 503 });
      const live = await topics();
      expect(live).toMatchObject({ source: "live", stale: true });
      expect(live.banner?.en).toContain("being aggregated anew");
    } finally {
      await world.sql(definition);
    }
  });

  test("a page read while the metrics moved on is read again, not answered half of each", async () => {
    await addScenario();
    await refresh();
    const from = server();
    await topics({ limit: 1 }, from);
    // What the server knows is a moment old; a full count begins, and has written nothing yet.
    await world.sql("update trending_state set pass = 'build', refreshed_at = clock_timestamp()");
    await world.sql("update topic_window_metrics set posts = 0, boosts = 0, bookmarks = 0");
    expect(await topics({ limit: 2 }, from)).toMatchObject({
      source: "live",
      topics: [{ rank: 1 }, { rank: 2 }],
    });
  });

  test("a crowd costs one count: live answers are shared for a minute, also between instances", async () => {
    await addScenario();
    const first = server();
    const [one, two] = await Promise.all([topics({}, first), topics({}, first)]);
    expect(one).toEqual(two);
    await addPosts(world.sql, { id: "unseen", topic: "t00", at: "2026-11-22T12:59:00Z" });
    expect(await topics()).toEqual(one);
    // A minute on: the unseen post, and one dated 13:00:30.
    world.setNow("2026-11-22T13:01:30Z");
    expect((await topics()).topics[0]?.posts_count).toBe((one.topics[0]?.posts_count ?? 0) + 2);
  });

  test("an admin's choice of weights changes the ranking at once, and a refresh keeps it", async () => {
    await addTopics(world.sql, "loud", "broad");
    for (let n = 0; n < 11; n += 1) {
      await addPosts(world.sql, { id: `l${n}`, topic: "loud", author: "a1", at: "2026-11-22T12:00:00Z" });
    }
    for (let n = 0; n < 7; n += 1) {
      await addPosts(world.sql, { id: `b${n}`, topic: "broad", author: `a${n}`, at: "2026-11-22T12:00:00Z" });
    }
    await refresh();
    expect(ids(await topics())).toEqual(["loud", "broad"]);
    await world.sql("select choose_score_profile('newcomers', 'default')");
    const changed = await topics();
    expect(changed).toMatchObject({ profile: "newcomers" });
    expect(ids(changed)).toEqual(["broad", "loud"]);
    world.setNow("2026-11-22T13:05:30Z");
    await refresh();
    expect(await topics()).toMatchObject({ profile: "newcomers" });
  });

  test("a window that is not counted here is a 404 that names those that are", async () => {
    await expect(topics({ window: "7d" })).rejects.toMatchObject({
      status: 404,
      code: "window_not_configured",
      message: "The window 7d is not counted here; there are 24h, 6h.",
    });
  });

  test("answers while Redis is away, counted live or not", async () => {
    await addScenario();
    await world.redisServer.stop();
    try {
      expect(await topics()).toMatchObject({ source: "live" });
    } finally {
      await world.redisServer.start();
    }
  });

  test("nothing trends: an empty list, not an error", async () => {
    await refresh();
    expect(await topics()).toMatchObject({ source: "metrics", stale: false, topics: [], next_cursor: null });
  });
});

describe("GET /api/v1/trending/posts", () => {
  test("brings at most so many posts of each of the first topics, newest first, none outside the window or taken down", async () => {
    await addScenario();
    await world.sql("update posts set deleted_at = now() where id = 't00-1'");
    await addPosts(world.sql, { id: "future", topic: "t00", at: "2026-11-22T14:00:00Z" });
    await refresh();
    const answer = await posts({ topics: 2, per_topic: 3 });
    expect(
      answer.topics.map(({ topic_id, rank, posts }) => [rank, topic_id, posts.map(({ id }) => id)]),
    ).toEqual([
      [1, "t01", ["t01-0", "t01-1", "t01-2"]],
      [2, "t00", ["t00-2", "t00-3", "t00-4"]],
    ]);
    expect(answer.topics[0]?.posts[0]).toEqual({
      ...{ id: "t01-0", author_id: "a1", reply_to: "t01-0", body: "", boosts: 0, bookmarks: 0 },
      created_at: "2026-11-22T12:59:30.000Z",
    });
  });
});

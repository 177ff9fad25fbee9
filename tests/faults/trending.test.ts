import { createClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStack, type TestStack } from "../support/stack";
import { addPosts, addTopics, countSlowly, engage, forgetTrending, storedCounts } from "../support/trending";

let stack: TestStack;
beforeAll(async () => {
  stack = await openStack({
    durable: true,
    env: { JOB_LEASE_SECONDS: "3", TRENDING_BATCH_TOPICS: "2", RATE_LIMIT_PER_MINUTE: "100000" },
  });
});
afterAll(() => stack?.close());
beforeEach(async () => {
  await stack.reset();
  await forgetTrending(stack.sql);
  await addTopics(stack.sql, "film", "food", "rail", "sumo", "tea");
  await addPosts(
    stack.sql,
    ...["film", "film", "food", "rail", "sumo", "sumo", "sumo", "tea"].map((topic, n) => ({
      id: `p${n}`,
      topic,
      author: `a${n % 3}`,
      at: ago(10 + n),
    })),
  );
  await engage(stack.sql, "boosts", "p0", "u1", ago(5));
});

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
/** A run of its own, as an operator starts it. */
const refresh = () => stack.cron("refresh-trending", { trigger: "manual" });
const windowEnd = async () =>
  (await stack.sql<{ window_end: Date }>("select window_end from trending_state"))[0]?.window_end;
/** Every stored count is what counting every row gives. */
async function expectTruth() {
  const end = await windowEnd();
  if (!end) throw new Error("nothing has been counted");
  for (const minutes of [1_440, 360]) {
    expect(await storedCounts(stack.sql, minutes)).toEqual(await countSlowly(stack.sql, end, minutes));
  }
}

describe("refresh-trending", () => {
  test("fifty calls for the same occurrence are one run", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => stack.cron("refresh-trending")));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    const occurrences = new Set(answers.map(({ body }) => body.occurrence));
    const ran = answers.filter(({ body }) => body.status === "succeeded");
    // The clock may pass a five-minute mark between the calls.
    expect(ran).toHaveLength(occurrences.size);
    await expectTruth();
  });

  test.each([
    ["before the refresh reaches the database", /rpc\/refresh_trending/, "request"],
    ["after it was committed, before its answer", /rpc\/refresh_trending/, "response"],
    ["between two batches of a full count", /rpc\/recompute_trending/, "response"],
    ["before what is past its keep is deleted", /rpc\/expire_trending/, "request"],
  ] as const)("killed %s, the next run counts everything exactly once", async (_, path, side) => {
    if (path.source.includes("refresh")) await refresh();
    await addPosts(stack.sql, { id: "late", topic: "film", author: "a9", at: ago(200) });
    await stack.sql("delete from posts where id = 'p3'");
    const point = stack.proxies.supabase.hold(path, side);
    const lost = refresh().then(
      ({ status }) => status,
      () => "none",
    );
    await point.held;
    await stack.killApp();
    expect(await lost).toBe("none");
    point.drop();
    await stack.startApp();
    await addPosts(stack.sql, { id: "after", topic: "tea", author: "a9", at: ago(1) });
    expect(await refresh()).toMatchObject({ status: 200, body: { status: "succeeded" } });
    await expectTruth();
    expect(await stack.cron("refresh-trending", { verify: "true" })).toMatchObject({
      body: { status: "succeeded", outcome: "verified", counts: { drift: 0 } },
    });
  });

  test("a bad input is named, and nothing is counted", async () => {
    expect(await stack.cron("refresh-trending", { verify: "maybe" })).toMatchObject({
      status: 400,
      body: { errors: [{ field: "verify", message: "must be true or false" }] },
    });
    expect(await windowEnd()).toBeNull();
  });
});

describe("the trending API", () => {
  const get = (path: string, headers: Record<string, string> = {}) => stack.ask(path, { headers });

  test("answers topics from metrics, and 304 to whoever has that answer already", async () => {
    await refresh();
    const answer = await get("/api/v1/trending/topics?window=6h&limit=2");
    expect(answer).toMatchObject({
      status: 200,
      body: {
        source: "metrics",
        stale: false,
        banner: null,
        generated_at: (await windowEnd())?.toISOString(),
        topics: [
          { rank: 1, topic_id: "sumo", posts_count: 3, score: 2.7 },
          { rank: 2, topic_id: "film", posts_count: 2, boosts: 1, score: 1.9 },
        ],
      },
    });
    const etag = answer.headers.get("etag") ?? "";
    expect(answer.headers.get("cache-control")).toContain("s-maxage=30");
    const again = await get("/api/v1/trending/topics?window=6h&limit=2", { "if-none-match": etag });
    expect([again.status, again.text]).toEqual([304, ""]);
    const next = await get(`/api/v1/trending/topics?window=6h&limit=2&cursor=${answer.body.next_cursor}`);
    expect(next.body.topics).toMatchObject([{ rank: 3, topic_id: "food" }, { rank: 4 }]);
  });

  test("answers posts per topic", async () => {
    await refresh();
    const { body } = await get("/api/v1/trending/posts?topics=1&per_topic=2");
    expect(body.topics).toMatchObject([{ rank: 1, topic_id: "sumo", posts: [{ id: "p4" }, { id: "p5" }] }]);
  });

  test.each<[string, string]>([
    ["topics?window=12h", "window"],
    ["topics?limit=0", "limit"],
    ["topics?limit=ten", "limit"],
    ["topics?cursor=nonsense", "cursor"],
    ["topics?windows=24h", "windows"],
    ["topics?window=24h&window=6h", "window"],
    ["posts?per_topic=21", "per_topic"],
    ["posts?topics=51", "topics"],
  ])("%s is a 400 that names the field", async (path, field) => {
    const answer = await get(`/api/v1/trending/${path}`);
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request", errors: [{ field }] } });
  });

  test("while Postgres is down, what was known a moment ago is still answered; what is new is a 503", async () => {
    await refresh();
    const path = "/api/v1/trending/topics?window=24h&limit=3";
    const before = await get(path);
    expect(before.status).toBe(200);
    await stack.stopPostgres();
    try {
      expect(await get(path)).toMatchObject({ status: 200, body: before.body });
      expect(await get("/api/v1/trending/topics?window=24h&limit=7")).toMatchObject({
        status: 503,
        body: { code: "unavailable" },
      });
    } finally {
      await stack.startPostgres();
    }
    await expect.poll(() => get("/api/v1/trending/topics?limit=7").then(({ status }) => status)).toBe(200);
  });
});

describe("GET /api/v1/following", () => {
  const feed = (query: string, jwt?: string) =>
    stack.ask(`/api/v1/following?${query}`, jwt ? { headers: { authorization: `Bearer ${jwt}` } } : {});
  const signUp = async (email: string) => {
    const { auth } = createClient(stack.env.NEXT_PUBLIC_SUPABASE_URL ?? "", stack.file.publishableKey);
    const { data } = await auth.signUp({ email, password: "correct horse battery" });
    return { id: data.user?.id ?? "", token: data.session?.access_token ?? "" };
  };

  test("is for its user and for services alone", async () => {
    const [me, you] = [await signUp("me@banzuke.test"), await signUp("you@banzuke.test")];
    await stack.sql("insert into user_follows (user_id, followed_id) values ($1, 'a0')", [me.id]);
    expect((await feed(`user_id=${me.id}`)).status).toBe(401);
    expect((await feed(`user_id=${me.id}`, you.token)).status).toBe(403);
    for (const bearer of [me.token, stack.file.serviceRoleJwt, stack.file.secretKey]) {
      const answer = await feed(`user_id=${me.id}&limit=2`, bearer);
      expect(answer).toMatchObject({
        status: 200,
        body: { user_id: me.id, posts: [{ id: "p0", because: "author" }, { id: "p3" }] },
      });
      expect(answer.headers.get("cache-control")).toBe("private, no-store");
    }
    expect(await feed("limit=2", stack.file.serviceRoleJwt)).toMatchObject({
      status: 400,
      body: { errors: [{ field: "user_id", message: "is required" }] },
    });
  });
});

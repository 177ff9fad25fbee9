import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStack, type TestStack } from "../support/stack";
import {
  addDueTheme,
  addTheme,
  allDelivered,
  closedOnce,
  deliveries,
  ledger,
  letTimePass,
  stored,
  untouched,
} from "../support/stack-contest";

let stack: TestStack;
beforeAll(async () => {
  stack = await openStack();
});
afterAll(() => stack?.close());
beforeEach(() => stack.reset());
afterEach(() => stack.redisServer.start());

const finalize = () => stack.cron("finalize-ranking");
const expectRedisUnavailable = async (answer: ReturnType<typeof finalize>) => {
  expect(await answer).toMatchObject({
    status: 500,
    body: { code: "redis_unavailable", permanent: false, counts: { failed: 1 } },
  });
  expect(await stored(stack, "t1")).toEqual(untouched);
  expect(await ledger(stack)).toMatchObject([{ status: "failed", error: { code: "redis_unavailable" } }]);
};
const recovers = async () => {
  await stack.redisServer.start();
  expect((await finalize()).body).toMatchObject({ status: "succeeded", attempt: 2, outcome: "finalized" });
  expect(await stored(stack, "t1")).toEqual(closedOnce(5));
};

describe("a run without Redis", () => {
  test("fails with the reason, writes nothing, and the next call recovers", async () => {
    await addDueTheme(stack, "t1");
    await stack.redisServer.stop();
    await expectRedisUnavailable(finalize());
    await recovers();
  });

  test("fails as well when Redis goes between the order and the metrics", async () => {
    await addDueTheme(stack, "t1");
    let requests = 0;
    const metrics = stack.proxies.redis.hold(() => ++requests === 2);
    const call = finalize();
    await metrics.held;
    await stack.redisServer.stop();
    metrics.release();
    await expectRedisUnavailable(call);
    await recovers();
  });

  test("is taken up by sweep when nobody calls again", async () => {
    await addDueTheme(stack, "t1");
    await stack.redisServer.stop();
    await expectRedisUnavailable(finalize());
    await stack.redisServer.start();
    await stack.sql("update job_runs set finished_at = finished_at - interval '2 minutes'");
    expect((await stack.cron("sweep")).body).toMatchObject({ status: "succeeded", counts: { recovered: 1 } });
    expect(await stored(stack, "t1")).toEqual(closedOnce(5));
  });

  test("still tells PostHog and phones; only the keys' expiry waits for Redis", async () => {
    await addDueTheme(stack, "t1");
    const claim = stack.proxies.supabase.hold(/rpc\/claim_event_deliveries/);
    await finalize();
    await claim.held;
    await stack.redisServer.stop();
    claim.release();
    const statuses = async () => (await deliveries(stack)).map(({ sink, status }) => `${sink} ${status}`);
    await expect
      .poll(statuses, { timeout: 20_000 })
      .toEqual(["expo delivered", "live-key-expiry pending", "posthog delivered", "result-mail delivered"]);
    await stack.redisServer.start();
    await letTimePass(stack);
    await stack.cron("deliver-events");
    expect(await allDelivered(stack)).toBe(true);
    expect(await stack.redis.ttl("rankings:t1")).toBeGreaterThan(0);
  });
});

describe("the ranking API without Redis", () => {
  const ask = (theme: string) => stack.ask(`/api/v1/ranking?theme_id=${theme}`);

  test("answers a closed theme from its snapshot", async () => {
    await addDueTheme(stack, "closed-1");
    await finalize();
    await stack.redisServer.stop();
    expect(await ask("closed-1")).toMatchObject({
      status: 200,
      body: { source: "snapshot", total: 5, snapshot: { version: 1 } },
    });
  });

  test("answers 503 for an open one, and live again once Redis is back", async () => {
    await addTheme(stack, "open-1", { date: "2099-01-01", closed: false });
    await stack.redisServer.stop();
    const answer = await ask("open-1");
    expect(answer).toMatchObject({ status: 503, body: { code: "unavailable" } });
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(answer.text).not.toMatch(/127\.0\.0\.1|redis/i);
    await stack.redisServer.start();
    expect(await ask("open-1")).toMatchObject({ status: 200, body: { source: "live", degraded: [] } });
  });

  test("does not wait long for a Redis that hangs when the snapshot is all it needs", async () => {
    await addDueTheme(stack, "closed-2");
    await finalize();
    await expect.poll(() => allDelivered(stack), { timeout: 20_000 }).toBe(true);
    const hanging = stack.proxies.redis.hold(/./);
    const startedAt = performance.now();
    expect(await ask("closed-2")).toMatchObject({ status: 200, body: { source: "snapshot" } });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await hanging.held;
    hanging.drop();
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Providers, startProviders } from "../support/providers";
import { addLiveWorks, addTheme, openWorld, type World } from "../support/world";

let world: World;
let providers: Providers;
let deliver: () => Promise<{ delivered: number; postponed: number; failed: number }>;
let checkReceipts: () => Promise<Record<string, number>>;
let finalize: (input?: object) => Promise<unknown>;

beforeAll(async () => {
  // Far ahead of any real clock: Redis would delete keys at once whose expiry lies in its past.
  [world, providers] = await Promise.all([openWorld("2036-11-22T13:00:30Z"), startProviders()]);
  const { deliverEvents } = await import("@/lib/events/outbox");
  const { checkPushReceipts } = await import("@/lib/events/receipts");
  const { finalizeRanking } = await import("@/lib/jobs/finalize-ranking");
  const { runJob } = await import("@/lib/engine/run-job");
  const { requestedOccurrence } = await import("@/lib/engine/occurrence");
  const never = new AbortController().signal;
  deliver = () => deliverEvents(world.ctx, never);
  checkReceipts = () => checkPushReceipts(world.ctx, never);
  finalize = (input = {}) =>
    runJob(finalizeRanking, world.ctx, {
      trigger: "manual",
      input,
      ...requestedOccurrence("manual", world.ctx.now()),
    });
});
afterAll(() => Promise.all([world.close(), providers.close()]));
beforeEach(async () => {
  await world.sql("truncate themes, rankings, job_runs, jobs, events, push_tokens cascade");
  await Promise.all([world.redis.flushall(), providers.reset()]);
});

const addTokens = (
  count: number,
  name = (n: number) => `ExponentPushToken[t${String(n).padStart(4, "0")}]`,
) =>
  world.sql(
    "insert into push_tokens (token, user_id, locale) select * from unnest($1::text[], $2::text[], $3::text[])",
    [
      Array.from({ length: count }, (_, n) => name(n)),
      Array.from({ length: count }, (_, n) => `user-${n}`),
      Array.from({ length: count }, (_, n) => (n % 2 ? "en" : "ja")),
    ],
  );
const finalizeOneTheme = async () => {
  await addTheme(world, { id: "t1", title: "夜の映画", date: "2036-11-22" });
  await addLiveWorks(world.redis, "t1", {
    a: { live: 1, metrics: { likes: 1, impressions: 2, unique_viewers: 1 } },
    b: { live: 2, metrics: { likes: 2, impressions: 2, unique_viewers: 1 } },
  });
  await finalize();
};
const dueNow = () =>
  Promise.all([
    world.sql(
      "update event_deliveries set next_attempt_at = now(), lease_expires_at = least(lease_expires_at, now() - interval '1 s')",
    ),
    world.sql(
      "update push_messages set next_attempt_at = now(), lease_expires_at = least(lease_expires_at, now() - interval '1 s')",
    ),
  ]);
const deliveries = () => world.sql("select sink, status, attempts from event_deliveries order by sink");
interface Pushed {
  to: string;
  message: { title: string; data: { event_id: string }; collapseId: string };
}

describe("a finalized ranking", () => {
  test("reaches PostHog once, every phone once in its language, and sets the Redis keys to expire at 06:00 JST", async () => {
    await addTokens(250);
    await finalizeOneTheme();
    expect(await deliver()).toEqual({ delivered: 4, postponed: 0, failed: 0 });
    expect(await deliver()).toEqual({ delivered: 0, postponed: 0, failed: 0 });

    const [event] = await world.sql("select id, payload from events");
    expect(await providers.received("posthog", "events")).toMatchObject([
      {
        uuid: event?.id,
        event: "ranking_finalized",
        distinct_id: "theme:t1",
        properties: { version: 1, entries: 2 },
      },
    ]);
    const pushed = await providers.received<Pushed>("expo", "messages");
    expect(new Set(pushed.map((push) => push.to)).size).toBe(250);
    expect(pushed).toHaveLength(250);
    expect(new Set(pushed.map((push) => push.message.title))).toEqual(
      new Set(["結果が確定しました", "Results are in"]),
    );
    expect(new Set(pushed.map((push) => push.message.collapseId))).toEqual(new Set([event?.id]));

    const sixOClock = Date.parse("2036-11-23T06:00:00+09:00") / 1000;
    for (const key of ["rankings:t1", "metrics:a", "metrics:b"]) {
      const expiry = await world.redis.eval("return redis.call('EXPIRETIME', KEYS[1])", [key], []);
      expect(Number(expiry), key).toBe(sixOClock);
    }
  });

  test("waits for a sink that is down and loses nothing; the other sinks are not held up", async () => {
    await addTokens(3);
    await finalizeOneTheme();
    await providers.fail("posthog", { status: 503, times: 2 });
    expect(await deliver()).toEqual({ delivered: 3, postponed: 1, failed: 0 });
    expect(await deliveries()).toEqual([
      { sink: "expo", status: "delivered", attempts: 1 },
      { sink: "live-key-expiry", status: "delivered", attempts: 1 },
      { sink: "posthog", status: "pending", attempts: 1 },
      { sink: "result-mail", status: "delivered", attempts: 1 },
    ]);
    for (const left of [1, 0]) {
      await dueNow();
      expect(await deliver()).toMatchObject({ postponed: left });
    }
    expect(await providers.received("posthog", "events")).toHaveLength(1);
  });

  test("backs off: a postponed delivery is not tried before its time", async () => {
    await finalizeOneTheme();
    await providers.fail("posthog", { status: 500, times: 1 });
    await deliver();
    expect(await deliver()).toEqual({ delivered: 0, postponed: 0, failed: 0 });
    const [row] = await world.sql(
      "select round(extract(epoch from next_attempt_at - now())) as seconds from event_deliveries where sink = 'posthog'",
    );
    expect(Number(row?.seconds)).toBeGreaterThan(50);
  });

  test("sends PostHog the same uuid again when its answer was lost, so that it can dedupe", async () => {
    await finalizeOneTheme();
    await providers.fail("posthog", { status: 500, times: 1, processed: true });
    await deliver();
    await dueNow();
    await deliver();
    const events = await providers.received<{ uuid: string; timestamp: string }>("posthog", "events");
    expect(events).toHaveLength(2);
    expect(events[0]?.uuid).toBe(events[1]?.uuid);
    expect(events[0]?.timestamp).toBe(events[1]?.timestamp);
  });

  test("continues after Expo broke off in the middle: finished chunks are not pushed again", async () => {
    await addTokens(250);
    await finalizeOneTheme();
    await providers.fail("expo", { times: 1 });
    await providers.fail("expo", { status: 400, times: 1 });
    expect(await deliver()).toMatchObject({ postponed: 1 });
    expect(await providers.received("expo", "messages")).toHaveLength(100);
    await dueNow();
    await deliver();
    const pushed = await providers.received<Pushed>("expo", "messages");
    expect(pushed).toHaveLength(250);
    expect(new Set(pushed.map((push) => push.to)).size).toBe(250);
  });

  test("ten workers at once deliver each event to each sink once", async () => {
    await addTokens(120);
    await finalizeOneTheme();
    await Promise.all(Array.from({ length: 10 }, deliver));
    expect(await providers.received("posthog", "events")).toHaveLength(1);
    expect(await providers.received("expo", "messages")).toHaveLength(120);
  });

  test("a delivery whose worker died is taken over once its lease is over", async () => {
    await finalizeOneTheme();
    await world.db.rpc("claim_event_deliveries", { p_limit: 10, p_lease_seconds: 60 });
    expect(await deliver()).toMatchObject({ delivered: 0 });
    await dueNow();
    expect(await deliver()).toMatchObject({ delivered: 4 });
  });

  test("a corrected version is told to PostHog, but phones are not rung again", async () => {
    await addTokens(2);
    await finalizeOneTheme();
    await deliver();
    await addLiveWorks(world.redis, "t1", {
      c: { live: 3, metrics: { likes: 9, impressions: 9, unique_viewers: 9 } },
    });
    await finalize({ theme_id: "t1", force: true });
    await deliver();
    expect(await providers.received("posthog", "events")).toMatchObject([
      { properties: { version: 1 } },
      { properties: { version: 2 } },
    ]);
    expect(await providers.received("expo", "messages")).toHaveLength(2);
  });
});

describe("push receipts", () => {
  const receiptsDue = () =>
    world.sql("update push_messages set receipt_after = now() - interval '1 s' where status = 'sent'");
  const statuses = () =>
    world.sql("select status, count(*)::int as n from push_messages group by 1 order by 1");

  test("are asked for only after a quarter of an hour, and then settle every message", async () => {
    await addTokens(3);
    await finalizeOneTheme();
    await deliver();
    expect(await checkReceipts()).toMatchObject({ delivered: 0, failed: 0 });
    await receiptsDue();
    expect(await checkReceipts()).toMatchObject({ delivered: 3, failed: 0 });
    expect(await statuses()).toEqual([{ status: "delivered", n: 3 }]);
  });

  test("DeviceNotRegistered turns the token off, at the ticket or at the receipt", async () => {
    await addTokens(2, (n) => `ExponentPushToken[${["TicketError", "DeviceNotRegistered"][n]}]`);
    await finalizeOneTheme();
    await deliver();
    expect(await statuses()).toEqual([
      { status: "failed", n: 1 },
      { status: "sent", n: 1 },
    ]);
    await receiptsDue();
    expect(await checkReceipts()).toMatchObject({ failed: 1 });
    const off = await world.sql("select disabled_reason from push_tokens where disabled_at is not null");
    expect(off).toEqual([
      { disabled_reason: "DeviceNotRegistered" },
      { disabled_reason: "DeviceNotRegistered" },
    ]);
    const { rows } = await import("@/lib/platform/database");
    await world.sql(
      "insert into events (id, name, key, payload) values (gen_random_uuid(), 'n', 'later', '{}')",
    );
    const [later] = await world.sql<{ id: string }>("select id from events where key = 'later'");
    expect(await rows(world.db.rpc("fan_out_push", { p_event_id: later?.id ?? "" }))).toBe(0);
  });

  test("that never come are told as unconfirmed after a day, not as delivered", async () => {
    await addTokens(1);
    await finalizeOneTheme();
    await deliver();
    await world.sql("update push_messages set sent_at = now() - interval '25 hours'");
    expect(await checkReceipts()).toMatchObject({ unconfirmed: 1 });
    expect(await statuses()).toEqual([{ status: "unconfirmed", n: 1 }]);
  });
});

test("a theme closed empty is told to the operators in Slack once, and to nobody else", async () => {
  await addTokens(2);
  await addTheme(world, { id: "t1", title: "静かな一日", date: "2036-11-22" });
  await finalize();
  await finalize({ theme_id: "t1" });
  await deliver();
  const texts = await providers.slackTexts();
  expect(texts.filter((text) => text.includes("静かな一日"))).toHaveLength(1);
  expect(await providers.received("posthog", "events")).toEqual([]);
  expect(await providers.received("expo", "messages")).toEqual([]);
});

test("a failed run is told to the operators in Slack with its reason", async () => {
  await addTheme(world, { id: "t1", date: "2036-11-22" });
  await world.redis.set("rankings:t1", "not a sorted set");
  await finalize();
  expect(await providers.slackTexts()).toEqual([
    expect.stringMatching(/finalize-ranking.*failed[\s\S]*WRONGTYPE/),
  ]);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { HoldingProxy, Side } from "../support/proxy";
import { openStack, type TestStack } from "../support/stack";
import {
  addDueTheme,
  addPhones,
  allDelivered,
  closedOnce,
  deliveries,
  letTimePass,
  type Pushed,
  pushesPerPhone,
  stored,
} from "../support/stack-contest";

let stack: TestStack;
beforeAll(async () => {
  stack = await openStack();
});
afterAll(() => stack?.close());
beforeEach(async () => {
  await stack.reset();
  await addDueTheme(stack, "t1");
});

/** Closes the theme and kills the app while a request after the commit is held; the request is then dropped. */
async function closeThenKillAt(
  proxy: HoldingProxy,
  matches: RegExp | ((path: string) => boolean),
  side: Side,
): Promise<void> {
  const point = proxy.hold(matches, side);
  // Delivery follows the answer: whoever called has been told that the theme is closed.
  expect((await stack.cron("finalize-ranking")).body).toMatchObject({
    status: "succeeded",
    outcome: "finalized",
  });
  await point.held;
  await stack.killApp();
  point.drop();
  expect(await stored(stack, "t1")).toEqual(closedOnce(5));
  await stack.startApp();
}
const second = (pattern: RegExp) => {
  let seen = 0;
  return (path: string) => pattern.test(path) && ++seen === 2;
};
const pushed = () => stack.received<Pushed>("expo", "messages");
const howOften = async () => {
  const counts = [...pushesPerPhone(await pushed()).values()];
  return {
    once: counts.filter((n) => n === 1).length,
    twice: counts.filter((n) => n === 2).length,
    phones: counts.length,
  };
};
const eventIds = async () =>
  new Set((await stack.sql<{ id: string }>("select id from events")).map(({ id }) => id));

describe("killed between the commit and the delivery", () => {
  test("before anything was claimed: the next deliver-events brings every event to every sink, once", async () => {
    await addPhones(stack, 3);
    await closeThenKillAt(stack.proxies.supabase, /rpc\/claim_event_deliveries/, "request");
    expect((await stack.cron("deliver-events")).body).toMatchObject({
      status: "succeeded",
      outcome: "delivered",
      counts: { delivered: 4, postponed: 0, failed: 0 },
    });
    expect(await deliveries(stack)).toEqual([
      { sink: "expo", status: "delivered", attempts: 1 },
      { sink: "live-key-expiry", status: "delivered", attempts: 1 },
      { sink: "posthog", status: "delivered", attempts: 1 },
      { sink: "result-mail", status: "delivered", attempts: 1 },
    ]);
    expect(await stack.received("posthog", "events")).toHaveLength(1);
    expect(await howOften()).toEqual({ once: 3, twice: 0, phones: 3 });
    expect((await stack.cron("deliver-events", { trigger: "manual" })).body).toMatchObject({
      outcome: "nothing_due",
    });
  });

  test("after the claim: nobody else delivers while the lease stands, and afterwards the next one does", async () => {
    await addPhones(stack, 3);
    await closeThenKillAt(stack.proxies.supabase, /rpc\/claim_event_deliveries/, "response");
    expect((await stack.cron("deliver-events", { trigger: "manual" })).body).toMatchObject({
      outcome: "nothing_due",
    });
    await letTimePass(stack);
    await stack.cron("deliver-events");
    expect(await allDelivered(stack)).toBe(true);
    expect(await stack.received("posthog", "events")).toHaveLength(1);
    expect(await howOften()).toEqual({ once: 3, twice: 0, phones: 3 });
  });
});

describe("killed while 250 phones are told", () => {
  beforeEach(() => addPhones(stack, 250));
  const sendChunk = /push\/send/;

  test("before Expo got the second hundred: each phone is told exactly once", async () => {
    await closeThenKillAt(stack.proxies.expo, second(sendChunk), "request");
    expect(await howOften()).toEqual({ once: 100, twice: 0, phones: 100 });
    await letTimePass(stack);
    await stack.cron("deliver-events");
    expect(await allDelivered(stack)).toBe(true);
    expect(await howOften()).toEqual({ once: 250, twice: 0, phones: 250 });
  });

  test("after Expo took the second hundred: only that hundred is sent again, under the same id", async () => {
    await closeThenKillAt(stack.proxies.expo, second(sendChunk), "response");
    expect(await howOften()).toEqual({ once: 200, twice: 0, phones: 200 });
    await letTimePass(stack);
    await stack.cron("deliver-events");
    expect(await allDelivered(stack)).toBe(true);
    expect(await howOften()).toEqual({ once: 150, twice: 100, phones: 250 });
    const ids = await eventIds();
    expect(new Set((await pushed()).map(({ message }) => message.collapseId))).toEqual(ids);
    expect(new Set((await pushed()).map(({ message }) => message.data.event_id))).toEqual(ids);
  });

  test("after PostHog took the event: it comes again as the same event, and no phone is told twice", async () => {
    await closeThenKillAt(stack.proxies.posthog, /batch/, "response");
    await letTimePass(stack);
    await stack.cron("deliver-events");
    expect(await allDelivered(stack)).toBe(true);
    const events = await stack.received<{ uuid: string; timestamp: string }>("posthog", "events");
    expect(events).toHaveLength(2);
    expect(new Set(events.map(({ uuid }) => uuid))).toEqual(await eventIds());
    expect(new Set(events.map(({ timestamp }) => timestamp)).size).toBe(1);
    expect((await howOften()).phones).toBe(250);
  });
});

describe("a sink that is down", () => {
  test("holds up nobody else, and gets everything once it is back", async () => {
    await addPhones(stack, 150);
    await stack.fail("expo", { status: 503, times: 3 });
    await stack.fail("posthog", { status: 503, times: 2 });
    expect((await stack.cron("finalize-ranking")).body).toMatchObject({ status: "succeeded" });
    const statuses = async () => (await deliveries(stack)).map(({ sink, status }) => `${sink} ${status}`);
    await expect
      .poll(statuses, { timeout: 20_000 })
      .toEqual(["expo pending", "live-key-expiry delivered", "posthog pending", "result-mail delivered"]);
    for (let round = 0; round < 3; round += 1) {
      await letTimePass(stack);
      expect((await stack.cron("deliver-events", { trigger: "manual" })).status).toBe(200);
    }
    expect(await allDelivered(stack)).toBe(true);
    expect(await howOften()).toEqual({ once: 150, twice: 0, phones: 150 });
    expect(await stack.received("posthog", "events")).toHaveLength(1);
  });
});

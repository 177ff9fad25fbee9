import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Hold, Side } from "../support/proxy";
import { randomOf } from "../support/random";
import { openStack, type TestStack } from "../support/stack";
import {
  addDueTheme,
  addPhones,
  allDelivered,
  closedOnce,
  ledger,
  letTimePass,
  type Pushed,
  pushesPerPhone,
  stored,
} from "../support/stack-contest";

const SEED = 20261122;
const KILLS = 10;
const PHONES = 250;
/** Where a process may die: its request never leaves, arrives after its death, or is done and the answer is lost. */
const DEATHS = ["never sent", "arrives late", "answer lost"] as const;

let stack: TestStack;
/** Requests of a whole undisturbed run, from the call to the last settled delivery. */
let requestsOfARun: number;

beforeAll(async () => {
  stack = await openStack();
  await prepare();
  await stack.cron("finalize-ranking");
  await vi.waitUntil(() => allDelivered(stack), { timeout: 30_000 });
  requestsOfARun = Object.values(stack.proxies).flatMap((proxy) => proxy.seen().filter(isPartOfRun)).length;
});
afterAll(() => stack?.close());
beforeEach(() => prepare());

async function prepare(): Promise<void> {
  await stack.reset();
  await addDueTheme(stack, "t1", 30);
  await addPhones(stack, PHONES);
}

/** Heartbeats come by the clock, so they are not counted. */
const isPartOfRun = (path: string) => !path.includes("heartbeat");

/** Holds the nth request the app makes to any service. */
function holdRequest(nth: number, side: Side): { held: Promise<Hold> } {
  let count = 0;
  const isNth = (path: string) => isPartOfRun(path) && ++count === nth;
  const holds = Object.values(stack.proxies).map((proxy) => proxy.hold(isNth, side));
  return { held: Promise.race(holds.map((hold) => hold.held.then(() => hold))) };
}

describe(`a run killed at ${KILLS} random points (seed ${SEED})`, () => {
  const random = randomOf(SEED);
  const kills = Array.from({ length: KILLS }, (_, n) => ({
    percent: Math.round((100 * (n + random())) / KILLS),
    death: DEATHS[Math.floor(random() * DEATHS.length)] ?? "never sent",
  }));

  test.each(kills)(
    "at $percent % of its requests ($death) still ends with one snapshot and every phone told",
    async ({ percent, death }) => {
      const nth = Math.max(1, Math.floor((percent / 100) * requestsOfARun));
      const point = holdRequest(nth, death === "answer lost" ? "response" : "request");
      const call = stack.cron("finalize-ranking").catch(() => undefined);
      const hold = await point.held;
      await stack.killApp();
      await call;
      if (death === "arrives late") {
        hold.release();
        await hold.answered;
      } else hold.drop();

      await stack.startApp();
      await letTimePass(stack);
      expect((await stack.cron("finalize-ranking")).status).toBe(200);
      await expect
        .poll(
          async () => {
            await letTimePass(stack);
            await stack.cron("deliver-events", { trigger: "manual" });
            return allDelivered(stack);
          },
          { timeout: 30_000 },
        )
        .toBe(true);

      expect(await stored(stack, "t1")).toEqual(closedOnce(30));
      const [run, ...others] = await ledger(stack);
      expect(run?.status).toBe("succeeded");
      expect(run?.attempt).toBeLessThanOrEqual(2);
      expect(others).toEqual([]);
      const pushes = [...pushesPerPhone(await stack.received<Pushed>("expo", "messages")).values()];
      expect(pushes).toHaveLength(PHONES);
      expect(Math.max(...pushes)).toBeLessThanOrEqual(2);
      const [event] = await stack.sql<{ id: string }>("select id from events");
      const received = await stack.received<{ uuid: string }>("posthog", "events");
      expect(new Set(received.map(({ uuid }) => uuid))).toEqual(new Set([event?.id]));
      expect(received.length).toBeLessThanOrEqual(2);
      expect(await stack.redis.ttl("rankings:t1")).toBeGreaterThan(0);
    },
  );
});

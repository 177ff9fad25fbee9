import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { App } from "@/scripts/local/app-process";
import type { Hold, Side } from "../support/proxy";
import { randomOf } from "../support/random";
import { startCommand } from "../support/stack-commands";
import { ledger } from "../support/stack-contest";
import {
  accepted,
  addDueUsers,
  addressesOf,
  allTold,
  callCron,
  channelsOf,
  deliveryStates,
  letLeasesPass,
  notified,
  openWatchStack,
  slackIn,
  type WatchStack,
} from "../support/stack-watch";

const SEED = 20261122;
const KILLS = 20;
const USERS = 120;
const SLACK_EVERY = 5;
/** Messages a worker posts to Slack at once: as many may be in flight when it dies. */
const SLACK_AT_ONCE = 20;
/**
 * What becomes of the request during which the sender dies: it never leaves, arrives right after the death or only
 * once the work was done again, or is done and its answer is lost.
 */
const DEATHS = ["never sent", "arrives late", "arrives last", "answer lost"] as const;
type Death = (typeof DEATHS)[number];

let stack: WatchStack;
beforeAll(async () => {
  stack = await openWatchStack();
});
afterAll(() => stack?.close());
beforeEach(() => stack.reset());

const send = (server: App) => callCron(stack, server, "send-notifications", { trigger: "manual" });
let kills = 0;
let restart: Promise<void> = Promise.resolve();

/**
 * Kills a server that sends at a point, and lets the other one do the work again once the leases are over. The servers
 * take turns in dying. Answers how many Slack messages were in flight.
 */
async function killAndGoOn(hold: (side: Side) => { held: Promise<Hold> }, death: Death): Promise<number> {
  const [victim, survivor] = kills++ % 2 === 0 ? stack.servers : stack.servers.toReversed();
  if (!victim || !survivor) throw new Error("there are two servers");
  await restart;
  const point = hold(death === "answer lost" ? "response" : "request");
  const call = send(victim).then(
    ({ status }) => status,
    () => "none",
  );
  const held = await point.held;
  await victim.kill();
  expect(await call).toBe("none");
  restart = victim.start();
  const inFlight = (await slackIn(stack, "sending")).length;
  if (death === "arrives late") {
    held.release();
    await held.answered;
  } else if (death !== "arrives last") held.drop();

  await expect
    .poll(
      async () => {
        await letLeasesPass(stack);
        expect((await send(survivor)).body).toMatchObject({ status: "succeeded" });
        return isOver();
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  if (death === "arrives last") {
    held.release();
    await held.answered;
    await letLeasesPass(stack);
    expect((await send(survivor)).body).toMatchObject({ status: "succeeded", outcome: "nothing_due" });
  }
  return inFlight;
}
const isOver = async () =>
  Object.keys(await deliveryStates(stack)).every((state) => /(sent|uncertain)$/.test(state));

describe(`a sender killed at ${KILLS} random points (seed ${SEED})`, () => {
  /** Requests that a run makes as often whatever the weather: no claims that find nothing, no waiting. */
  const STEPS =
    /open_digests|digest_sources|freeze_digests|take_send_slot|emails\/batch|settle_email_batch|chat\.postMessage|settle_delivery/;
  let stepsOfARun: number;
  beforeAll(async () => {
    await stack.reset();
    await addDueUsers(stack, USERS, SLACK_EVERY);
    await send(stack.servers[0]);
    stepsOfARun = stepProxies().flatMap((proxy) => proxy.seen().filter((path) => STEPS.test(path))).length;
  });

  const random = randomOf(SEED);
  const points = Array.from({ length: KILLS }, (_, n) => ({
    percent: Math.round((100 * (n + random())) / KILLS),
    death: DEATHS[n % DEATHS.length] ?? "never sent",
  }));
  const stepProxies = () => [stack.proxies.supabase, stack.proxies.resend, stack.proxies.slack];
  const holdStep = (nth: number) => (side: Side) => {
    let count = 0;
    const isNth = (path: string) => STEPS.test(path) && ++count === nth;
    const holds = stepProxies().map((proxy) => proxy.hold(isNth, side));
    return { held: Promise.race(holds.map((hold) => hold.held.then(() => hold))) };
  };

  test.each(points)(
    "at $percent % of its requests ($death): every digest arrives, no e-mail and no Slack message twice",
    async ({ percent, death }) => {
      await addDueUsers(stack, USERS, SLACK_EVERY);
      const nth = Math.max(1, Math.floor((percent / 100) * stepsOfARun));
      const inFlight = await killAndGoOn(holdStep(nth), death);

      const { addresses, channels } = await accepted(stack);
      expect(addresses).toEqual(addressesOf(USERS));
      expect(await notified(stack)).toEqual(allTold(USERS));

      expect(channels).toEqual([...new Set(channels)]);
      const uncertain = await slackIn(stack, "uncertain");
      expect(uncertain.length).toBeLessThanOrEqual(Math.min(inFlight, SLACK_AT_ONCE));
      const missing = channelsOf(USERS, SLACK_EVERY).filter((channel) => !channels.includes(channel));
      expect(uncertain).toEqual(expect.arrayContaining(missing));
    },
  );
});

describe("a sender killed at an exact point", () => {
  /** The request at which it dies, by the service's proxy. */
  const holdAt = (service: "supabase" | "resend" | "slack", path: RegExp) => (side: Side) => {
    const hold = stack.proxies[service].hold(path, side);
    return { held: hold.held.then(() => hold) };
  };

  test.each<[string, Parameters<typeof holdAt>, Death, boolean[]]>([
    ["with digests opened and not written", ["supabase", /open_digests/], "answer lost", [false]],
    ["with digests frozen and not sent", ["supabase", /freeze_digests/], "answer lost", [false]],
    ["with e-mails claimed and Resend not asked", ["supabase", /take_send_slot/], "never sent", [false]],
    ["with Resend's answer under way", ["resend", /emails\/batch/], "answer lost", [false, true]],
    ["with the request to Resend overtaken", ["resend", /emails\/batch/], "arrives last", [false, true]],
    ["with the answer stored last", ["supabase", /settle_email_batch/], "arrives last", [false, true]],
    ["with the answer stored", ["supabase", /settle_email_batch/], "answer lost", [false]],
  ])(
    "%s: each e-mail is accepted once, and a repetition bears the same key",
    async (_, at, death, replays) => {
      await addDueUsers(stack, 3, 0);
      await killAndGoOn(holdAt(...at), death);
      expect(await accepted(stack)).toEqual({ addresses: addressesOf(3), channels: [] });
      expect(await deliveryStates(stack)).toEqual({ "email sent": 3 });
      expect(await notified(stack)).toEqual(allTold(3));
      const requests = await stack.providers.resendRequests();
      expect(requests.map(({ replayed }) => replayed)).toEqual(replays);
      expect(new Set(requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    },
  );

  test.each<[string, Parameters<typeof holdAt>, Death, { posted: number; state: string }]>([
    ["before it was posted", ["slack", /postMessage/], "never sent", { posted: 0, state: "uncertain" }],
    ["while it was posted", ["slack", /postMessage/], "answer lost", { posted: 1, state: "uncertain" }],
    ["and posted after all", ["slack", /postMessage/], "arrives last", { posted: 1, state: "uncertain" }],
    ["once it was stored", ["supabase", /settle_delivery/], "answer lost", { posted: 1, state: "sent" }],
  ])(
    "with a Slack message claimed, %s: it is never posted twice, and doubt is shown",
    async (_, at, death, end) => {
      await addDueUsers(stack, 1, 1);
      await stack.sql("update user_alert_settings set email = null");
      await killAndGoOn(holdAt(...at), death);
      expect((await accepted(stack)).channels).toHaveLength(end.posted);
      expect(await deliveryStates(stack)).toEqual({ [`slack ${end.state}`]: 1 });
      expect(await stack.sql("select state from notification_states")).toEqual([{ state: end.state }]);
    },
  );

  test("a killed npm run job is taken up by sweep, and nobody is told twice", async () => {
    await addDueUsers(stack, USERS, SLACK_EVERY);
    const lost = stack.proxies.resend.hold(/emails\/batch/, "response");
    const command = ["--import", "tsx", "scripts/job.ts", "send-notifications"];
    const { child, ended } = startCommand("node", command, stack.env);
    await lost.held;
    child.kill("SIGKILL");
    await ended;
    lost.drop();
    await restart;
    await letLeasesPass(stack);
    const sweep = await callCron(stack, stack.servers[0], "sweep", { trigger: "manual" });
    expect(sweep.body).toMatchObject({ counts: { recovered: 1 } });
    expect(await ledger(stack, "send-notifications")).toMatchObject([{ status: "succeeded", attempt: 2 }]);
    expect((await accepted(stack)).addresses).toEqual(addressesOf(USERS));
    expect(await notified(stack)).toEqual(allTold(USERS));
  });
});

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Answer } from "../support/stack";
import { ledger } from "../support/stack-contest";
import {
  accepted,
  addDueUsers,
  addressesOf,
  allTold,
  callCron,
  channelsOf,
  deliveryStates,
  notified,
  openWatchStack,
  type WatchStack,
} from "../support/stack-watch";

const WORKERS = 10;

let stack: WatchStack;
beforeAll(async () => {
  stack = await openWatchStack();
});
afterAll(() => stack?.close());
beforeEach(() => stack.reset());

/** Ten calls at once, five to each of the two servers. */
const tenCalls = (query: Record<string, string>) =>
  Array.from({ length: WORKERS }, (_, n) =>
    callCron(stack, stack.servers[n % 2 === 0 ? 0 : 1], "send-notifications", query),
  );
const summed = (answers: Answer[], name: string) =>
  answers.reduce((sum, { body }) => sum + ((body.counts as Record<string, number>)[name] ?? 0), 0);

test(`${WORKERS} workers over 5,000 due users send each digest exactly once, to e-mail and to Slack`, async () => {
  const users = 5_000;
  const slackEvery = 2;
  await addDueUsers(stack, users, slackEvery);
  // Requests of all workers are under way at once.
  await Promise.all([stack.providers.resendLatency(100), stack.providers.slackLatency(50)]);
  const answers = await Promise.all(tenCalls({ trigger: "manual" }));

  expect(answers.map(({ body }) => body.detail ?? body.status)).toEqual(Array(WORKERS).fill("succeeded"));
  const channels = channelsOf(users, slackEvery);
  expect(await accepted(stack)).toEqual({ addresses: addressesOf(users), channels });
  expect(await notified(stack)).toEqual(allTold(users));
  expect(await deliveryStates(stack)).toEqual({ "email sent": users, "slack sent": channels.length });

  // Nobody asked a provider for what another had asked for already: its idempotency was not even needed.
  const requests = await stack.providers.resendRequests();
  expect(requests.filter(({ replayed, status }) => replayed || status !== 200)).toEqual([]);
  expect(await stack.providers.slackRequests()).toHaveLength(channels.length);
  // Each knows what it did itself, and nobody did it all.
  expect(summed(answers, "digests")).toBe(users);
  expect(summed(answers, "emails_sent")).toBe(users);
  expect(summed(answers, "slack_sent")).toBe(channels.length);
  expect(
    answers.filter(({ body }) => (body.counts as { digests: number }).digests > 0).length,
  ).toBeGreaterThan(1);
}, 240_000);

describe("the schedule", () => {
  // A call names the latest full hour: none may pass between two calls of a test.
  beforeEach(() => clearOfHour({ beforeMs: 20_000, afterMs: 0 }));

  test(`${WORKERS} calls at once are one run; the others are told that it works, and nobody is told twice`, async () => {
    const users = 200;
    await addDueUsers(stack, users, 20);
    const first = stack.proxies.supabase.hold(/rpc\/open_digests/);
    const calls = tenCalls({});
    await first.held;
    const duplicates = async () => (await ledger(stack, "send-notifications"))[0]?.duplicate_calls;
    await expect.poll(duplicates, { timeout: 30_000 }).toBe(WORKERS - 1);
    first.release();
    const answers = await Promise.all(calls);

    expect(answers.filter(({ body }) => body.status === "succeeded")).toHaveLength(1);
    const skipped = answers.filter(({ body }) => body.status === "skipped");
    expect(skipped.map(({ body }) => body.reason)).toEqual(Array(WORKERS - 1).fill("running"));
    expect(await ledger(stack, "send-notifications")).toMatchObject([
      { status: "succeeded", attempt: 1, outcome: "sent" },
    ]);
    expect(await accepted(stack)).toEqual({
      addresses: addressesOf(users),
      channels: channelsOf(users, 20),
    });
    expect(await notified(stack)).toEqual(allTold(users));
  });

  describe("that missed the hour of its users", () => {
    beforeEach(async () => {
      await addDueUsers(stack, 3, 1);
      await stack.sql(
        `update user_alert_settings set timezone = 'UTC',
           notification_time = (now() at time zone 'UTC' - interval '70 minutes')::time(0)`,
      );
      await stack.sql(
        "insert into jobs (name, schedule, first_seen_at) values ('send-notifications', '0 * * * *', now() - interval '1 day')",
      );
    });
    const expectToldOnce = async () => {
      expect(await accepted(stack)).toEqual({ addresses: addressesOf(3), channels: channelsOf(3, 1) });
      expect(await notified(stack)).toEqual(allTold(3));
    };
    const call = (job: string, query?: Record<string, string>) =>
      callCron(stack, stack.servers[0], job, query);

    test("is made good by the next call, once: sweep finds nothing left to do", async () => {
      expect((await call("send-notifications")).body).toMatchObject({ outcome: "sent" });
      await expectToldOnce();
      expect((await call("sweep", { trigger: "manual" })).body).toMatchObject({ counts: { caught_up: 0 } });
      expect((await call("send-notifications", { trigger: "manual" })).body).toMatchObject({
        outcome: "nothing_due",
      });
      await expectToldOnce();
    });

    test("is made good by sweep, once: the call that comes late finds it done", async () => {
      // Sweep leaves the first two minutes of an hour to the schedule itself.
      await clearOfHour({ beforeMs: 20_000, afterMs: 121_000 });
      expect((await call("sweep", { trigger: "manual" })).body).toMatchObject({ counts: { caught_up: 1 } });
      await expectToldOnce();
      expect((await call("send-notifications")).body).toMatchObject({ reason: "already_succeeded" });
      expect((await call("sweep", { trigger: "manual" })).body).toMatchObject({ counts: { caught_up: 0 } });
      expect((await call("send-notifications", { trigger: "manual" })).body).toMatchObject({
        outcome: "nothing_due",
      });
      await expectToldOnce();
    }, 200_000);
  });
});

const HOUR_MS = 3_600_000;

/** Waits while it is less than so long to a full hour, or after one. */
async function clearOfHour({ beforeMs, afterMs }: { beforeMs: number; afterMs: number }): Promise<void> {
  const intoWindow = (Date.now() + beforeMs) % HOUR_MS;
  const windowMs = beforeMs + afterMs;
  if (intoWindow < windowMs) await sleep(windowMs - intoWindow);
}

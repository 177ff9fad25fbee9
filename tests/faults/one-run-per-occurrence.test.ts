import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { App } from "@/scripts/local/app-process";
import { type Answer, askUrl, openStack, type TestStack } from "../support/stack";
import { startSecondApp } from "../support/stack-apps";
import {
  addDueTheme,
  addPhones,
  allDelivered,
  closedOnce,
  deliveries,
  ledger,
  type Pushed,
  pushesPerPhone,
  stored,
} from "../support/stack-contest";

let stack: TestStack;
let second: App;
beforeAll(async () => {
  stack = await openStack();
  second = await startSecondApp(stack);
});
afterAll(async () => {
  await second?.stop();
  await stack?.close();
});
beforeEach(() => stack.reset());

const callFrom = (app: string) =>
  askUrl(`${app}/api/cron/finalize-ranking`, {
    headers: { authorization: `Bearer ${stack.file.cronSecret}` },
  });
const fiftyCalls = () =>
  Array.from({ length: 50 }, (_, n) => callFrom(n % 2 === 0 ? stack.file.app : second.url));
const ofStatus = (answers: Answer[], status: string) => answers.filter(({ body }) => body.status === status);

test("50 simultaneous calls on two servers make one run, one snapshot and one event per sink", async () => {
  await addDueTheme(stack, "t1");
  await addPhones(stack, 3);
  const commit = stack.proxies.supabase.hold(/rpc\/finalize_ranking/);
  const calls = fiftyCalls();
  await commit.held;
  // While the one works, all others must be told so: none waits for it, none comes after it.
  await expect.poll(async () => (await ledger(stack))[0]?.duplicate_calls, { timeout: 30_000 }).toBe(49);
  commit.release();
  const answers = await Promise.all(calls);

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(ofStatus(answers, "succeeded")).toHaveLength(1);
  expect(ofStatus(answers, "skipped").map(({ body }) => body.reason)).toEqual(Array(49).fill("running"));
  expect(await ledger(stack)).toMatchObject([{ status: "succeeded", attempt: 1, outcome: "finalized" }]);
  expect(await stored(stack, "t1")).toEqual(closedOnce(5));

  await expect.poll(() => allDelivered(stack), { timeout: 20_000 }).toBe(true);
  expect(await deliveries(stack)).toMatchObject([
    { sink: "expo", attempts: 1 },
    { sink: "live-key-expiry", attempts: 1 },
    { sink: "posthog", attempts: 1 },
    { sink: "result-mail", attempts: 1 },
  ]);
  expect(await stack.received("posthog", "events")).toHaveLength(1);
  const pushed = pushesPerPhone(await stack.received<Pushed>("expo", "messages"));
  expect([...pushed.values()]).toEqual([1, 1, 1]);
});

test("50 unhindered calls have exactly one success too, and calls that come late are skipped as done", async () => {
  await addDueTheme(stack, "t1");
  const answers = await Promise.all(fiftyCalls());
  expect(ofStatus(answers, "succeeded")).toHaveLength(1);
  expect(ofStatus(answers, "skipped")).toHaveLength(49);
  const late = await callFrom(second.url);
  expect(late).toMatchObject({ status: 200, body: { status: "skipped", reason: "already_succeeded" } });
  expect(await ledger(stack)).toMatchObject([{ status: "succeeded", attempt: 1, duplicate_calls: 50 }]);
  expect(await stored(stack, "t1")).toEqual(closedOnce(5));
  await expect.poll(() => allDelivered(stack), { timeout: 20_000 }).toBe(true);
  expect(await stack.received("posthog", "events")).toHaveLength(1);
});

test("50 simultaneous calls by hand are 50 runs of their own, and still close the theme only once", async () => {
  await addDueTheme(stack, "t1");
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => stack.cron("finalize-ranking", { trigger: "manual" })),
  );
  expect(ofStatus(answers, "succeeded")).toHaveLength(50);
  expect(answers.filter(({ body }) => body.outcome === "finalized")).toHaveLength(1);
  expect(await stored(stack, "t1")).toEqual(closedOnce(5));
  await expect.poll(() => allDelivered(stack), { timeout: 20_000 }).toBe(true);
  expect(await stack.received("posthog", "events")).toHaveLength(1);
});

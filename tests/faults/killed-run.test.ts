import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
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
  untouched,
} from "../support/stack-contest";

let stack: TestStack;
beforeAll(async () => {
  stack = await openStack({ env: { JOB_LEASE_SECONDS: "5" } });
});
afterAll(() => stack?.close());
beforeEach(async () => {
  await stack.reset();
  await addDueTheme(stack, "t1");
  await addPhones(stack, 3);
});

/** Kills the app while a call is held at a point, and shows that its caller got no answer. */
async function killAt(path: RegExp, side: "request" | "response") {
  const point = stack.proxies.supabase.hold(path, side);
  const answer = stack.cron("finalize-ranking").then(
    ({ status }) => status,
    () => "none",
  );
  await point.held;
  await stack.killApp();
  expect(await answer).toBe("none");
  return point;
}
const oneEventPerSink = async () => {
  await expect.poll(() => allDelivered(stack), { timeout: 20_000 }).toBe(true);
  expect(await stack.received("posthog", "events")).toHaveLength(1);
  const pushed = pushesPerPhone(await stack.received<Pushed>("expo", "messages"));
  expect([...pushed.values()]).toEqual([1, 1, 1]);
};

test("killed between reading Redis and the commit, the next call after the lease finishes the job as attempt 2", async () => {
  const commit = await killAt(/rpc\/finalize_ranking/, "request");
  commit.drop();
  expect(stack.proxies.redis.seen().length).toBeGreaterThan(1);
  expect(await stored(stack, "t1")).toEqual(untouched);
  await stack.startApp();

  expect(await stack.cron("finalize-ranking")).toMatchObject({
    status: 200,
    body: { status: "skipped", reason: "running" },
  });
  const finished = async () => (await stack.cron("finalize-ranking")).body;
  await expect
    .poll(finished, { timeout: 15_000, interval: 250 })
    .toMatchObject({ status: "succeeded", attempt: 2, outcome: "finalized" });
  expect(await stored(stack, "t1")).toEqual(closedOnce(5));
  expect(await ledger(stack)).toMatchObject([
    { status: "succeeded", attempt: 2, history: [{ status: "lost" }] },
  ]);
  await oneEventPerSink();
});

test("a commit of a killed run that arrives after its successor's changes nothing", async () => {
  const commit = await killAt(/rpc\/finalize_ranking/, "request");
  await stack.startApp();
  await letTimePass(stack);
  expect((await stack.cron("finalize-ranking")).body).toMatchObject({ status: "succeeded", attempt: 2 });
  const before = await stack.sql("select * from ranking_snapshots");
  commit.release();
  expect(await commit.answered).toBe(200);
  expect(await stack.sql("select * from ranking_snapshots")).toEqual(before);
  expect(await stored(stack, "t1")).toEqual(closedOnce(5));
  await oneEventPerSink();
});

test("killed after the commit but before its answer came, the next call finds it done and delivers its event", async () => {
  const commit = await killAt(/rpc\/finalize_ranking/, "response");
  commit.drop();
  expect(await stored(stack, "t1")).toEqual(closedOnce(5));
  expect(await stack.received("posthog", "events")).toEqual([]);
  await stack.startApp();
  await letTimePass(stack);
  expect((await stack.cron("finalize-ranking")).body).toMatchObject({
    status: "succeeded",
    attempt: 2,
    outcome: "nothing_due",
  });
  expect(await stored(stack, "t1")).toEqual(closedOnce(5));
  await oneEventPerSink();
});

test("killed before its end is written down, the run is closed by sweep and nothing runs twice", async () => {
  const end = await killAt(/rpc\/finish_job_run/, "request");
  end.drop();
  await stack.startApp();
  await letTimePass(stack);
  expect((await stack.cron("sweep", { trigger: "manual" })).body).toMatchObject({
    status: "succeeded",
    counts: { recovered: 1 },
  });
  expect(await ledger(stack)).toMatchObject([{ status: "succeeded", attempt: 2 }]);
  expect(await stored(stack, "t1")).toEqual(closedOnce(5));
  await stack.cron("deliver-events", { trigger: "manual" });
  await oneEventPerSink();
});

test("killed time and again, the run is given up after its attempts and says so", async () => {
  await stack.sql(
    "insert into job_runs (job, env, occurrence, trigger, status, attempt, lease_token, lease_expires_at) values ('finalize-ranking', 'dev', 'x', 'cron', 'running', 5, gen_random_uuid(), now() - interval '1 s')",
  );
  expect((await stack.cron("sweep", { trigger: "manual" })).body).toMatchObject({ counts: { abandoned: 1 } });
  expect(await ledger(stack)).toMatchObject([{ status: "failed", error: { code: "abandoned" } }]);
});

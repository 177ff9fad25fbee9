import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Answer, openStack, type TestStack } from "../support/stack";
import {
  addDueTheme,
  addTheme,
  allDelivered,
  closedOnce,
  ledger,
  letTimePass,
  stored,
  untouched,
} from "../support/stack-contest";

let stack: TestStack;
beforeAll(async () => {
  stack = await openStack({ durable: true });
});
afterAll(() => stack?.close());
beforeEach(() => stack.reset());

const finalize = () => stack.cron("finalize-ranking");
/** The first answer that is not "unavailable": connections that died with Postgres may still be met for a moment. */
const onceReachable = async (call: () => ReturnType<typeof finalize>) => {
  for (;;) {
    const answer = await call();
    if (answer.status !== 503) return answer;
  }
};
const recovers = async (attempt: number) => {
  await letTimePass(stack);
  expect(await onceReachable(finalize)).toMatchObject({
    status: 200,
    body: { status: "succeeded", attempt },
  });
  expect(await stored(stack, "t1")).toEqual(closedOnce(5));
  await expect.poll(() => allDelivered(stack), { timeout: 20_000 }).toBe(true);
  expect(await stack.received("posthog", "events")).toHaveLength(1);
};
const expectProblem = (answer: Answer, status: number, code: string) => {
  expect(answer).toMatchObject({ status, body: { status, code } });
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
};

describe("while Postgres is down", () => {
  test("a cron call says that nothing could be recorded, and the same call succeeds once it is back", async () => {
    await addDueTheme(stack, "t1");
    await stack.stopPostgres();
    const answer = await finalize();
    expectProblem(answer, 503, "ledger_unavailable");
    // Neither an address nor a key: what stands behind is nobody's business, even with the right bearer.
    expect(answer.text).not.toMatch(/127\.0\.0\.1|localhost|\d{5}|sb_secret|postgres:/);
    await stack.startPostgres();
    expect(await ledger(stack)).toEqual([]);
    await recovers(1);
  });

  test("health is 503 and tells the public nothing else", async () => {
    expect((await stack.ask("/api/health")).status).toBe(200);
    await stack.stopPostgres();
    const answer = await stack.ask("/api/health");
    expectProblem(answer, 503, "unavailable");
    expect(Object.keys(answer.body).sort()).toEqual(["code", "detail", "status", "title", "type"]);
    await stack.startPostgres();
    expect((await stack.ask("/api/health")).status).toBe(200);
  });

  test("the ranking API answers live from Redis and says what is missing", async () => {
    await addTheme(stack, "open", { date: "2099-01-01", closed: false });
    await stack.stopPostgres();
    const answer = await stack.ask("/api/v1/ranking?theme_id=open&limit=2");
    expect(answer).toMatchObject({
      status: 200,
      body: {
        source: "live",
        degraded: ["database"],
        theme: null,
        closes_at: null,
        total: 5,
        entries: [
          { rank: 1, work_id: "open-w5", title: null, likes: 50 },
          { rank: 2, work_id: "open-w4", title: null, likes: 40 },
        ],
      },
    });
    expectProblem(await stack.ask("/api/v1/ranking?theme_id=unknown"), 503, "unavailable");
    await stack.startPostgres();
    expect((await stack.ask("/api/v1/ranking?theme_id=unknown")).status).toBe(404);
  });

  test("the service API says so too", async () => {
    await stack.stopPostgres();
    const answer = await stack.ask("/api/v1/internal/ranking/finalize", {
      method: "POST",
      headers: {
        authorization: `Bearer ${stack.file.serviceRoleJwt}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ theme_id: "t1" }),
    });
    await stack.startPostgres();
    expectProblem(answer, 503, "ledger_unavailable");
  });
});

describe("Postgres killed in the middle of a run", () => {
  test("before the commit: the run fails, nothing is half-written, the next call recovers", async () => {
    await addDueTheme(stack, "t1");
    const commit = stack.proxies.supabase.hold(/rpc\/finalize_ranking/);
    const call = finalize();
    await commit.held;
    await stack.stopPostgres("kill");
    commit.release();
    expect([500, 503]).toContain((await call).status);
    await stack.startPostgres();
    expect(await stored(stack, "t1")).toEqual(untouched);
    await recovers(2);
  });

  test("inside the transaction, rows written and not committed: none of them stays", async () => {
    await addDueTheme(stack, "t1");
    // The event is the last thing the transaction writes: whoever holds its table stops it there.
    const blocker = new Client({ connectionString: stack.file.postgresUrl });
    blocker.on("error", () => undefined);
    await blocker.connect();
    await blocker.query("begin; lock table events in access exclusive mode");
    const call = finalize();
    const isBlocked = async () => {
      const found = await stack.sql(
        "select from pg_locks where not granted and relation = 'public.events'::regclass",
      );
      return found.length;
    };
    try {
      await expect.poll(isBlocked, { timeout: 10_000 }).toBe(1);
      await stack.stopPostgres("kill");
    } finally {
      await blocker.end();
    }
    expect([500, 503]).toContain((await call).status);
    await stack.startPostgres();
    expect(await stored(stack, "t1")).toEqual(untouched);
    await recovers(2);
  });

  test("after the commit, before the answer: the run is not known to have ended, and nothing is done twice", async () => {
    await addDueTheme(stack, "t1");
    const commit = stack.proxies.supabase.hold(/rpc\/finalize_ranking/, "response");
    const call = finalize();
    await commit.held;
    await stack.stopPostgres("kill");
    commit.release();
    expectProblem(await call, 503, "ledger_unavailable");
    await stack.startPostgres();
    expect(await stored(stack, "t1")).toEqual(closedOnce(5));
    await recovers(2);
  });
});

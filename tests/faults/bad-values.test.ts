import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Answer, openStack, type TestStack } from "../support/stack";
import { addDueTheme } from "../support/stack-contest";
import { expectNothingRun, postFinalize } from "../support/stack-refusals";

let stack: TestStack;
beforeAll(async () => {
  stack = await openStack({ env: { RATE_LIMIT_PER_MINUTE: "5" } });
});
afterAll(() => stack?.close());
beforeEach(async () => {
  await stack.reset();
  await addDueTheme(stack, "t1");
});

const expectFields = (answer: Answer, fields: string[]) => {
  expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const errors = answer.body.errors as { field: string }[];
  expect(errors.map(({ field }) => field)).toEqual(fields);
};

describe("POST /api/v1/internal/ranking/finalize", () => {
  const service = () => `Bearer ${stack.file.serviceRoleJwt}`;

  test.each<[unknown, string[]]>([
    [{}, ["theme_id"]],
    [{ theme_id: "t1", date: "2026-11-22" }, ["theme_id"]],
    [{ date: "22.11.2026" }, ["date"]],
    [{ date: "2026-02-30" }, ["date"]],
    [{ theme_id: 7 }, ["theme_id"]],
    [{ theme_id: "t1", force: "yes" }, ["force"]],
    [{ theme_id: "t1", dry_run: 1 }, ["dry_run"]],
    [{ theme_id: "t1", dryrun: true }, ["dryrun"]],
    ["{", ["body"]],
    ["[]", ["body"]],
  ])("answers %j with a 400 that names the field", async (body, fields) => {
    expectFields(await postFinalize(stack, service(), body), fields);
    await expectNothingRun(stack);
  });

  test("refuses a body of another type and one that is too long", async () => {
    expect(
      await postFinalize(stack, service(), "theme_id=t1", "application/x-www-form-urlencoded"),
    ).toMatchObject({
      status: 415,
    });
    expect(
      await postFinalize(stack, service(), { theme_id: "t1", padding: "x".repeat(70_000) }),
    ).toMatchObject({
      status: 413,
    });
    await expectNothingRun(stack);
  });
});

describe.each([
  ["/api/v1/internal/ranking/finalize", 64],
  ["/api/webhooks/resend", 256],
  ["/api/v1/notifications/unsubscribe?token=t", 8],
])("a body sent to %s", (path, limitKb) => {
  /** Sends a head, then kilobytes for as long as nobody answers. */
  const send = async (headers: Record<string, string | number>, kilobytes: number) => {
    const authorization = `Bearer ${stack.file.serviceRoleJwt}`;
    const request = httpRequest(`${stack.file.app}${path}`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json", ...headers },
    });
    request.on("error", () => undefined);
    request.flushHeaders();
    let answered = false;
    const answer = once(request, "response") as Promise<[IncomingMessage]>;
    answer.finally(() => {
      answered = true;
    });
    let sent = 0;
    for (; sent < kilobytes && !answered; sent++) {
      if (!request.write("x".repeat(1024))) await Promise.race([once(request, "drain"), answer]);
      await new Promise(setImmediate);
    }
    const [response] = await answer;
    const body: unknown = JSON.parse(await text(response));
    request.destroy();
    return { status: response.statusCode, body, sent };
  };

  test("is not waited for when it says that it is too long", async () => {
    const answer = await send({ "content-length": 1_000_000_000 }, 0);
    expect(answer).toMatchObject({ status: 413, body: { code: "body_too_large", status: 413 } });
    expect(stack.proxies.supabase.seen()).toEqual([]);
  });

  test("is left where it turns out too long, without having said so", async () => {
    const answer = await send({ "transfer-encoding": "chunked" }, 100_000);
    expect(answer).toMatchObject({ status: 413, body: { code: "body_too_large" } });
    expect(answer.sent).toBeLessThan(limitKb + 10_000);
    expect(stack.proxies.supabase.seen()).toEqual([]);
  });
});

describe("cron input", () => {
  test.each<[Record<string, string>, string[]]>([
    [{ trigger: "auto" }, ["trigger"]],
    [{ date: "tomorrow" }, ["date"]],
    [{ theme_id: "t1", date: "2026-11-22" }, ["date"]],
    [{ force: "true" }, ["force"]],
    [{ theme_id: "t1", force: "maybe" }, ["force"]],
    [{ theme_id: "" }, ["theme_id"]],
    [{ theme: "t1" }, ["theme"]],
  ])("%j is a 400 that names the field, and runs nothing", async (query, fields) => {
    expectFields(await stack.cron("finalize-ranking", query), fields);
    await expectNothingRun(stack);
  });

  test("a parameter given twice is named", async () => {
    const headers = { authorization: `Bearer ${stack.file.cronSecret}` };
    expectFields(await stack.ask("/api/cron/finalize-ranking?theme_id=a&theme_id=b", { headers }), [
      "theme_id",
    ]);
    await expectNothingRun(stack);
  });
});

describe("GET /api/v1/ranking", () => {
  test.each<[string, string[]]>([
    ["", ["theme_id"]],
    ["theme_id=", ["theme_id"]],
    [`theme_id=${"x".repeat(201)}`, ["theme_id"]],
    ["theme_id=t1&limit=0", ["limit"]],
    ["theme_id=t1&limit=201", ["limit"]],
    ["theme_id=t1&limit=ten", ["limit"]],
    ["theme_id=t1&limit=1.5", ["limit"]],
    ["theme_id=t1&limit=1&limit=2", ["limit"]],
    ["theme_id=t1&source=cache", ["source"]],
    ["theme_id=t1&cursor=nonsense", ["cursor"]],
    ["theme_id=t1&cursor=x&around=y", ["cursor"]],
    ["theme_id=t1&arround=y", ["arround"]],
    ["limit=0", ["theme_id", "limit"]],
  ])("?%s is a 400 that names the field", async (query, fields) => {
    const headers = { "x-real-ip": "192.0.2.1" };
    expectFields(await stack.ask(`/api/v1/ranking?${query}`, { headers }), fields);
  });

  test("refuses an address beyond its requests a minute with 429 and Retry-After, and nobody else", async () => {
    const ask = (address: string) =>
      stack.ask("/api/v1/ranking?theme_id=t1", { headers: { "x-real-ip": address } });
    const statuses: number[] = [];
    let last: Answer | undefined;
    // A minute may turn over in between, which lets a few more through: the twelfth is beyond that too.
    for (let n = 0; n < 12; n += 1) {
      last = await ask("192.0.2.2");
      statuses.push(last.status);
    }
    expect(statuses.slice(0, 5)).toEqual([200, 200, 200, 200, 200]);
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(7);
    expect(last).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    const seconds = Number(last?.headers.get("retry-after"));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await ask("192.0.2.3")).status).toBe(200);
  });
});

import { SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { registry } from "@/lib/jobs/registry";
import { type Answer, openStack, type TestStack } from "../support/stack";
import { addDueTheme, closedOnce, ledger, stored, untouched } from "../support/stack-contest";

let stack: TestStack;
beforeAll(async () => {
  stack = await openStack({ env: { RATE_LIMIT_PER_MINUTE: "5" } });
});
afterAll(() => stack?.close());
beforeEach(async () => {
  await stack.reset();
  await addDueTheme(stack, "t1");
  for (const proxy of Object.values(stack.proxies)) proxy.forget();
});

const routes = registry.filter(({ schedule }) => schedule).map(({ name }) => `/api/cron/${name}`);
const FINALIZE = "/api/v1/internal/ranking/finalize";

/** Every refusal of this kind reads the same, so that nobody learns which check failed. */
const UNAUTHORIZED = {
  type: "urn:banzuke:problem:unauthorized",
  title: "Unauthorized",
  status: 401,
  code: "unauthorized",
  detail: "A valid bearer token is required.",
};
const expectUnauthorized = (answer: Answer) => {
  expect(answer).toMatchObject({ status: 401, body: UNAUTHORIZED });
  expect(Object.keys(answer.body).sort()).toEqual(Object.keys(UNAUTHORIZED).sort());
  expect(answer.headers.get("www-authenticate")).toBe("Bearer");
};
const expectNothingRun = async () => {
  const asked = Object.values(stack.proxies).flatMap((proxy) => proxy.seen());
  expect(asked).toEqual([]);
  expect(await stack.sql("select from job_runs")).toEqual([]);
  expect(await stored(stack, "t1")).toEqual(untouched);
};
const expectFields = (answer: Answer, fields: string[]) => {
  expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const errors = answer.body.errors as { field: string }[];
  expect(errors.map(({ field }) => field)).toEqual(fields);
};

describe.each(routes)("%s", (path) => {
  test.each<[string, (secret: string, jwt: string) => string | undefined]>([
    ["no Authorization", () => undefined],
    ["an empty bearer", () => "Bearer "],
    ["a wrong bearer", () => "Bearer not-the-cron-secret"],
    ["the right secret under another scheme", (secret) => `Basic ${secret}`],
    ["the right secret cut short", (secret) => `Bearer ${secret.slice(0, -1)}`],
    ["a service-role JWT", (_, jwt) => `Bearer ${jwt}`],
  ])("refuses %s and runs nothing", async (_, make) => {
    const authorization = make(stack.file.cronSecret, stack.file.serviceRoleJwt);
    expectUnauthorized(await stack.ask(path, authorization ? { headers: { authorization } } : {}));
    await expectNothingRun();
  });

  test("does not take the secret from the query", async () => {
    expectUnauthorized(await stack.ask(`${path}?secret=${stack.file.cronSecret}`));
    await expectNothingRun();
  });
});

describe(`POST ${FINALIZE}`, () => {
  const post = (
    authorization: string | undefined,
    body: unknown = { theme_id: "t1" },
    type = "application/json",
  ) =>
    stack.ask(FINALIZE, {
      method: "POST",
      headers: { "content-type": type, ...(authorization && { authorization }) },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const service = () => `Bearer ${stack.file.serviceRoleJwt}`;
  const signed = async (
    change: (jwt: SignJWT) => SignJWT,
    { role = "service_role", secret = "", alg = "HS256" } = {},
  ) => {
    const jwt = change(
      new SignJWT({ role }).setProtectedHeader({ alg }).setIssuedAt().setExpirationTime("1h"),
    );
    return `Bearer ${await jwt.sign(new TextEncoder().encode(secret || stack.file.jwtSecret))}`;
  };
  const asIs = (jwt: SignJWT) => jwt;

  const worthless: [string, () => Promise<string | undefined>][] = [
    ["no token", async () => undefined],
    ["a token that is none", async () => "Bearer nonsense"],
    ["an expired token", () => signed((jwt) => jwt.setExpirationTime("-1s"))],
    ["a token that is not valid yet", () => signed((jwt) => jwt.setNotBefore("1h"))],
    [
      "a token signed with another secret",
      () => signed(asIs, { secret: "another-secret-of-at-least-32-chars" }),
    ],
    ["a token of another algorithm", () => signed(asIs, { alg: "HS512" })],
    [
      "a token without expiry",
      async () => {
        const secret = new TextEncoder().encode(stack.file.jwtSecret);
        return `Bearer ${await new SignJWT({ role: "service_role" }).setProtectedHeader({ alg: "HS256" }).sign(secret)}`;
      },
    ],
    [
      "alg none",
      async () => `Bearer ${new UnsecuredJWT({ role: "service_role" }).setExpirationTime("1h").encode()}`,
    ],
    [
      "a payload changed under a good signature",
      async () => {
        const [head, , signature] = stack.file.serviceRoleJwt.split(".");
        const payload = Buffer.from(JSON.stringify({ role: "service_role", exp: 4_102_444_800 }));
        return `Bearer ${head}.${payload.toString("base64url")}.${signature}`;
      },
    ],
    ["the Supabase secret key", async () => `Bearer ${stack.file.secretKey}`],
    ["the cron secret", async () => `Bearer ${stack.file.cronSecret}`],
  ];
  test.each(worthless)("refuses %s with the one 401 and runs nothing", async (_, token) => {
    expectUnauthorized(await post(await token()));
    await expectNothingRun();
  });

  test.each(["anon", "authenticated", "SERVICE_ROLE", ""])("refuses the role %j with 403", async (role) => {
    const answer = await post(await signed((jwt) => jwt, { role }));
    expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
    await expectNothingRun();
  });

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
    expectFields(await post(service(), body), fields);
    await expectNothingRun();
  });

  test("refuses a body of another type and one that is too long", async () => {
    expect(await post(service(), "theme_id=t1", "application/x-www-form-urlencoded")).toMatchObject({
      status: 415,
    });
    expect(await post(service(), { theme_id: "t1", padding: "x".repeat(70_000) })).toMatchObject({
      status: 413,
    });
    await expectNothingRun();
  });

  test("passes a service-role token: a dry run shows what would change, then the theme is closed once", async () => {
    const dryRun = await post(service(), { theme_id: "t1", dry_run: true });
    expect(dryRun).toMatchObject({
      status: 200,
      body: { dry_run: true, themes: [{ theme: "t1", outcome: "would_finalize", entries: 5 }] },
    });
    expect(await stored(stack, "t1")).toEqual(untouched);
    expect(await ledger(stack)).toEqual([]);
    expect(await post(service())).toMatchObject({ status: 200, body: { outcome: "finalized" } });
    expect(await post(service())).toMatchObject({ status: 200, body: { outcome: "unchanged" } });
    expect(await stored(stack, "t1")).toEqual(closedOnce(5));
    expect(await post(service(), { theme_id: "unknown" })).toMatchObject({
      status: 404,
      body: { code: "theme_not_found" },
    });
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
    await expectNothingRun();
  });

  test("a parameter given twice is named", async () => {
    const headers = { authorization: `Bearer ${stack.file.cronSecret}` };
    expectFields(await stack.ask("/api/cron/finalize-ranking?theme_id=a&theme_id=b", { headers }), [
      "theme_id",
    ]);
    await expectNothingRun();
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

import { SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { registry } from "@/lib/jobs/registry";
import { type Answer, openStack, type TestStack } from "../support/stack";
import { addDueTheme, closedOnce, ledger, stored, untouched } from "../support/stack-contest";
import { expectNothingRun, postFinalize } from "../support/stack-refusals";

let stack: TestStack;
beforeAll(async () => {
  stack = await openStack();
});
afterAll(() => stack?.close());
beforeEach(async () => {
  await stack.reset();
  await addDueTheme(stack, "t1");
});

const routes = registry.filter(({ schedule }) => schedule).map(({ name }) => `/api/cron/${name}`);

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
    await expectNothingRun(stack);
  });

  test("does not take the secret from the query", async () => {
    expectUnauthorized(await stack.ask(`${path}?secret=${stack.file.cronSecret}`));
    await expectNothingRun(stack);
  });
});

describe("POST /api/v1/internal/ranking/finalize", () => {
  const service = () => `Bearer ${stack.file.serviceRoleJwt}`;
  const signed = async (
    change: (jwt: SignJWT) => SignJWT,
    { role = "service_role", secret = "", alg = "HS256" } = {},
  ) => {
    const jwt = change(
      new SignJWT({ role })
        .setProtectedHeader({ alg })
        .setIssuer(`${stack.env.NEXT_PUBLIC_SUPABASE_URL}/auth/v1`)
        .setAudience("authenticated")
        .setIssuedAt()
        .setExpirationTime("1h"),
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
    ["a token of another project", () => signed((jwt) => jwt.setIssuer("https://other.supabase.co/auth/v1"))],
    ["a token for another audience", () => signed((jwt) => jwt.setAudience("another-app"))],
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
    ["the Supabase publishable key", async () => `Bearer ${stack.file.publishableKey}`],
    ["the Supabase secret key cut short", async () => `Bearer ${stack.file.secretKey.slice(0, -1)}`],
    ["the cron secret", async () => `Bearer ${stack.file.cronSecret}`],
  ];
  test.each(worthless)("refuses %s with the one 401 and runs nothing", async (_, token) => {
    expectUnauthorized(await postFinalize(stack, await token()));
    await expectNothingRun(stack);
  });

  test.each(["anon", "authenticated", "SERVICE_ROLE", ""])("refuses the role %j with 403", async (role) => {
    const answer = await postFinalize(stack, await signed(asIs, { role }));
    expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
    await expectNothingRun(stack);
  });

  test("passes the project's secret key, which is the service role's only bearer where there is no JWT secret", async () => {
    const dryRun = await postFinalize(stack, `Bearer ${stack.file.secretKey}`, {
      theme_id: "t1",
      dry_run: true,
    });
    expect(dryRun).toMatchObject({ status: 200, body: { dry_run: true } });
  });

  test("passes a service-role token: a dry run shows what would change, then the theme is closed once", async () => {
    const dryRun = await postFinalize(stack, service(), { theme_id: "t1", dry_run: true });
    expect(dryRun).toMatchObject({
      status: 200,
      body: { dry_run: true, themes: [{ theme: "t1", outcome: "would_finalize", entries: 5 }] },
    });
    expect(await stored(stack, "t1")).toEqual(untouched);
    expect(await ledger(stack)).toEqual([]);
    expect(await postFinalize(stack, service())).toMatchObject({
      status: 200,
      body: { outcome: "finalized" },
    });
    expect(await postFinalize(stack, service())).toMatchObject({
      status: 200,
      body: { outcome: "unchanged" },
    });
    expect(await stored(stack, "t1")).toEqual(closedOnce(5));
    expect(await postFinalize(stack, service(), { theme_id: "unknown" })).toMatchObject({
      status: 404,
      body: { code: "theme_not_found" },
    });
  });
});

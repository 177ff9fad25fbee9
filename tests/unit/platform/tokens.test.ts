import { createPublicKey } from "node:crypto";
import { SignJWT } from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { requireUser } from "@/lib/platform/auth";
import { rootLog } from "@/lib/platform/log";
import { route } from "@/lib/platform/route";
import { type KeyServer, makeSigningKey, type SigningKey, startKeyServer } from "@/tests/support/auth-keys";

const secret = "a-secret-of-at-least-thirty-two-characters";
let current: SigningKey;
let next: SigningKey;
let server: KeyServer;

beforeAll(async () => {
  current = await makeSigningKey("current");
  next = await makeSigningKey("next");
});
// Each on another port, and so with keys of its own: what was read is kept per project.
beforeEach(async () => {
  rootLog.level = "silent";
  vi.useFakeTimers({ toFake: ["Date"] });
  server = await startKeyServer();
  server.publish([current.published]);
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

const door = route(async (request) => {
  const project = {
    NEXT_PUBLIC_SUPABASE_URL: server.url,
    SUPABASE_SECRET_KEY: "sb_secret_key",
    ...withSecret,
  };
  await requireUser(request, project, "u1");
  return new Response("in");
});
let withSecret: { SUPABASE_JWT_SECRET?: string } = {};
/** The status somebody with this token is answered by a route for user `u1`. */
const knock = async (token: string) => {
  const headers = { authorization: `Bearer ${token}` };
  return (await door(new Request("http://app.test/", { headers }))).status;
};
const now = () => Math.floor(Date.now() / 1000);
const claims = (changes: Record<string, unknown> = {}) => ({
  iss: `${server.url}/auth/v1`,
  aud: "authenticated",
  role: "authenticated",
  sub: "u1",
  iat: now(),
  exp: now() + 3600,
  ...changes,
});

describe("a token signed with a key that Auth publishes", () => {
  test("passes its user, and is checked without asking Auth again", async () => {
    for (let i = 0; i < 5; i++) expect(await knock(await current.sign(claims()))).toBe(200);
    expect(server.asked()).toBe(1);
    expect(await knock(await current.sign(claims({ sub: "u2" })))).toBe(403);
  });

  test("may be of an RSA key, and for another audience too", async () => {
    const rsa = await makeSigningKey("rsa", "RS256");
    server.publish([current.published, rsa.published]);
    expect(await knock(await rsa.sign(claims({ aud: ["authenticated", "app"] })))).toBe(200);
  });

  test.each<[string, Record<string, unknown>]>([
    ["expired", { exp: now() - 1 }],
    ["without expiry", { exp: undefined }],
    ["not valid yet", { nbf: now() + 3600 }],
    ["of another project", { iss: "https://elsewhere.supabase.co/auth/v1" }],
    ["of an issuer that only begins alike", { iss: `${"http://127.0.0.1"}/auth/v1.evil` }],
    ["without issuer", { iss: undefined }],
    ["for another audience", { aud: "another-app" }],
    ["without audience", { aud: undefined }],
    ["of the API keys' issuer but a user's", { iss: "supabase", aud: undefined }],
    ["without role", { role: undefined }],
    ["with a role that is no text", { role: ["authenticated"] }],
  ])("is refused with 401 when it is %s", async (_, changes) => {
    expect(await knock(await current.sign(claims(changes)))).toBe(401);
  });

  test("of the service role passes, without audience only as an API key", async () => {
    expect(await knock(await current.sign(claims({ role: "service_role" })))).toBe(200);
    expect(await knock(await current.sign(claims({ role: "service_role", aud: undefined })))).toBe(401);
  });
});

describe("one algorithm cannot pass for another", () => {
  test("the published key is no HS256 secret, in whatever form", async () => {
    const pem = createPublicKey({ key: current.published as never, format: "jwk" }).export({
      type: "spki",
      format: "pem",
    });
    for (const stolen of [pem.toString(), JSON.stringify(current.published), String(current.published.x)]) {
      for (const kid of [undefined, "current"]) {
        const token = await new SignJWT(claims())
          .setProtectedHeader({ alg: "HS256", ...(kid && { kid }) })
          .sign(new TextEncoder().encode(stolen));
        for (withSecret of [{}, { SUPABASE_JWT_SECRET: secret }]) expect(await knock(token)).toBe(401);
      }
    }
    withSecret = {};
  });

  test("HS256 passes only where a secret is set, beside published keys, and asks nobody", async () => {
    const token = await new SignJWT(claims())
      .setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode(secret));
    expect(await knock(token)).toBe(401);
    withSecret = { SUPABASE_JWT_SECRET: secret };
    expect(await knock(token)).toBe(200);
    expect(server.asked()).toBe(0);
    expect(await knock(await current.sign(claims()))).toBe(200);
    withSecret = {};
  });

  test("a shared secret that was published by mistake verifies nothing", async () => {
    server.publish([{ kty: "oct", kid: "oct", alg: "HS256", k: Buffer.from(secret).toString("base64url") }]);
    const token = await new SignJWT(claims())
      .setProtectedHeader({ alg: "HS256", kid: "oct" })
      .sign(new TextEncoder().encode(secret));
    expect(await knock(token)).toBe(401);
  });

  test("a header that changes its algorithm, brings its own key or names none is refused", async () => {
    const [, payload, signature] = (await current.sign(claims())).split(".");
    const headed = (header: object) =>
      `${Buffer.from(JSON.stringify(header)).toString("base64url")}.${payload}.${signature}`;
    const stranger = await makeSigningKey("current");
    expect(await knock(await stranger.sign(claims()))).toBe(401);
    expect(
      await knock(await stranger.sign(claims(), { jwk: stranger.published, jku: `${server.url}/mine.json` })),
    ).toBe(401);
    for (const header of [
      { alg: "none" },
      { alg: "RS256", kid: "current" },
      { alg: "PS256" },
      {},
      { alg: "ES256", crit: ["b64"], b64: false },
    ])
      expect(await knock(headed(header))).toBe(401);
    for (const token of ["a", "a.b", "a.b.c", "..", `${headed({ alg: "ES256", kid: "current" })}x`])
      expect(await knock(token)).toBe(401);
  });
});

describe("keys that rotate", () => {
  test("a new key is found when its first token comes, an old one is good while it is published", async () => {
    expect(await knock(await current.sign(claims()))).toBe(200);
    server.publish([next.published, current.published]);
    vi.setSystemTime(Date.now() + 60_000);
    expect(await knock(await next.sign(claims()))).toBe(200);
    expect(await knock(await current.sign(claims()))).toBe(200);
    expect(server.asked()).toBe(2);
  });

  test("a revoked key is refused ten minutes later at the latest", async () => {
    expect(await knock(await current.sign(claims()))).toBe(200);
    server.publish([next.published]);
    vi.setSystemTime(Date.now() + 601_000);
    expect(await knock(await current.sign(claims()))).toBe(401);
  });

  test("made-up key ids cost Auth one request in half a minute, however many come", async () => {
    const token = await (await makeSigningKey("made-up")).sign(claims());
    const tries = Array.from({ length: 50 }, () => knock(token));
    expect(new Set(await Promise.all(tries))).toEqual(new Set([401]));
    for (let i = 0; i < 10; i++) expect(await knock(token)).toBe(401);
    expect(server.asked()).toBe(1);
    vi.setSystemTime(Date.now() + 31_000);
    for (let i = 0; i < 10; i++) expect(await knock(token)).toBe(401);
    expect(server.asked()).toBe(2);
  });
});

describe("while the keys are out of reach", () => {
  test.each<[string, number | string]>([
    ["fails", 500],
    ["sends elsewhere", 302],
    ["answers a page", "<html>"],
    ["answers another JSON", '{"keys":"none"}'],
    ["says nothing for three seconds", "silence"],
  ])(
    "a token is answered 503, not 401, when Auth %s, and passes as soon as it is back",
    async (_, answer) => {
      server.publish(answer);
      expect(await knock(await current.sign(claims()))).toBe(503);
      server.publish([current.published]);
      expect(await knock(await current.sign(claims()))).toBe(200);
    },
  );

  test("also when nobody listens there; what needs no key is refused as ever", async () => {
    const token = await current.sign(claims());
    await server.close();
    const response = await door(
      new Request("http://app.test/", { headers: { authorization: `Bearer ${token}` } }),
    );
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.json()).toMatchObject({ code: "unavailable" });
    expect(await knock("garbage")).toBe(401);
    expect(await knock("sb_secret_key")).toBe(200);
    server = await startKeyServer();
  });

  test("keys read before are good until they are ten minutes old", async () => {
    expect(await knock(await current.sign(claims()))).toBe(200);
    server.publish(500);
    vi.setSystemTime(Date.now() + 500_000);
    expect(await knock(await current.sign(claims()))).toBe(200);
  });
});

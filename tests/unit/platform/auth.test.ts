import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { requireBearer, requireServiceRole, requireUser } from "@/lib/platform/auth";

const secret = "a-secret-of-at-least-thirty-two-characters";
const project = {
  NEXT_PUBLIC_SUPABASE_URL: "https://project.supabase.test",
  SUPABASE_SECRET_KEY: "sb_secret_of_this_project",
  SUPABASE_JWT_SECRET: secret,
};
const key = (text: string) => new TextEncoder().encode(text);
const request = (authorization?: string) =>
  new Request("http://app.test/", authorization === undefined ? {} : { headers: { authorization } });
const token = (claims: object, options: { secret?: string; expires?: string; alg?: string } = {}) =>
  new SignJWT({ iss: "https://project.supabase.test/auth/v1", aud: "authenticated", ...claims })
    .setProtectedHeader({ alg: options.alg ?? "HS256" })
    .setExpirationTime(options.expires ?? "5m")
    .sign(key(options.secret ?? secret));

describe("the cron bearer", () => {
  test("passes when it is the secret", () => {
    expect(() => requireBearer(request(`Bearer ${secret}`), secret)).not.toThrow();
  });

  test.each([
    ["missing", undefined],
    ["empty", "Bearer "],
    ["of another scheme", `Basic ${secret}`],
    ["wrong", "Bearer wrong"],
    ["a prefix of the secret", `Bearer ${secret.slice(0, -1)}`],
    ["followed by more", `Bearer ${secret} more`],
  ])("is refused with 401 and the same words when it is %s", (_, authorization) => {
    expect(() => requireBearer(request(authorization), secret)).toThrow(
      expect.objectContaining({ status: 401, message: "A valid bearer token is required." }),
    );
  });
});

describe("the service role's bearer", () => {
  const check = async (jwt: string) => requireServiceRole(request(`Bearer ${jwt}`), project);

  test("passes when it is signed, in time and of the service role", async () => {
    await expect(check(await token({ role: "service_role" }))).resolves.toBeUndefined();
  });

  test("passes as the key that Supabase made of the JWT secret, which names no audience", async () => {
    const apiKey = (role: string) => token({ iss: "supabase", aud: undefined, ref: "project", role });
    await expect(check(await apiKey("service_role"))).resolves.toBeUndefined();
    await expect(check(await apiKey("anon"))).rejects.toMatchObject({ status: 403 });
  });

  test("passes as the project's secret key, and as no other", async () => {
    await expect(check(project.SUPABASE_SECRET_KEY)).resolves.toBeUndefined();
    for (const other of [
      "sb_secret_of_this_projec",
      "sb_secret_of_this_project_",
      "sb_publishable_key",
      secret,
    ])
      await expect(check(other)).rejects.toMatchObject({ status: 401 });
  });

  test("of another role is refused with 403", async () => {
    await expect(check(await token({ role: "authenticated" }))).rejects.toMatchObject({ status: 403 });
  });

  test.each([
    ["expired", () => token({ role: "service_role" }, { expires: "-1s" })],
    ["of another issuer", () => token({ role: "service_role", iss: "https://other.supabase.test/auth/v1" })],
    ["for another audience", () => token({ role: "service_role", aud: "another-app" })],
    ["an API key for another audience", () => token({ role: "service_role", iss: "supabase", aud: "other" })],
    ["signed with another secret", () => token({ role: "service_role" }, { secret: `${secret}x` })],
    ["signed with another algorithm", () => token({ role: "service_role" }, { alg: "HS512" })],
    [
      "unsigned (alg none)",
      async () => new UnsecuredJWT({ role: "service_role" }).setExpirationTime("5m").encode(),
    ],
    [
      "without expiry",
      () => new SignJWT({ role: "service_role" }).setProtectedHeader({ alg: "HS256" }).sign(key(secret)),
    ],
    ["not a token", async () => "garbage"],
  ])("is refused with 401 when it is %s", async (_, make) => {
    await expect(check(await make())).rejects.toMatchObject({
      status: 401,
      message: "A valid bearer token is required.",
    });
  });
});

describe("a user's own JWT", () => {
  const check = async (claims: object, user: string | undefined) =>
    requireUser(request(`Bearer ${await token(claims)}`), project, user);

  test("passes for that user, and the service role for anybody", async () => {
    await expect(check({ role: "authenticated", sub: "u1" }, "u1")).resolves.toBeUndefined();
    await expect(check({ role: "service_role" }, "u1")).resolves.toBeUndefined();
  });

  test.each([
    ["another user", { role: "authenticated", sub: "u2" }, "u1"],
    ["nobody", { role: "authenticated" }, undefined],
    ["the anonymous role with the right name", { role: "anon", sub: "u1" }, "u1"],
  ])("is refused with 403 when it is of %s", async (_, claims, user) => {
    await expect(check(claims, user)).rejects.toMatchObject({ status: 403 });
  });

  test("is refused with 401 when it proves nothing", async () => {
    await expect(requireUser(request("Bearer garbage"), project, "u1")).rejects.toMatchObject({
      status: 401,
    });
  });
});

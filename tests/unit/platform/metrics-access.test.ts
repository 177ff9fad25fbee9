import { afterEach, describe, expect, test, vi } from "vitest";

const TOKEN = "a-token-of-prometheus";
const LOOPBACK = { "x-forwarded-for": "::ffff:127.0.0.1" };

afterEach(() => vi.unstubAllEnvs());

/** Asks with settings as they are now: they are read once per module graph. */
async function ask(headers: Record<string, string>, env: Record<string, string>): Promise<number | string> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.resetModules();
  const { requireMetricsReader } = await import("@/lib/platform/metrics-access");
  try {
    requireMetricsReader(new Request("http://app.test/api/metrics", { headers }));
    return 200;
  } catch (error) {
    const { status, name } = error as Error & { status?: number };
    return status ?? name;
  }
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe("the bearer", () => {
  test.each([
    ["the token", bearer(TOKEN), 200],
    ["another", bearer(`${TOKEN}x`), 401],
    ["none", {}, 401],
    ["none, from loopback", LOOPBACK, 401],
  ])("%s", async (_, headers, status) => {
    expect(await ask(headers, { METRICS_TOKEN: TOKEN })).toBe(status);
  });

  test.each(["", "undefined", "null"])("%j is none where no token is configured", async (guess) => {
    expect(await ask({ authorization: `Bearer ${guess}` }, { METRICS_TOKEN: "" })).toBe(401);
    expect(await ask(LOOPBACK, { METRICS_TOKEN: "" })).toBe(401);
  });

  test("is refused as a setting where it is short enough to be guessed", async () => {
    expect(await ask(bearer("short"), { METRICS_TOKEN: "short" })).toBe("ConfigurationError");
  });
});

describe("loopback, where METRICS_ALLOW_LOOPBACK says that nobody else can connect", () => {
  const allowed = { METRICS_TOKEN: TOKEN, METRICS_ALLOW_LOOPBACK: "true" };
  test.each(["::ffff:127.0.0.1", "127.0.0.1", "::1"])(
    "%s passes, as Next writes a direct connection",
    async (ip) => {
      expect(await ask({ "x-forwarded-for": ip }, allowed)).toBe(200);
    },
  );

  test.each([
    ["another address", { "x-forwarded-for": "192.0.2.2" }],
    ["no address", {}],
    ["a proxy that appended the caller to what it claimed", { "x-forwarded-for": "127.0.0.1, 192.0.2.2" }],
    ["an address that only begins like it", { "x-forwarded-for": "127.0.0.1.example.com" }],
    ["a proxy by x-real-ip", { ...LOOPBACK, "x-real-ip": "192.0.2.2" }],
    ["a proxy by forwarded", { ...LOOPBACK, forwarded: "for=192.0.2.2" }],
    ["a proxy by via", { ...LOOPBACK, via: "1.1 proxy" }],
  ])("%s is refused", async (_, headers) => {
    expect(await ask(headers, allowed)).toBe(401);
  });

  test("never passes on Vercel, where a proxy is always in front", async () => {
    expect(await ask(LOOPBACK, { ...allowed, VERCEL_ENV: "preview" })).toBe(401);
  });

  test("does not lock out the bearer", async () => {
    expect(await ask({ ...bearer(TOKEN), "x-forwarded-for": "192.0.2.2" }, allowed)).toBe(200);
  });
});

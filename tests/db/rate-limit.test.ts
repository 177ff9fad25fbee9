import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type RedisRest, startRedisRest } from "@/scripts/local/redis/start";

const LIMIT = 600;
let server: RedisRest;
let dataDir: string;
let limitPublic: (request: Request) => Promise<void>;
beforeAll(async () => {
  // The limiter's windows follow the clock: it stands still within one of them.
  vi.useFakeTimers({ now: Date.parse("2026-11-22T13:00:05Z"), toFake: ["Date", "performance"] });
  dataDir = await mkdtemp(join(tmpdir(), "banzuke-limit-"));
  server = await startRedisRest({ engine: "memory", dataDir });
  vi.stubEnv("UPSTASH_REDIS_REST_URL", server.url);
  vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", server.token);
  vi.stubEnv("RATE_LIMIT_PER_MINUTE", String(LIMIT));
  ({ limitPublic } = await import("@/lib/platform/rate-limit"));
});
afterAll(async () => {
  vi.useRealTimers();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const from = (address: string) =>
  limitPublic(new Request("http://app.test/", { headers: { "x-real-ip": address } }));

test("passes exactly as many requests a minute as the limit says, then answers 429 with when to come back", async () => {
  for (let n = 0; n < LIMIT; n += 1) await from("192.0.2.1");
  await expect(from("192.0.2.1")).rejects.toMatchObject({ status: 429, headers: { "retry-after": "55" } });
});

test("counts addresses apart", async () => {
  await expect(from("192.0.2.2")).resolves.toBeUndefined();
});

test("asks Redis once for many requests of a busy address", async () => {
  const fetch = vi.spyOn(globalThis, "fetch");
  for (let n = 0; n < 300; n += 1) await from("192.0.2.3");
  expect(fetch.mock.calls.length).toBeLessThan(300 / 8);
});

test("passes requests while Redis is away", async () => {
  await server.stop();
  await expect(from("192.0.2.4")).resolves.toBeUndefined();
});

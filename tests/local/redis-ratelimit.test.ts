import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { findRedisServer } from "@/scripts/local/redis/redis-server-process";
import { type RedisRest, startRedisRest } from "@/scripts/local/redis/start";

const engines = [
  { engine: "memory", title: "in memory", isMissing: false },
  { engine: "redis", title: "on a real Redis (needs redis-server on PATH)", isMissing: !findRedisServer() },
] as const;

for (const { engine, title, isMissing } of engines) {
  describe.skipIf(isMissing)(`@upstash/ratelimit ${title}`, () => {
    let dataDir: string;
    let rest: RedisRest;
    let redis: Redis;

    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), "banzuke-rest-"));
      rest = await startRedisRest({ dataDir, engine });
      redis = new Redis({ url: rest.url, token: rest.token, enableTelemetry: false, retry: false });
    });
    afterAll(async () => {
      await rest.stop();
      await rm(dataDir, { recursive: true });
    });
    // The clients read the time from Date: a window is crossed by setting it, and timers stay real.
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ["Date"], now: Math.ceil(Date.now() / 60_000) * 60_000 });
    });
    afterEach(async () => {
      vi.useRealTimers();
      await redis.flushdb();
    });

    async function outcomes(limiter: Ratelimit, calls: number): Promise<boolean[]> {
      const results: boolean[] = [];
      for (let call = 0; call < calls; call += 1) results.push((await limiter.limit("user")).success);
      return results;
    }

    it("allows a fixed window's number of calls, and as many again in the next window", async () => {
      const limiter = new Ratelimit({
        redis,
        limiter: Ratelimit.fixedWindow(3, "60 s"),
        ephemeralCache: false,
        analytics: false,
      });
      expect(await outcomes(limiter, 5)).toEqual([true, true, true, false, false]);
      expect((await limiter.getRemaining("user")).remaining).toBe(0);
      vi.setSystemTime(Date.now() + 60_000);
      expect(await outcomes(limiter, 1)).toEqual([true]);
    });

    it("counts the part of the previous window that a sliding window still covers", async () => {
      const limiter = new Ratelimit({
        redis,
        limiter: Ratelimit.slidingWindow(4, "60 s"),
        ephemeralCache: false,
        analytics: false,
      });
      expect(await outcomes(limiter, 5)).toEqual([true, true, true, true, false]);
      vi.setSystemTime(Date.now() + 60_000 + 30_000);
      expect(await outcomes(limiter, 3)).toEqual([true, true, false]);
    });

    it("refills a token bucket by its rate, over intervals of days too", async () => {
      const limiter = new Ratelimit({
        redis,
        limiter: Ratelimit.tokenBucket(2, "30 d", 5),
        ephemeralCache: false,
        analytics: false,
      });
      expect(await outcomes(limiter, 6)).toEqual([true, true, true, true, true, false]);
      const [key = ""] = await redis.keys("*user*");
      const days = (await redis.pttl(key)) / 86_400_000;
      expect(days).toBeGreaterThan(89);
      expect(days).toBeLessThanOrEqual(90);
      vi.setSystemTime(Date.now() + 30 * 86_400_000);
      expect(await outcomes(limiter, 3)).toEqual([true, true, false]);
    });

    it("forgets a user's tokens on reset", async () => {
      const limiter = new Ratelimit({
        redis,
        limiter: Ratelimit.fixedWindow(1, "60 s"),
        ephemeralCache: false,
        analytics: false,
      });
      expect(await outcomes(limiter, 2)).toEqual([true, false]);
      await limiter.resetUsedTokens("user");
      expect(await outcomes(limiter, 1)).toEqual([true]);
    });
  });
}

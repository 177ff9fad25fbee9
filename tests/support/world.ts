import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { Context } from "@/lib/platform/context";
import { connectDatabase, type Database } from "@/lib/platform/database";
import { rootLog } from "@/lib/platform/log";
import { connectRedis, type Redis } from "@/lib/platform/redis";
import { startRedisRest } from "@/scripts/local/redis/start";
import { createTestDatabase, type TestDatabase } from "@/scripts/local/test-database";

/** A database and a Redis of one test file's own, and a context whose clock the test sets. */
export interface World {
  ctx: Context;
  db: Database;
  redis: Redis;
  sql: TestDatabase["sql"];
  setNow: (iso: string) => void;
  /** A connection of its own, for transactions that overlap; the test ends it. */
  connect: () => Promise<Client>;
  redisServer: { stop: () => Promise<void>; start: () => Promise<void> };
  close: () => Promise<void>;
}

/** Opens a world at a fixed instant; close it in `afterAll`. */
export async function openWorld(now = "2026-11-22T13:00:30Z"): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), "banzuke-world-"));
  const [database, server] = await Promise.all([
    createTestDatabase(),
    startRedisRest({ engine: "memory", dataDir }),
  ]);
  const db = connectDatabase(database.url, database.secretKey, { send: database.fetch });
  const redis = connectRedis(server.url, server.token);
  let clock = new Date(now);
  rootLog.level = "silent";
  return {
    ctx: { now: () => clock, env: "dev", db, redis, log: rootLog },
    db,
    redis,
    sql: database.sql,
    setNow: (iso) => {
      clock = new Date(iso);
    },
    connect: async () => {
      const client = new Client({ connectionString: database.postgresUrl });
      await client.connect();
      return client;
    },
    redisServer: server,
    close: async () => {
      await Promise.all([database.close(), server.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A theme of a day (JST) whose submissions closed at 21:00, unless told otherwise. */
export async function addTheme(
  world: World,
  theme: { id: string; date?: string; title?: string; submissionsClosedAt?: string | null },
): Promise<void> {
  const { id, date = "2026-11-22", title = `Theme ${id}`, submissionsClosedAt = `${date}T12:00:00Z` } = theme;
  await world.sql("insert into themes (id, date, title, submissions_closed_at) values ($1, $2, $3, $4)", [
    id,
    date,
    title,
    submissionsClosedAt,
  ]);
}

/** Raw text as Redis holds it, so that tests can store anything. */
export type RawMetrics = Partial<Record<"likes" | "impressions" | "unique_viewers", string | number>>;

/** Puts works on a theme's live leaderboard: live score, then metrics (none: no hash at all). */
export async function addLiveWorks(
  redis: Redis,
  themeId: string,
  works: Record<string, { live: number; metrics?: RawMetrics }>,
): Promise<void> {
  const pipeline = redis.pipeline();
  for (const [workId, { live, metrics }] of Object.entries(works)) {
    pipeline.zadd(`rankings:${themeId}`, { score: live, member: workId });
    if (metrics) pipeline.hset(`metrics:${workId}`, metrics);
  }
  await pipeline.exec();
}

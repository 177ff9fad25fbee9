import pLimit from "p-limit";
import { z } from "zod";
import type { LiveWork } from "@/lib/contest/types";
import { PIPELINE_CHUNK, type Redis, reading } from "@/lib/platform/redis";

/** Requests under way at once: enough to overlap network and parsing, few enough for a shared Redis. */
const PARALLEL_REQUESTS = 4;

export const rankingKey = (themeId: string) => `rankings:${themeId}`;
export const metricsKey = (workId: string) => `metrics:${workId}`;

const zsetReply = z.array(z.union([z.string(), z.number()]));

/**
 * The best `topN` works of a theme by live score, best first, with their raw metrics. The order comes
 * from one ZSET read; the metrics follow in pipelines of 1,000 HMGET. Empty when the key is missing.
 */
export async function readLiveWorks(
  redis: Redis,
  themeId: string,
  topN: number | "all",
  signal?: AbortSignal,
  onRead: (done: number, total: number) => void = () => {},
): Promise<LiveWork[]> {
  const stop = topN === "all" ? -1 : topN - 1;
  const reply = await reading(() =>
    redis.zrange(rankingKey(themeId), 0, stop, { rev: true, withScores: true }),
  );
  return fillMetrics(redis, worksOf(zsetReply.parse(reply)), signal, onRead);
}

/** A page of the live ranking; `rank` counts from 1 in the ZSET's own order, so list and place agree. */
export interface LivePage {
  total: number;
  works: (LiveWork & { rank: number })[];
}

/**
 * Ranks `offset + 1` to `offset + limit`, or the `limit` ranks centred on a work. The order is Redis':
 * score, then member, both descending. Null when the theme has no live ranking, `works` empty when the
 * work asked for is not in it.
 */
export async function readLivePage(
  redis: Redis,
  themeId: string,
  page: { limit: number; offset: number } | { limit: number; around: string },
): Promise<LivePage | null> {
  const key = rankingKey(themeId);
  let offset: number;
  if ("around" in page) {
    const [place, total] = await reading(() =>
      redis.pipeline().zrevrank(key, page.around).zcard(key).exec<[number | null, number]>(),
    );
    if (total === 0) return null;
    if (place === null) return { total, works: [] };
    offset = Math.max(0, Math.min(Number(place) - Math.floor(page.limit / 2), total - page.limit));
  } else {
    offset = page.offset;
  }
  const [range, total] = await reading(() =>
    redis
      .pipeline()
      .zrange(key, offset, offset + page.limit - 1, { rev: true, withScores: true })
      .zcard(key)
      .exec<[unknown, number]>(),
  );
  if (total === 0) return null;
  const works = await fillMetrics(redis, worksOf(zsetReply.parse(range)));
  return { total, works: works.map((work, index) => ({ ...work, rank: offset + index + 1 })) };
}

/** Lets a closed theme's keys vanish at an instant: its ZSET and the metrics of every work in it. */
export async function expireLiveKeys(redis: Redis, themeId: string, at: Date): Promise<number> {
  const seconds = Math.floor(at.getTime() / 1000);
  const members = z.array(z.string()).parse(await reading(() => redis.zrange(rankingKey(themeId), 0, -1)));
  const limit = pLimit(PARALLEL_REQUESTS);
  await Promise.all(
    chunksOf(members).map((chunk) =>
      limit(() =>
        reading(() => {
          const pipeline = redis.pipeline();
          for (const workId of chunk) pipeline.expireat(metricsKey(workId), seconds);
          return pipeline.exec();
        }),
      ),
    ),
  );
  // Last, so that an interrupted expiry still finds its members when it is tried again.
  await reading(() => redis.expireat(rankingKey(themeId), seconds));
  return members.length;
}

/** Reads the metrics of works into them, 1,000 HMGET a request. */
async function fillMetrics(
  redis: Redis,
  works: LiveWork[],
  signal?: AbortSignal,
  onRead: (done: number, total: number) => void = () => {},
): Promise<LiveWork[]> {
  const limit = pLimit(PARALLEL_REQUESTS);
  let done = 0;
  const fill = async (chunk: LiveWork[]) => {
    signal?.throwIfAborted();
    const replies = await reading(() => {
      const pipeline = redis.pipeline();
      for (const { workId } of chunk) {
        pipeline.hmget(metricsKey(workId), "likes", "impressions", "unique_viewers");
      }
      // Raw replies: one array per hash in the order of the fields, null where a field is missing.
      return pipeline.exec<(string | null)[][]>();
    });
    for (const [index, work] of chunk.entries()) {
      [work.likes = null, work.impressions = null, work.uniqueViewers = null] = replies[index] ?? [];
    }
    done += chunk.length;
    onRead(done, works.length);
  };
  await Promise.all(chunksOf(works).map((chunk) => limit(fill, chunk)));
  return works;
}

/** Works from a flat reply of members and scores; their metrics are still to be read. */
function worksOf(flat: (string | number)[]): LiveWork[] {
  return Array.from({ length: flat.length / 2 }, (_, index) => ({
    workId: String(flat[2 * index]),
    liveScore: Number(flat[2 * index + 1]),
    likes: null,
    impressions: null,
    uniqueViewers: null,
  }));
}

function chunksOf<T>(list: T[]): T[][] {
  const chunks = [];
  for (let start = 0; start < list.length; start += PIPELINE_CHUNK) {
    chunks.push(list.slice(start, start + PIPELINE_CHUNK));
  }
  return chunks;
}

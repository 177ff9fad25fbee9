import { Redis } from "@upstash/redis";
import { redisEnv } from "@/lib/platform/env";
import { reasonOf } from "@/lib/platform/failure";

export type { Redis };

/** Upstash refuses very large requests; 1,000 commands stay far below its limits. */
export const PIPELINE_CHUNK = 1_000;

/** A job may wait for a large reply; somebody who looks at a page may not. */
export type Patience = "job" | "page";
const REDIS_PATIENCE = { job: { timeoutMs: 15_000, retries: 2 }, page: { timeoutMs: 2_000, retries: 0 } };

/**
 * A client whose replies are raw text: ids that look like numbers must stay text, so nothing is
 * parsed for us. A job's two quick retries bridge a passing fault; a longer outage is the caller's to handle.
 */
export function connectRedis(url: string, token: string, patience: Patience = "job"): Redis {
  const { timeoutMs, retries } = REDIS_PATIENCE[patience];
  return new Redis({
    url,
    token,
    automaticDeserialization: false,
    responseEncoding: false,
    enableTelemetry: false,
    retry: { retries, backoff: (attempt) => 50 * 2 ** attempt },
    signal: () => AbortSignal.timeout(timeoutMs),
  });
}

const shared: Partial<Record<Patience, Redis>> = {};

/** The client for the configured Redis, one per process and patience. */
export function redis(patience: Patience = "job"): Redis {
  const { UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = redisEnv();
  shared[patience] ??= connectRedis(UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN, patience);
  return shared[patience];
}

/** Redis could not be asked, or refused. Always worth another try later. */
export class RedisError extends Error {
  readonly code = "redis_unavailable";
  readonly permanent = false;
  constructor(cause: unknown) {
    super(`Redis could not be asked: ${reasonOf(cause)}`, { cause });
    this.name = "RedisError";
  }
}

/** Awaits a call of the Redis client; what it throws becomes a {@link RedisError}. */
export async function reading<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new RedisError(cause);
  }
}

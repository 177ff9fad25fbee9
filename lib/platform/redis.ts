import { Redis } from "@upstash/redis";
import { redisEnv } from "@/lib/platform/env";

export type { Redis };

/** Upstash refuses very large requests; 1,000 commands stay far below its limits. */
export const PIPELINE_CHUNK = 1_000;

const REQUEST_TIMEOUT_MS = 15_000;

/**
 * A client whose replies are raw text: ids that look like numbers must stay text, so nothing is
 * parsed for us. Two quick retries bridge a passing fault; a longer outage is the caller's to handle.
 */
export function connectRedis(url: string, token: string): Redis {
  return new Redis({
    url,
    token,
    automaticDeserialization: false,
    responseEncoding: false,
    enableTelemetry: false,
    retry: { retries: 2, backoff: (attempt) => 50 * 2 ** attempt },
    signal: () => AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
}

let shared: Redis | undefined;

/** The client for the configured Redis, one per process. */
export function redis(): Redis {
  const { UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = redisEnv();
  shared ??= connectRedis(UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN);
  return shared;
}

/** Redis could not be asked, or refused. Always worth another try later. */
export class RedisError extends Error {
  readonly code = "redis_unavailable";
  readonly permanent = false;
  constructor(cause: unknown) {
    super(`Redis could not be asked: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
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

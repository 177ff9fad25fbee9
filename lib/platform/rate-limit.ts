import { Ratelimit } from "@upstash/ratelimit";
import { ipAddress } from "@vercel/functions";
import { LRUCache } from "lru-cache";
import { rateLimitEnv } from "@/lib/platform/env";
import { rootLog } from "@/lib/platform/log";
import { Problem } from "@/lib/platform/problem";
import { redis } from "@/lib/platform/redis";

/** What Redis said of an address a moment ago: requests it counted already, or when to come back. */
interface Allowance {
  left: number;
  batch: number;
  /** What is left of the limit beyond this allowance. */
  remaining: number;
  refusedUntil?: number;
}

const ALLOWANCE_MS = 1_000;
const LARGEST_BATCH = 50;
const allowances = new LRUCache<string, Allowance>({ max: 10_000, ttl: ALLOWANCE_MS });
let limiter: Ratelimit | undefined;

/**
 * Counts a public request against its address (sliding minute, shared by all instances through Redis).
 * Throws 429 with Retry-After over the limit. A busy address is counted in growing batches, at most a
 * second's worth of the limit ahead, so that a crowd does not cost a round trip each. Without Redis
 * nobody can count: the request passes, because an answer from what is left is worth more than the limit.
 */
export async function limitPublic(request: Request): Promise<void> {
  const address = ipAddress(request) ?? "unknown";
  const allowance = allowances.get(address);
  if (allowance?.refusedUntil) throw tooMany(allowance.refusedUntil);
  if (allowance && allowance.left > 0) {
    allowance.left -= 1;
    return;
  }
  const perSecond = Math.floor(rateLimitEnv().RATE_LIMIT_PER_MINUTE / 60);
  const { batch: last = 0.5, remaining = 1 } = allowance ?? {};
  const batch = Math.max(1, Math.min(last * 2, remaining, perSecond, LARGEST_BATCH));
  let granted: Allowance;
  try {
    granted = await ask(address, batch);
  } catch (error) {
    rootLog.warn(
      { event: "rate_limit.unavailable", err: error },
      "requests are not limited while Redis is away",
    );
    // Ask again in a second, not for every request meanwhile.
    allowances.set(address, { left: Number.POSITIVE_INFINITY, batch: 1, remaining: 1 });
    return;
  }
  // Others may have asked for the same address at the same time: what they were granted adds up.
  granted.left += allowances.get(address)?.left ?? 0;
  allowances.set(address, granted);
  if (granted.refusedUntil) throw tooMany(granted.refusedUntil);
}

/** Asks Redis for a batch of requests, this one among them. */
async function ask(address: string, batch: number): Promise<Allowance> {
  limiter ??= new Ratelimit({
    redis: redis("page"),
    limiter: Ratelimit.slidingWindow(rateLimitEnv().RATE_LIMIT_PER_MINUTE, "60 s"),
    prefix: "ratelimit:public",
    ephemeralCache: false,
    timeout: 1_000,
  });
  const { success, reset, remaining } = await limiter.limit(address, { rate: batch });
  return success
    ? { left: batch - 1, batch, remaining }
    : { left: 0, batch, remaining: 0, refusedUntil: reset };
}

function tooMany(reset: number): Problem {
  const seconds = Math.max(1, Math.ceil((reset - Date.now()) / 1000));
  return new Problem(429, "rate_limited", `Too many requests; try again in ${seconds} s.`, {
    headers: { "retry-after": String(seconds) },
  });
}

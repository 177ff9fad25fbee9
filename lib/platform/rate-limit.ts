import { Ratelimit } from "@upstash/ratelimit";
import { ipAddress } from "@vercel/functions";
import { rateLimitEnv } from "@/lib/platform/env";
import { rootLog } from "@/lib/platform/log";
import { Problem } from "@/lib/platform/problem";
import { redis } from "@/lib/platform/redis";

/** Addresses over their limit are refused from memory until their window ends, without asking Redis. */
const refused = new Map<string, number>();
let limiter: Ratelimit | undefined;

/**
 * Counts a public request against its address (sliding minute, shared by all instances through Redis).
 * Throws 429 with Retry-After over the limit. Without Redis nobody can count: the request passes,
 * because an answer from what is left is worth more than the limit.
 */
export async function limitPublic(request: Request): Promise<void> {
  limiter ??= new Ratelimit({
    redis: redis("page"),
    limiter: Ratelimit.slidingWindow(rateLimitEnv().RATE_LIMIT_PER_MINUTE, "60 s"),
    prefix: "ratelimit:public",
    ephemeralCache: refused,
    timeout: 1_000,
  });
  let verdict: { success: boolean; reset: number };
  try {
    verdict = await limiter.limit(ipAddress(request) ?? "unknown");
  } catch (error) {
    rootLog.warn(
      { event: "rate_limit.unavailable", err: error },
      "requests are not limited while Redis is away",
    );
    return;
  }
  if (verdict.success) return;
  const seconds = Math.max(1, Math.ceil((verdict.reset - Date.now()) / 1000));
  throw new Problem(429, "rate_limited", `Too many requests; try again in ${seconds} s.`, {
    headers: { "retry-after": String(seconds) },
  });
}

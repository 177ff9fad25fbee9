import { randomUUID } from "node:crypto";
import { requireBearer } from "@/lib/platform/auth";
import { engineEnv, metricsEnv } from "@/lib/platform/env";

/** IPv4 loopback, by itself or mapped into IPv6, and IPv6 loopback. */
const LOOPBACK = /^(?:(?:::ffff:)?127(?:\.\d{1,3}){3}|::1)$/i;
/** What only something between the caller and this server adds. */
const PROXY_HEADERS = ["forwarded", "x-real-ip", "via", "x-vercel-id"];

/**
 * Passes whoever may read the metrics: the bearer METRICS_TOKEN, or a process of this machine where
 * METRICS_ALLOW_LOOPBACK says that nobody else can connect. Throws 401.
 */
export function requireMetricsReader(request: Request): void {
  const { METRICS_TOKEN, METRICS_ALLOW_LOOPBACK } = metricsEnv();
  if (METRICS_ALLOW_LOOPBACK && comesFromLoopback(request)) return;
  // Where no token is set, none is right.
  requireBearer(request, METRICS_TOKEN ?? randomUUID());
}

/**
 * A handler never sees the socket: Next writes its address into x-forwarded-for, but keeps what a caller put there. So
 * this can be forged by anybody who connects directly, and holds only for a server that listens on loopback alone.
 */
function comesFromLoopback({ headers }: Request): boolean {
  if (engineEnv().VERCEL_ENV !== undefined) return false;
  if (PROXY_HEADERS.some((name) => headers.has(name))) return false;
  return LOOPBACK.test(headers.get("x-forwarded-for") ?? "");
}

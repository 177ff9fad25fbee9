"use client";

import useSWR from "swr";
import type { Overview } from "@/lib/admin/overview";

const FAST_MS = 5_000;
const SLOW_MS = 20_000;

/** Why the overview is not up to date. */
export type StaleReason = "unreachable" | "unavailable" | "signed_out";

class StaleError extends Error {
  readonly reason: StaleReason;
  constructor(reason: StaleReason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * The overview, read anew every 5 s while something runs and every 20 s otherwise. When reading fails it
 * keeps what it has and says why; it goes on trying.
 */
export function useOverview(initial: Overview, busy: boolean) {
  const { data, error, mutate } = useSWR<Overview, StaleError>("/admin/status", read, {
    fallbackData: initial,
    revalidateOnMount: false,
    keepPreviousData: true,
    refreshInterval: (latest) =>
      busy || latest?.jobs.some((job) => job.state === "running") ? FAST_MS : SLOW_MS,
    onErrorRetry: (_error, _key, _config, revalidate, { retryCount }) => {
      setTimeout(() => revalidate({ retryCount }), FAST_MS);
    },
  });
  // A page that was rendered anew brings newer facts than the last poll.
  const overview = data && data.at > initial.at ? data : initial;
  return { overview, stale: error?.reason ?? null, reload: () => mutate() };
}

async function read(path: string): Promise<Overview> {
  const reply = await fetch(path, { headers: { accept: "application/json" } }).catch(() => null);
  if (!reply) throw new StaleError("unreachable");
  if (reply.ok) return reply.json();
  if (reply.status === 401) throw new StaleError("signed_out");
  throw new StaleError(reply.status === 503 ? "unavailable" : "unreachable");
}

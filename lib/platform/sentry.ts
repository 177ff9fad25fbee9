import { captureCheckIn, captureException, flush, getClient } from "@sentry/core";
import { waitUntil } from "@vercel/functions";

const FLUSH_TIMEOUT_MS = 2_000;

/** Sends an exception with tags. Without a DSN Sentry is not initialised and this is silent. */
export function reportException(error: unknown, tags: Record<string, string>): void {
  captureException(error, { tags });
  flushBeforeFreeze();
}

/** Opens a check-in of a scheduled job's Sentry monitor (created on first use) and returns how to close it. */
export function openCheckIn(job: {
  name: string;
  schedule: string;
  graceSeconds: number;
  timeoutSeconds: number;
}): (status: "ok" | "error") => void {
  const startedAt = Date.now();
  const monitor = { monitorSlug: job.name };
  const checkInId = captureCheckIn(
    { ...monitor, status: "in_progress" },
    {
      schedule: { type: "crontab", value: job.schedule },
      checkinMargin: Math.ceil(job.graceSeconds / 60),
      maxRuntime: Math.ceil(job.timeoutSeconds / 60),
      timezone: "UTC",
    },
  );
  return (status) => {
    captureCheckIn({ ...monitor, checkInId, status, duration: (Date.now() - startedAt) / 1000 });
    flushBeforeFreeze();
  };
}

/** A function is frozen once its answer is out: what Sentry has queued must leave before. */
function flushBeforeFreeze(): void {
  if (getClient()) waitUntil(flush(FLUSH_TIMEOUT_MS));
}

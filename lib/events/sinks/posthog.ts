import { PostHog } from "posthog-node";
import type { Sink } from "@/lib/events/types";
import { posthogEnv } from "@/lib/platform/env";
import { reasonOf } from "@/lib/platform/failure";

const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Sends the event to PostHog. Its uuid is the event's id and its timestamp the event's own, which is
 * what PostHog dedupes by; a repetition after a lost answer is the same event again.
 */
export const posthog: Sink = {
  name: "posthog",
  async deliver(_ctx, event) {
    const { POSTHOG_KEY, POSTHOG_HOST } = posthogEnv();
    if (!POSTHOG_KEY) throw new PosthogError("POSTHOG_KEY is not set");
    const client = new PostHog(POSTHOG_KEY, {
      host: POSTHOG_HOST,
      fetchRetryCount: 0,
      requestTimeout: REQUEST_TIMEOUT_MS,
      disableGeoip: true,
    });
    // The SDK resolves even when sending failed; only this event tells.
    let failure: unknown;
    client.on("error", (error: unknown) => {
      failure = error;
    });
    await client.captureImmediate({
      uuid: event.id,
      timestamp: new Date(event.createdAt),
      event: event.name,
      distinctId: distinctIdOf(event.payload),
      properties: { ...event.payload, event_id: event.id, $process_person_profile: false },
    });
    await client.shutdown(REQUEST_TIMEOUT_MS);
    if (failure) throw new PosthogError(reasonOf(failure));
    return { status: "delivered" };
  },
};

/** PostHog answers 200 to an event without a distinct id and drops it: there must always be one. */
function distinctIdOf(payload: Record<string, unknown>): string {
  return typeof payload.theme_id === "string" ? `theme:${payload.theme_id}` : "banzuke";
}

class PosthogError extends Error {
  readonly code = "posthog_unavailable";
  readonly permanent = false;
}

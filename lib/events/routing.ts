import { posthogEnv } from "@/lib/platform/env";
import { operatorsHaveSlack } from "@/lib/platform/slack";

/**
 * Which sinks an event is written for. A sink that is not configured is not offered the event, so
 * nothing piles up for a provider the team does not use.
 */
export function sinksFor(event: "ranking_finalized" | "ranking_empty"): string[] {
  const analytics = posthogEnv().POSTHOG_KEY ? ["posthog"] : [];
  if (event === "ranking_finalized") return [...analytics, "expo", "live-key-expiry"];
  return operatorsHaveSlack() ? ["operators"] : [];
}

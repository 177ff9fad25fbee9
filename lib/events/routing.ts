import { posthogEnv, resendEnv } from "@/lib/platform/env";
import { operatorsHaveSlack } from "@/lib/platform/slack";

/**
 * Which sinks an event is written for. A sink that is not configured is not offered the event, so
 * nothing piles up for a provider the team does not use.
 */
export function sinksFor(event: "ranking_finalized" | "ranking_empty"): string[] {
  const analytics = posthogEnv().POSTHOG_KEY ? ["posthog"] : [];
  const mail = resendEnv().RESEND_API_KEY ? ["result-mail"] : [];
  if (event === "ranking_finalized") return [...analytics, "expo", ...mail, "live-key-expiry"];
  return operatorsHaveSlack() ? ["operators"] : [];
}

import { resendEnv, slackEnv } from "@/lib/platform/env";
import type { Failure } from "@/lib/platform/failure";

export const CHANNELS = ["email", "slack"] as const;
export type ChannelName = (typeof CHANNELS)[number];

/** The channels this installation has credentials for. What nobody configured is not offered to users. */
export function configuredChannels(): ChannelName[] {
  const configured: ChannelName[] = [];
  if (resendEnv().RESEND_API_KEY) configured.push("email");
  if (slackEnv().SLACK_BOT_TOKEN) configured.push("slack");
  return configured;
}

/** What became of one message. */
export type Outcome =
  | { status: "sent"; providerId: string }
  /** This message will never arrive at this address. */
  | { status: "failed"; error: Failure }
  /** It may have arrived: sending again could repeat it. */
  | { status: "uncertain"; error: Failure };

/** What became of a request as a whole. */
export type Setback =
  /**
   * Passing: try again. `seconds` is the pause the provider asked for, or null for our own backoff.
   * `refused`: the provider surely did not accept anything. `limited`: it was only too fast.
   */
  | { status: "again"; error: Failure; seconds: number | null; refused: boolean; limited: boolean }
  /** The provider refuses this installation (credential, quota): nothing more can be sent for now. */
  | { status: "halt"; error: Failure };

/** Seconds until the next attempt: 2, 4, 8 … up to an hour, with full jitter so that workers spread. */
export function backoffSeconds(attempts: number, random: () => number = Math.random): number {
  return Math.min(3_600, 2 ** Math.max(1, attempts)) * (0.5 + random() / 2);
}

/** Seconds a `retry-after` or `ratelimit-reset` header asks for, or null. Dates (RFC 9110) count from now. */
export function pauseAsked(value: string | null | undefined, now: Date): number | null {
  if (!value) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, (date - now.getTime()) / 1000);
}

import { expo } from "@/lib/events/sinks/expo";
import { liveKeyExpiry } from "@/lib/events/sinks/live-key-expiry";
import { operators } from "@/lib/events/sinks/operators";
import { posthog } from "@/lib/events/sinks/posthog";
import { resultMail } from "@/lib/events/sinks/result-mail";
import type { Sink } from "@/lib/events/types";

/** Every sink by name, as `event_deliveries.sink` stores it. */
export const sinks: Record<string, Sink> = Object.fromEntries(
  [posthog, expo, resultMail, liveKeyExpiry, operators].map((sink) => [sink.name, sink]),
);

import type { DeliveryError, DeliveryRow, NotificationRow } from "@/lib/admin/notification-row";
import { nextOccurrence } from "@/lib/engine/schedule";
import { sendNotifications } from "@/lib/jobs/send-notifications";
import { CHANNELS, type ChannelName } from "@/lib/notify/channels/channel";
import { planDigest } from "@/lib/notify/plan";
import { zonedDate } from "@/lib/time";

/** Why a channel cannot be used for a user. `since`: ISO 8601. */
export interface ClosedChannel {
  channel: ChannelName;
  why: "no_address" | "turned_off" | "bounced" | "complained" | "unsubscribed" | "not_configured";
  since: string | null;
}

/** What became of a digest on one channel. Times are ISO 8601. */
export type DeliveryEnd =
  | {
      code: "sent";
      channel: ChannelName;
      at: string;
      report: DeliveryRow["provider_status"];
      reportAt: string | null;
    }
  | { code: "sending"; channel: ChannelName }
  /** It goes with the run at `runAt`. */
  | { code: "next_run"; channel: ChannelName; runAt: string }
  /** An attempt failed; the next is made from `at` (null: now) on, at the latest by the run at `runAt`. */
  | { code: "again"; channel: ChannelName; at: string | null; runAt: string; error: DeliveryError }
  | { code: "failed" | "uncertain"; channel: ChannelName; error: DeliveryError | null };

/** Why a notification was or was not sent, and when it will be: facts, for words to be made of. */
export type Explanation =
  | { code: "suppressed_cooldown"; until: string | null }
  | { code: "suppressed_muted" | "suppressed_expired" | "no_settings" | "composing" }
  | { code: "unknown_zone"; timezone: string }
  | { code: "no_channel"; closed: ClosedChannel[] }
  | { code: "due"; time: string; timezone: string; runAt: string }
  /** Its time is ahead. `after`: the local date whose digest has gone already, if that is why it waits. */
  | { code: "waits"; time: string; timezone: string; dueAt: string; runAt: string; after: string | null }
  /** In a digest that is written: one entry per channel. */
  | { code: "deliveries"; ends: DeliveryEnd[] }
  /** Marked as sent, but nothing is kept of how. */
  | { code: "sent_unknown"; at: string };

/**
 * Explains a notification as the operator asks: was it sent, why not, when will it be? Pure: `configured` are
 * the channels this installation has credentials for.
 */
export function explainNotification(row: NotificationRow, now: Date, configured: ChannelName[]): Explanation {
  if (row.state === "suppressed") return explainSuppressed(row);
  if (row.deliveries.length > 0) {
    return { code: "deliveries", ends: row.deliveries.map((delivery) => explainDelivery(delivery, now)) };
  }
  if (row.sent_at !== null) return { code: "sent_unknown", at: row.sent_at };
  if (row.local_date !== null) return { code: "composing" };
  return explainWaiting(row.settings, now, configured);
}

/** What became of a digest on one channel. */
export function explainDelivery(
  delivery: Pick<
    DeliveryRow,
    "channel" | "status" | "error" | "next_attempt_at" | "sent_at" | "provider_status" | "provider_status_at"
  >,
  now: Date,
): DeliveryEnd {
  const { channel, status, error } = delivery;
  switch (status) {
    case "sent":
      return {
        code: "sent",
        channel,
        at: delivery.sent_at ?? delivery.next_attempt_at,
        report: delivery.provider_status,
        reportAt: delivery.provider_status_at,
      };
    case "failed":
    case "uncertain":
      return { code: status, channel, error };
    case "sending":
      // A batch that was put off is still "sending", with the reason it waits.
      if (!error) return { code: "sending", channel };
      break;
    case "pending":
      if (!error) return { code: "next_run", channel, runAt: runFrom(later(delivery.next_attempt_at, now)) };
  }
  const at = later(delivery.next_attempt_at, now);
  return { code: "again", channel, at: at > now ? at.toISOString() : null, runAt: runFrom(at), error };
}

function explainSuppressed({
  suppressed_reason: reason,
  suppressed_until: until,
}: NotificationRow): Explanation {
  if (reason === "cooldown") return { code: "suppressed_cooldown", until };
  return { code: reason === "muted" ? "suppressed_muted" : "suppressed_expired" };
}

function explainWaiting(
  settings: NotificationRow["settings"],
  now: Date,
  configured: ChannelName[],
): Explanation {
  if (!settings) return { code: "no_settings" };
  const closed = CHANNELS.flatMap((channel) => closedChannel(channel, settings, configured) ?? []);
  if (closed.length === CHANNELS.length) return { code: "no_channel", closed };
  const { timezone, notification_time: time, digested } = settings;
  const plan = planDigest({ timezone, notificationTime: time, digestedDates: digested }, now);
  if (plan.status === "invalid_timezone") return { code: "unknown_zone", timezone };
  if (plan.status === "due") return { code: "due", time, timezone, runAt: runFrom(now) };
  const today = zonedDate(now, timezone);
  return {
    code: "waits",
    time,
    timezone,
    dueAt: plan.at.toISOString(),
    runAt: runFrom(plan.at),
    after: digested.includes(today) ? today : null,
  };
}

/** Null for a channel on which the user can be reached; as SQL `open_channels` decides it. */
function closedChannel(
  channel: ChannelName,
  settings: NonNullable<NotificationRow["settings"]>,
  configured: ChannelName[],
): ClosedChannel | null {
  const email = channel === "email";
  if (!(email ? settings.email : settings.slack_channel)) return { channel, why: "no_address", since: null };
  if (email && settings.email_disabled_at) {
    return {
      channel,
      why: settings.email_disabled_reason ?? "turned_off",
      since: settings.email_disabled_at,
    };
  }
  if (!(email ? settings.email_enabled : settings.slack_enabled))
    return { channel, why: "turned_off", since: null };
  return configured.includes(channel) ? null : { channel, why: "not_configured", since: null };
}

/** The first scheduled run at or after an instant. */
export function runFrom(at: Date): string {
  const { schedule } = sendNotifications;
  const run = schedule === null ? null : nextOccurrence(schedule, new Date(at.getTime() - 1));
  return (run ?? at).toISOString();
}

function later(at: string, now: Date): Date {
  return new Date(Math.max(Date.parse(at), now.getTime()));
}

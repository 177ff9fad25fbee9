import type { DeliveryRow, NotificationRow } from "@/lib/admin/notification-row";

/** A notification that waits for a user in Tokyo who reads digests at 09:00, by e-mail and Slack. */
export function waiting(changes: Partial<NotificationRow> = {}): NotificationRow {
  return {
    id: "n1",
    article_id: "a1",
    user_id: "sato",
    kind: "drop",
    notification_data: {
      title: "Coffee",
      keyword: "coffee",
      source: "serper",
      previous: { position: 3 },
      current: { position: 12 },
    },
    created_at: "2026-11-22T00:10:00.000Z",
    sent_at: null,
    state: "pending",
    suppressed_reason: null,
    suppressed_until: null,
    local_date: null,
    settings: settings(),
    deliveries: [],
    ...changes,
  };
}

type Settings = NonNullable<NotificationRow["settings"]>;

/** Settings under which everything can be sent. */
export function settings(changes: Partial<Settings> = {}): Settings {
  return {
    email: "sato@example.com",
    slack_channel: "#seo",
    timezone: "Asia/Tokyo",
    notification_time: "09:00",
    email_enabled: true,
    slack_enabled: true,
    email_disabled_at: null,
    email_disabled_reason: null,
    digested: [],
    ...changes,
  };
}

/** A message of a frozen digest that waits for its first attempt. */
export function delivery(changes: Partial<DeliveryRow> = {}): DeliveryRow {
  return {
    id: "d1",
    channel: "email",
    status: "pending",
    attempts: 0,
    recipient: "sato@example.com",
    error: null,
    next_attempt_at: "2026-11-22T00:59:00.000Z",
    sent_at: null,
    provider_id: null,
    provider_status: null,
    provider_status_at: null,
    can_resend: false,
    ...changes,
  };
}

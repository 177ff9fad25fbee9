import { z } from "zod";
import { CHANNELS } from "@/lib/notify/channels/channel";

export const STATES = ["pending", "sent", "failed", "uncertain", "suppressed"] as const;
export type NotificationState = (typeof STATES)[number];

/** Why something was not sent. `previous`: what an earlier attempt said. */
export interface DeliveryError {
  code: string;
  message: string;
  previous?: DeliveryError | null | undefined;
}

const deliveryError: z.ZodType<DeliveryError | null> = z
  .object({
    code: z.string(),
    message: z.string(),
    get previous() {
      return deliveryError.optional();
    },
  })
  .nullable()
  .catch(null);

/** Columns of a delivery that tell what became of it. */
export const deliveryFields = {
  id: z.string(),
  channel: z.enum(CHANNELS),
  status: z.enum(["pending", "sending", "sent", "failed", "uncertain"]),
  attempts: z.number(),
  recipient: z.string(),
  error: deliveryError,
  next_attempt_at: z.string(),
  sent_at: z.string().nullable(),
  provider_id: z.string().nullable(),
  provider_status: z.enum(["delivered", "delayed", "bounced", "complained"]).nullable(),
  provider_status_at: z.string().nullable(),
  can_resend: z.boolean(),
};

/** A digest on one channel, and what became of it. */
const delivery = z.object(deliveryFields);
export type DeliveryRow = z.infer<typeof delivery>;

const settings = z.object({
  email: z.string().nullable(),
  slack_channel: z.string().nullable(),
  timezone: z.string(),
  /** `HH:MM` */
  notification_time: z.string(),
  email_enabled: z.boolean(),
  slack_enabled: z.boolean(),
  email_disabled_at: z.string().nullable(),
  email_disabled_reason: z.enum(["bounced", "complained", "unsubscribed"]).nullable().catch(null),
  digested: z.array(z.string()),
});

const side = z.object({ position: z.number().nullable() }).nullable().catch(null);

/** What a notification tells; other programs may have written it in another shape, of which little is shown. */
const told = z
  .object({
    title: z.string().catch(""),
    keyword: z.string().catch(""),
    source: z.string().catch(""),
    previous: side,
    current: side,
  })
  .catch({ title: "", keyword: "", source: "", previous: null, current: null });

/** A notification, as SQL `admin_notifications` hands it over, with all that explains what became of it. */
export const notificationRow = z.object({
  id: z.string(),
  article_id: z.string(),
  user_id: z.string(),
  kind: z.string(),
  notification_data: told,
  created_at: z.string(),
  sent_at: z.string().nullable(),
  state: z.enum(STATES),
  suppressed_reason: z.enum(["cooldown", "muted", "expired"]).nullable(),
  suppressed_until: z.string().nullable(),
  /** Of its digest; null while it is in none. */
  local_date: z.string().nullable(),
  settings: settings.nullable(),
  deliveries: z.array(delivery),
});
export type NotificationRow = z.infer<typeof notificationRow>;

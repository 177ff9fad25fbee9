import { z } from "zod";
import { LOCALES } from "@/lib/notify/types";
import { type Database, rows } from "@/lib/platform/database";
import { isTimeZone } from "@/lib/time";
import { CHANGE_KINDS } from "@/lib/watch/types";

const threshold = z.coerce
  .number({ error: "must be a whole number" })
  .int("must be a whole number")
  .min(1, "must be at least 1")
  .max(100, "must be at most 100")
  .nullable();

/** What a user may choose for themselves. Null thresholds mean the house's default. */
export const userPreferences = z.strictObject({
  locale: z.enum(LOCALES, { error: 'must be "ja" or "en"' }),
  timezone: z.string().refine(isTimeZone, "is not a time zone of the IANA list"),
  notification_time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time like 09:00"),
  notification_cooldown_days: z.coerce
    .number({ error: "must be a whole number" })
    .int("must be a whole number")
    .min(0, "must be at least 0")
    .max(365, "must be at most 365")
    .nullable(),
  drop_threshold: threshold,
  rise_threshold: threshold,
  muted_kinds: z.array(z.enum(CHANGE_KINDS)),
  email_enabled: z.boolean(),
  slack_enabled: z.boolean(),
});
export type UserPreferences = z.infer<typeof userPreferences>;

/** What an operator sets for a user: the preferences, and where messages go. */
export const alertSettings = userPreferences.extend({
  user_id: z.string().trim().min(1, "is required").max(200, "must have at most 200 characters"),
  email: z.email("must be an e-mail address").nullable(),
  slack_channel: z
    .string()
    .regex(/^([CGDU][A-Z0-9]{2,}|#[^\s]{1,80})$/, "must be a channel id like C0123ABCD, or #name")
    .nullable(),
  top_10_threshold: threshold,
  top_3_threshold: threshold,
  lost_after_days: threshold,
});
export type AlertSettings = z.infer<typeof alertSettings>;

const storedSettings = alertSettings.extend({
  // Other programs write this table: what they wrote is shown as it is.
  timezone: z.string(),
  email: z.string().nullable(),
  slack_channel: z.string().nullable(),
  notification_time: z.string().transform((time) => time.slice(0, 5)),
  muted_kinds: z.array(z.string()).transform((kinds) => CHANGE_KINDS.filter((kind) => kinds.includes(kind))),
  email_disabled_at: z.string().nullable(),
  email_disabled_reason: z.enum(["bounced", "complained", "unsubscribed"]).nullable(),
});
export type StoredSettings = z.infer<typeof storedSettings>;

const COLUMNS =
  "user_id, email, slack_channel, locale, timezone, notification_time, notification_cooldown_days, drop_threshold, " +
  "rise_threshold, top_10_threshold, top_3_threshold, lost_after_days, muted_kinds, email_enabled, slack_enabled, " +
  "email_disabled_at, email_disabled_reason";

/** A user's settings, or null. */
export async function readSettings(db: Database, userId: string): Promise<StoredSettings | null> {
  const found = await rows(db.from("user_alert_settings").select(COLUMNS).eq("user_id", userId));
  return found[0] ? storedSettings.parse(found[0]) : null;
}

/** Writes a user's settings, new or not. */
export async function saveSettings(db: Database, settings: AlertSettings): Promise<void> {
  await db.from("user_alert_settings").upsert(settings).throwOnError();
}

/**
 * Writes what a user chose for themselves. Turning e-mail on again also lifts an earlier unsubscription; a
 * bounce or complaint is lifted only by a new address. False when the user is gone.
 */
export async function savePreferences(
  db: Database,
  userId: string,
  preferences: UserPreferences,
): Promise<boolean> {
  const changed = await rows(
    db
      .from("user_alert_settings")
      .update(preferences)
      .eq("user_id", userId)
      .select("user_id, email_disabled_reason"),
  );
  if (preferences.email_enabled && changed[0]?.email_disabled_reason === "unsubscribed") {
    await db
      .from("user_alert_settings")
      .update({ email_disabled_at: null, email_disabled_reason: null })
      .eq("user_id", userId)
      .throwOnError();
  }
  return changed.length > 0;
}

/** Turns e-mail off for a user at their word. Once more changes nothing. */
export async function unsubscribe(db: Database, userId: string, now: Date): Promise<void> {
  await db
    .from("user_alert_settings")
    .update({ email_disabled_at: now.toISOString(), email_disabled_reason: "unsubscribed" })
    .eq("user_id", userId)
    .is("email_disabled_at", null)
    .throwOnError();
}

import { type AlertSettings, alertSettings } from "@/lib/notify/settings";

export type SettingsField = keyof AlertSettings;
/** Why a field is not taken; `taken`: this user has settings already. */
export type SettingsProblems = Partial<Record<SettingsField, "invalid" | "taken">>;

/** Reads the form of a user's settings; an empty field is the house's default, or no address. */
export function readSettingsForm(
  form: FormData,
): { ok: true; settings: AlertSettings } | { ok: false; problems: SettingsProblems } {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const orNull = (name: string) => text(name) || null;
  const parsed = alertSettings.safeParse({
    user_id: text("user_id"),
    email: orNull("email"),
    slack_channel: orNull("slack_channel"),
    locale: text("locale"),
    timezone: text("timezone"),
    notification_time: text("notification_time").slice(0, 5),
    notification_cooldown_days: orNull("notification_cooldown_days"),
    drop_threshold: orNull("drop_threshold"),
    rise_threshold: orNull("rise_threshold"),
    top_10_threshold: orNull("top_10_threshold"),
    top_3_threshold: orNull("top_3_threshold"),
    lost_after_days: orNull("lost_after_days"),
    muted_kinds: form.getAll("muted_kinds"),
    email_enabled: form.get("email_enabled") === "on",
    slack_enabled: form.get("slack_enabled") === "on",
  });
  if (parsed.success) return { ok: true, settings: parsed.data };
  const fields = parsed.error.issues.map((issue) => [issue.path[0], "invalid"]);
  return { ok: false, problems: Object.fromEntries(fields) };
}

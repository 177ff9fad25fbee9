import "server-only";
import { cache } from "react";
import { runFrom } from "@/lib/admin/notification-explain";
import { type ChannelName, configuredChannels } from "@/lib/notify/channels/channel";
import { readPreferencesToken } from "@/lib/notify/links";
import { planDigest } from "@/lib/notify/plan";
import { readSettings, type StoredSettings, type UserPreferences } from "@/lib/notify/settings";
import { appContext, type Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { DEFAULT_COOLDOWN_DAYS, DEFAULT_THRESHOLDS } from "@/lib/watch/rules";

/** Where messages of a channel go, as much of it as its reader needs to recognise. */
export interface ChannelView {
  address: string;
  /** Messages go there now. */
  on: boolean;
  /** Why its reader cannot turn it on: only a new address can. */
  broken: "bounced" | "complained" | null;
}

/** What the preferences page shows of a user: nothing that a forwarded link should not tell. */
export interface PreferencesView {
  chosen: Omit<UserPreferences, "email_enabled" | "slack_enabled">;
  /** Null: there is no address, so there is nothing to turn on. */
  email: ChannelView | null;
  slack: ChannelView | null;
  /** When e-mail was unsubscribed, ISO 8601. */
  unsubscribedAt: string | null;
  /** When the next digest would arrive; null where none can. */
  nextAt: string | null;
  defaults: { cooldownDays: number; drop: number; rise: number };
}

/** The user a link speaks for; `expired` when the link is not valid, `gone` when the user has no settings any more. */
export type PreferencesRead = { kind: "ready"; view: PreferencesView } | { kind: "expired" | "gone" };

/** Reads what a link's user may change; once per rendered request. */
export const readPreferences = cache(async (token: string): Promise<PreferencesRead> => {
  const ctx = appContext("page");
  const userId = await readPreferencesToken(token, ctx.now());
  if (!userId) return { kind: "expired" };
  const settings = await readSettings(ctx.db, userId);
  return settings ? { kind: "ready", view: await viewOf(ctx, settings) } : { kind: "gone" };
});

async function viewOf(ctx: Pick<Context, "db" | "now">, settings: StoredSettings): Promise<PreferencesView> {
  const { email, slack } = channelsOf(settings);
  const configured = configuredChannels();
  const reached = (channel: ChannelName, view: ChannelView | null) =>
    view?.on && configured.includes(channel);
  return {
    chosen: {
      locale: settings.locale,
      timezone: settings.timezone,
      notification_time: settings.notification_time,
      notification_cooldown_days: settings.notification_cooldown_days,
      drop_threshold: settings.drop_threshold,
      rise_threshold: settings.rise_threshold,
      muted_kinds: settings.muted_kinds,
    },
    email,
    slack,
    unsubscribedAt: settings.email_disabled_reason === "unsubscribed" ? settings.email_disabled_at : null,
    nextAt: reached("email", email) || reached("slack", slack) ? await nextDigest(ctx, settings) : null,
    defaults: {
      cooldownDays: DEFAULT_COOLDOWN_DAYS,
      drop: DEFAULT_THRESHOLDS.drop,
      rise: DEFAULT_THRESHOLDS.rise,
    },
  };
}

/** A user's channels; null for those without an address. */
export function channelsOf(settings: StoredSettings): Pick<PreferencesView, "email" | "slack"> {
  const {
    email,
    slack_channel: slack,
    email_disabled_reason: reason,
    email_disabled_at: disabledAt,
  } = settings;
  return {
    email: email
      ? {
          address: masked(email),
          on: settings.email_enabled && disabledAt === null,
          broken: reason === "bounced" || reason === "complained" ? reason : null,
        }
      : null,
    slack: slack ? { address: slack, on: settings.slack_enabled, broken: null } : null,
  };
}

/** `t•••@example.com`: enough to recognise one's own address. */
function masked(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 1 ? "•••" : `${[...address][0]}•••${address.slice(at)}`;
}

async function nextDigest(
  ctx: Pick<Context, "db" | "now">,
  settings: StoredSettings,
): Promise<string | null> {
  const digests = await rows(
    ctx.db
      .from("digests")
      .select("local_date")
      .eq("user_id", settings.user_id)
      .order("local_date", { ascending: false })
      .limit(3),
  );
  const plan = planDigest(
    {
      timezone: settings.timezone,
      notificationTime: settings.notification_time,
      digestedDates: digests.map((digest) => digest.local_date),
    },
    ctx.now(),
  );
  if (plan.status === "invalid_timezone") return null;
  return runFrom(plan.status === "due" ? ctx.now() : plan.at);
}

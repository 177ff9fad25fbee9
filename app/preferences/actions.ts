"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { channelsOf } from "@/app/preferences/read-preferences";
import { readPreferencesToken } from "@/lib/notify/links";
import {
  readSettings,
  type StoredSettings,
  savePreferences,
  unsubscribe,
  userPreferences,
} from "@/lib/notify/settings";
import { appContext, type Context } from "@/lib/platform/context";
import { Problem } from "@/lib/platform/problem";
import { limitPublic } from "@/lib/platform/rate-limit";
import { CHANGE_KINDS } from "@/lib/watch/types";

/** How a change of preferences ended; null before anybody tried. `fields`: those that are not valid. */
export type PreferencesState =
  | { kind: "saved" | "unsubscribed" | "subscribed" }
  | { kind: "invalid"; fields: string[] }
  | { kind: "expired" | "gone" | "tooMany" | "unavailable" }
  | null;

/** Changes the preferences of the user that the form's link speaks for: `intent` save | unsubscribe | subscribe. */
export async function changePreferences(
  _before: PreferencesState,
  form: FormData,
): Promise<PreferencesState> {
  const ctx = appContext("page");
  try {
    await limitPublic(new Request("http://localhost", { headers: await headers() }));
    const userId = await readPreferencesToken(String(form.get("token") ?? ""), ctx.now());
    if (!userId) return { kind: "expired" };
    const settings = await readSettings(ctx.db, userId);
    const state = settings ? await change(ctx, settings, form) : ({ kind: "gone" } as const);
    refresh();
    return state;
  } catch (error) {
    if (error instanceof Problem && error.status === 429) return { kind: "tooMany" };
    ctx.log.error({ event: "preferences.failed", err: error });
    return { kind: "unavailable" };
  }
}

async function change(ctx: Context, settings: StoredSettings, form: FormData): Promise<PreferencesState> {
  switch (form.get("intent")) {
    case "unsubscribe":
      await unsubscribe(ctx.db, settings.user_id, ctx.now());
      return { kind: "unsubscribed" };
    case "subscribe": {
      const kept = userPreferences.strip().parse(settings);
      const found = await savePreferences(ctx.db, settings.user_id, { ...kept, email_enabled: true });
      return { kind: found ? "subscribed" : "gone" };
    }
    default: {
      const given = userPreferences.safeParse(preferencesIn(form, settings));
      if (!given.success) {
        return { kind: "invalid", fields: given.error.issues.map(({ path }) => String(path[0])) };
      }
      const found = await savePreferences(ctx.db, settings.user_id, given.data);
      return { kind: found ? "saved" : "gone" };
    }
  }
}

/** What a form says. A channel that it did not offer stays as it is. */
function preferencesIn(form: FormData, settings: StoredSettings) {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const figure = (name: string) => (text(name) === "" ? null : text(name));
  const wanted = form.getAll("kinds");
  const { email, slack } = channelsOf(settings);
  return {
    locale: text("locale"),
    timezone: text("timezone"),
    notification_time: text("notification_time"),
    notification_cooldown_days: figure("notification_cooldown_days"),
    drop_threshold: figure("drop_threshold"),
    rise_threshold: figure("rise_threshold"),
    muted_kinds: CHANGE_KINDS.filter((kind) => !wanted.includes(kind)),
    email_enabled: email && !email.broken ? form.has("email") : settings.email_enabled,
    slack_enabled: slack ? form.has("slack") : settings.slack_enabled,
  };
}

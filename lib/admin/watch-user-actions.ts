"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormState } from "@/lib/admin/watch-actions";
import { readSettingsForm, type SettingsProblems } from "@/lib/admin/watch-user-form";
import { saveSettings } from "@/lib/notify/settings";
import { appContext } from "@/lib/platform/context";
import { DatabaseError, rows } from "@/lib/platform/database";
import { NotAdminError, requireAdmin } from "@/lib/platform/session";

const UNIQUE_VIOLATION = "23505";

/** Writes the settings of a user, new or not, whole or not at all. */
export async function saveUser(
  isNew: boolean,
  _before: FormState<SettingsProblems>,
  form: FormData,
): Promise<FormState<SettingsProblems>> {
  const read = readSettingsForm(form);
  if (!read.ok) return { problems: read.problems };
  const { settings } = read;
  try {
    await requireAdmin();
    const { db } = appContext("page");
    if (z.boolean().parse(isNew)) {
      await rows(db.from("user_alert_settings").insert(settings).select("user_id"));
    } else await saveSettings(db, settings);
  } catch (error) {
    if (error instanceof DatabaseError && error.code === UNIQUE_VIOLATION)
      return { problems: { user_id: "taken" } };
    if (error instanceof NotAdminError) return { refused: "signed_out" };
    appContext().log.error({ event: "admin.save_user", err: error });
    return { refused: "unanswered" };
  }
  revalidatePath("/admin/watch", "layout");
  if (isNew) redirect(`/admin/watch/users/${encodeURIComponent(settings.user_id)}?saved=new`);
  return { saved: true };
}

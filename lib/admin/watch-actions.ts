"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { type FieldProblems, readArticleForm } from "@/lib/admin/watch-article-form";
import { appContext } from "@/lib/platform/context";
import { DatabaseError, rows } from "@/lib/platform/database";
import { NotAdminError, requireAdmin } from "@/lib/platform/session";

const articleId = z.string().min(1).max(200);
const UNIQUE_VIOLATION = "23505";

/** Why a form was not saved: what is wrong with its fields, or with the world. Nothing was written. */
export type FormState<Problems> =
  | { problems: Problems }
  | { refused: "signed_out" | "gone" | "unanswered" }
  | { saved: true }
  | null;

/** Adds an article (`id` null) or changes one, whole or not at all; then shows it. */
export async function saveArticle(
  id: string | null,
  _before: FormState<FieldProblems>,
  form: FormData,
): Promise<FormState<FieldProblems>> {
  const read = readArticleForm(form);
  if (!read.ok) return { problems: read.problems };
  let saved: string;
  try {
    await requireAdmin();
    const articles = appContext("page").db.from("articles");
    const found = await rows(
      id === null
        ? articles.insert(read.fields).select("id")
        : articles
            .update({ ...read.fields, updated_at: new Date().toISOString() })
            .eq("id", articleId.parse(id))
            .select("id"),
    );
    const [row] = found;
    if (!row) return { refused: "gone" };
    saved = row.id;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === UNIQUE_VIOLATION)
      return { problems: { keyword: "taken" } };
    return refusal(error, "admin.save_article");
  }
  revalidatePath("/admin/watch", "layout");
  redirect(`/admin/watch/${encodeURIComponent(saved)}?saved=${id === null ? "new" : "changed"}`);
}

/** Takes an article into the daily check or out of it; its history stays. */
export async function setMonitored(id: string, monitored: boolean): Promise<{ ok: boolean }> {
  try {
    await requireAdmin();
    const changed = await rows(
      appContext("page")
        .db.from("articles")
        .update({ is_monitored: z.boolean().parse(monitored), updated_at: new Date().toISOString() })
        .eq("id", articleId.parse(id))
        .select("id"),
    );
    revalidatePath("/admin/watch", "layout");
    return { ok: changed.length > 0 };
  } catch (error) {
    refusal(error, "admin.set_monitored");
    return { ok: false };
  }
}

/** Deletes an article with its readings and notifications; then shows the list. */
export async function deleteArticle(id: string): Promise<{ ok: false }> {
  try {
    await requireAdmin();
    await rows(appContext("page").db.from("articles").delete().eq("id", articleId.parse(id)).select("id"));
  } catch (error) {
    refusal(error, "admin.delete_article");
    return { ok: false };
  }
  revalidatePath("/admin/watch", "layout");
  redirect("/admin/watch?deleted=1");
}

function refusal(error: unknown, event: string): { refused: "signed_out" | "unanswered" } {
  if (error instanceof NotAdminError) return { refused: "signed_out" };
  appContext().log.error({ event, err: error });
  return { refused: "unanswered" };
}

"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { isProfileName, readWeights, type WeightProblems } from "@/lib/admin/trending-weight-form";
import { type Preview, readPreview } from "@/lib/admin/trending-weights";
import { appContext } from "@/lib/platform/context";
import { type Database, DatabaseError, rows } from "@/lib/platform/database";
import { trendingEnv } from "@/lib/platform/env";
import { NotAdminError, requireAdmin } from "@/lib/platform/session";
import { readProfiles, readState } from "@/lib/trending/store";
import { type ScoreWeights, WINDOW_NAMES } from "@/lib/trending/types";

const UNIQUE_VIOLATION = "23505";
const NOT_FOUND = "PT404";

const textsSchema = z.strictObject({
  posts: z.string().max(40),
  uniqueAuthors: z.string().max(40),
  boosts: z.string().max(40),
  replies: z.string().max(40),
  bookmarks: z.string().max(40),
  participantDelta: z.string().max(40),
});
const nameSchema = z.string().max(100);

/** Why nothing was changed. */
export type Refusal = "signed_out" | "gone" | "unanswered" | "in_force" | "setting_gone";

export type SaveAnswer =
  | { kind: "saved"; updatedAt: string }
  | { kind: "problems"; problems: WeightProblems }
  /** Somebody saved it after the caller had opened it; nothing was written. */
  | { kind: "changed"; weights: ScoreWeights; updatedAt: string }
  /** Another profile is in force than the caller had seen; nothing was written. */
  | { kind: "switched"; profile: string }
  | { kind: "refused"; why: Refusal };

export type ChooseAnswer =
  | { kind: "chosen"; profile: string }
  /** Another profile is in force than the caller had seen; nothing was switched. */
  | { kind: "switched"; profile: string }
  /** The chosen profile has other weights than the caller had seen; nothing was switched. */
  | { kind: "reweighed"; weights: ScoreWeights; updatedAt: string }
  | { kind: "refused"; why: Refusal };

/**
 * Writes a profile's weights, whole or not at all. `seen`: the `updated_at` the caller compared, null for a profile
 * that is to be new; somebody else's later change is answered instead of overwritten.
 */
export async function saveProfile(input: {
  name: string;
  texts: unknown;
  seen: string | null;
  /** Whether the caller saw this profile in force: weights that nobody meant to be live must not become so. */
  inForce: boolean;
}): Promise<SaveAnswer> {
  try {
    await requireAdmin();
    const { db } = appContext("page");
    const name = nameSchema.parse(input.name);
    const seen = z.string().max(64).nullable().parse(input.seen);
    const read = readWeights(textsSchema.parse(input.texts));
    const named = seen !== null || isProfileName(name);
    if (!read.ok || !named) {
      const problems = { ...(read.ok ? {} : read.problems), ...(named ? {} : { name: "name" as const }) };
      return { kind: "problems", problems };
    }
    const { profile } = await readState(db);
    if (seen !== null && (profile === name) !== input.inForce) return { kind: "switched", profile };
    const columns = { ...columnsOf(read.weights), updated_at: new Date().toISOString() };
    const [written] = await rows(
      seen === null
        ? db
            .from("score_profiles")
            .insert({ name, ...columns })
            .select("updated_at")
        : db
            .from("score_profiles")
            .update(columns)
            .eq("name", name)
            .eq("updated_at", seen)
            .select("updated_at"),
    );
    if (!written) return (await changedMeanwhile(db, name)) ?? { kind: "refused", why: "gone" };
    revalidatePath("/admin/trending", "layout");
    return { kind: "saved", updatedAt: written.updated_at };
  } catch (error) {
    if (error instanceof DatabaseError && error.code === UNIQUE_VIOLATION)
      return { kind: "problems", problems: { name: "taken" } };
    return refusal(error, "admin.save_score_profile");
  }
}

/**
 * Puts a profile in force, at once; null leaves the choice to TRENDING_SCORE_PROFILE. `seen`: what the caller compared,
 * the profile then in force and the `updated_at` of the chosen one; where either is other by now nothing is switched.
 */
export async function chooseProfile(
  name: string | null,
  seen: { inForce: string; updatedAt: string | null },
): Promise<ChooseAnswer> {
  try {
    await requireAdmin();
    const { db } = appContext("page");
    const chosen = nameSchema.nullable().parse(name);
    const known = z.object({ inForce: z.string(), updatedAt: z.string().nullable() }).parse(seen);
    const { profile } = await readState(db);
    if (profile !== known.inForce) return { kind: "switched", profile };
    if (chosen !== null) {
      const current = await changedMeanwhile(db, chosen);
      if (!current) return { kind: "refused", why: "gone" };
      if (current.updatedAt !== known.updatedAt) return { ...current, kind: "reweighed" };
    }
    const setting = trendingEnv().TRENDING_SCORE_PROFILE;
    // The generated types cannot say that a parameter may be null.
    const { error, status } = await db.rpc("choose_score_profile", {
      p_name: chosen as string,
      p_fallback: setting,
    });
    if (error) throw new DatabaseError(error.message, error.code, status);
    revalidatePath("/admin/trending", "layout");
    return { kind: "chosen", profile: chosen ?? setting };
  } catch (error) {
    // Two choices at the same moment: the other one stands.
    if (error instanceof DatabaseError && error.code === UNIQUE_VIOLATION)
      return { kind: "switched", profile: (await readState(appContext("page").db)).profile };
    if (error instanceof DatabaseError && error.code === NOT_FOUND)
      return { kind: "refused", why: name === null ? "setting_gone" : "gone" };
    return refusal(error, "admin.choose_score_profile");
  }
}

/** Deletes a profile that is neither in force, nor the setting's, nor `default`. */
export async function removeProfile(
  name: string,
): Promise<{ kind: "removed" } | { kind: "refused"; why: Refusal }> {
  try {
    await requireAdmin();
    const { db } = appContext("page");
    const removed = nameSchema.parse(name);
    const { profile } = await readState(db);
    if ([profile, trendingEnv().TRENDING_SCORE_PROFILE, "default"].includes(removed))
      return { kind: "refused", why: "in_force" };
    const gone = await rows(
      db.from("score_profiles").delete().eq("name", removed).eq("active", false).select("name"),
    );
    if (gone.length === 0) return { kind: "refused", why: "gone" };
    revalidatePath("/admin/trending", "layout");
    return { kind: "removed" };
  } catch (error) {
    return refusal(error, "admin.remove_score_profile");
  }
}

/** What a window's ranking would become under weights as they stand in a form. Writes nothing. */
export async function previewWeights(
  window: string,
  texts: unknown,
): Promise<({ ok: true } & Preview) | { ok: false }> {
  try {
    const read = readWeights(textsSchema.parse(texts));
    if (!read.ok) return { ok: false };
    return {
      ok: true,
      ...(await readPreview(appContext("page"), z.enum(WINDOW_NAMES).parse(window), read.weights)),
    };
  } catch (error) {
    refusal(error, "admin.preview_score_profile");
    return { ok: false };
  }
}

/** A profile as it stands now, or null. */
async function changedMeanwhile(db: Database, name: string) {
  const profile = (await readProfiles(db)).find((one) => one.name === name);
  return profile
    ? { kind: "changed" as const, weights: profile.weights, updatedAt: profile.updatedAt }
    : null;
}

function columnsOf(weights: ScoreWeights) {
  const { uniqueAuthors, participantDelta, ...same } = weights;
  return { ...same, unique_authors: uniqueAuthors, participant_delta: participantDelta };
}

function refusal(error: unknown, event: string): { kind: "refused"; why: "signed_out" | "unanswered" } {
  if (error instanceof NotAdminError) return { kind: "refused", why: "signed_out" };
  appContext().log.error({ event, err: error });
  return { kind: "refused", why: "unanswered" };
}

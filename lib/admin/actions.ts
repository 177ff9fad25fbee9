"use server";

import { z } from "zod";
import { type ClosingPreview, previewOf } from "@/lib/admin/closing-preview";
import { type RunAnswer, runAnswerOf } from "@/lib/admin/run-answer";
import type { AnyJob } from "@/lib/engine/define-job";
import { startRun } from "@/lib/engine/start-run";
import { finalizeRanking } from "@/lib/jobs/finalize-ranking";
import { findJob } from "@/lib/jobs/registry";
import { appContext } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { type Failure, failureOf } from "@/lib/platform/failure";
import { NotAdminError, requireAdmin } from "@/lib/platform/session";

const jobName = z.string().max(100);
const themeId = z.string().min(1).max(200);

/** Runs a job now, as the operator, and answers when it has ended. Never throws: every end is an answer. */
export async function runNow(job: string): Promise<RunAnswer> {
  return answering(async () => {
    const found = findJob(jobName.parse(job));
    return found ? await start(found, {}) : { kind: "refused", why: "unknown" };
  });
}

/** Closes one theme now; with `force` also one that is open or differs from what stands. */
export async function finalizeTheme(theme: string, force: boolean): Promise<RunAnswer> {
  return answering(() => {
    const input = { theme_id: themeId.parse(theme), force: z.boolean().parse(force) };
    return start(finalizeRanking, input);
  });
}

/** What closing one theme, or everything that is due, would do now. Writes nothing. */
export async function previewClosing(
  theme: string | null,
): Promise<{ ok: true; themes: ClosingPreview[] } | { ok: false; failure: Failure }> {
  try {
    await requireAdmin();
    const input = theme === null ? {} : { theme_id: themeId.parse(theme) };
    const ctx = appContext();
    const previews = await finalizeRanking.dryRun?.({ ...ctx, input });
    return { ok: true, themes: await previewOf(ctx, previews) };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

/** Puts a sink's failed deliveries back in line; answers how many. */
export async function retryFailed(sink: string): Promise<{ ok: true; count: number } | { ok: false }> {
  try {
    await requireAdmin();
    const count = await rows(
      appContext().db.rpc("retry_failed_deliveries", { p_sink: z.string().max(100).parse(sink) }),
    );
    return { ok: true, count };
  } catch (error) {
    appContext().log.error({ event: "admin.retry_failed", err: error });
    return { ok: false };
  }
}

/** Recomputes a stored ranking's checksum and compares it with the published one. */
export async function verifyChecksum(
  theme: string,
): Promise<{ kind: "verified" } | { kind: "differs"; recomputed: string } | { kind: "failed" }> {
  try {
    await requireAdmin();
    const { db } = appContext();
    const id = themeId.parse(theme);
    const [recomputed, header] = await Promise.all([
      rows(db.rpc("ranking_checksum", { p_theme_id: id })),
      rows(db.from("ranking_snapshots").select("checksum").eq("theme_id", id).single()),
    ]);
    return recomputed === header.checksum ? { kind: "verified" } : { kind: "differs", recomputed };
  } catch (error) {
    appContext().log.error({ event: "admin.verify_failed", err: error });
    return { kind: "failed" };
  }
}

async function start(job: AnyJob, input: unknown): Promise<RunAnswer> {
  const { report } = await startRun(job, appContext(), "admin", job.input.parse(input));
  return runAnswerOf(job.name, report);
}

/** Lets only operators in, and turns a request that is not valid into an answer. */
async function answering(act: () => Promise<RunAnswer>): Promise<RunAnswer> {
  try {
    await requireAdmin();
    return await act();
  } catch (error) {
    if (error instanceof NotAdminError) return { kind: "refused", why: "unauthorized" };
    if (error instanceof z.ZodError) return { kind: "refused", why: "invalid" };
    return { kind: "failed", job: "", runId: null, failure: failureOf(error), counts: {} };
  }
}

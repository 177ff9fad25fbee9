import { finalizeBody } from "@/lib/contest/api";
import { answerRun } from "@/lib/engine/cron-route";
import { startRun } from "@/lib/engine/start-run";
import { finalizeRanking, previewFinalization } from "@/lib/jobs/finalize-ranking";
import { requireServiceRole } from "@/lib/platform/auth";
import { readJson } from "@/lib/platform/body";
import { appContext } from "@/lib/platform/context";
import { authEnv } from "@/lib/platform/env";
import { parseOrProblem } from "@/lib/platform/problem";
import { route } from "@/lib/platform/route";

export const maxDuration = 300;

/** Finalizes a theme or a day for another service; `dry_run` shows the difference and writes nothing. */
export const POST = route(async (request) => {
  await requireServiceRole(request, authEnv());
  const { dry_run, ...input } = parseOrProblem(finalizeBody, await readJson(request));
  const ctx = appContext();
  if (dry_run) {
    return Response.json({ dry_run: true, themes: await previewFinalization(ctx, input, "api") });
  }
  const { occurrence, report } = await startRun(finalizeRanking, ctx, "api", input);
  return answerRun(finalizeRanking, occurrence, report, STATUS_OF);
});

const STATUS_OF: Record<string, number> = {
  ranking_conflict: 409,
  ranking_still_open: 409,
  theme_not_found: 404,
  redis_unavailable: 503,
};

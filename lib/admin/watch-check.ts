import "server-only";
import { z } from "zod";
import { type CheckStanding, checkStanding } from "@/lib/admin/watch-standing";
import { nextOccurrence } from "@/lib/engine/schedule";
import { checkRank } from "@/lib/jobs/check-rank";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { requireAdmin } from "@/lib/platform/session";

const errorSchema = z
  .object({ code: z.string(), message: z.string(), permanent: z.boolean() })
  .nullable()
  .catch(null);

const countsSchema = z
  .object({
    sources: z.array(
      z.object({
        source: z.string(),
        articles: z.number(),
        ok: z.number(),
        notRanked: z.number(),
        failed: z.number(),
        lost: z.number().catch(0),
        rankedBefore: z.number().catch(0),
        firstError: errorSchema,
      }),
    ),
  })
  .catch({ sources: [] });

const progressSchema = z.object({ done: z.number(), total: z.number().nullable() }).nullable().catch(null);

/** How the latest check of the ranks went, and when the next one is due. */
export async function readCheckStanding(ctx: Pick<Context, "db" | "env" | "now">): Promise<CheckStanding> {
  await requireAdmin();
  const now = ctx.now();
  const [checks, runs] = await Promise.all([
    rows(
      ctx.db
        .from("rank_checks")
        .select("checked_on, run_id, decision, counts, judged_at")
        .not("decision", "is", null)
        .order("checked_on", { ascending: false })
        .limit(1),
    ),
    rows(
      ctx.db
        .from("job_runs")
        .select("id, status, queued_at, lease_expires_at, progress")
        .eq("job", checkRank.name)
        .eq("env", ctx.env)
        .order("queued_at", { ascending: false })
        .limit(1),
    ),
  ]);
  const [check] = checks;
  const [run] = runs;
  return checkStanding(
    check
      ? {
          day: check.checked_on,
          runId: check.run_id,
          decision: z.enum(["judged", "partial", "mass_loss"]).parse(check.decision),
          judgedAt: check.judged_at,
          sources: countsSchema.parse(check.counts).sources,
        }
      : null,
    run
      ? {
          id: run.id,
          status: run.status,
          queuedAt: run.queued_at,
          alive: run.lease_expires_at !== null && new Date(run.lease_expires_at) > now,
          progress: progressSchema.parse(run.progress),
        }
      : null,
    nextOccurrence(checkRank.schedule ?? "", now),
    now,
  );
}

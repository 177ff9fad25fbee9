import { z } from "zod";
import { finalizeTheme, type Preview, previewTheme } from "@/lib/contest/finalize";
import { themesDue, themesOfDay } from "@/lib/contest/store";
import type { ThemeOutcome } from "@/lib/contest/types";
import { defineJob, type Trigger } from "@/lib/engine/define-job";
import { JobError } from "@/lib/engine/errors";
import { deliverEvents } from "@/lib/events/outbox";
import { sinksFor } from "@/lib/events/routing";
import type { Context } from "@/lib/platform/context";
import { contestEnv } from "@/lib/platform/env";
import { failureOf } from "@/lib/platform/failure";
import { flag } from "@/lib/platform/flag";

/** `theme_id` or `date` (JST) name what to close; without either, everything that is due. */
export const finalizeInput = z
  .strictObject({
    theme_id: z.string().min(1).max(200).optional().describe("the theme to close, due or not"),
    date: z.iso
      .date("must be a date like 2026-11-22")
      .optional()
      .describe("the day (JST) whose themes to close"),
    force: flag.optional().describe("close what is still open, or record a new version of what differs"),
  })
  .refine((input) => !(input.theme_id && input.date), {
    path: ["date"],
    message: "cannot be combined with theme_id",
  })
  .refine((input) => !input.force || input.theme_id || input.date, {
    path: ["force"],
    message: "needs theme_id or date",
  });
type FinalizeInput = z.infer<typeof finalizeInput>;

const AFTERWARDS_TIMEOUT_MS = 60_000;

/** Closes the live leaderboard of every due theme into a record that stands: 22:00 JST. */
export const finalizeRanking = defineJob<FinalizeInput>({
  name: "finalize-ranking",
  schedule: "0 13 * * *",
  graceSeconds: 15 * 60,
  input: finalizeInput,
  async run(ctx) {
    const themes = await themesToClose(ctx, ctx.input, ctx.run.trigger);
    const outcomes: ThemeOutcome[] = [];
    for (const themeId of themes) {
      ctx.signal.throwIfAborted();
      ctx.progress({ done: outcomes.length, total: themes.length, unit: "themes" });
      outcomes.push(
        await finalizeTheme(ctx, themeId, {
          runId: ctx.run.id,
          topN: contestEnv().CONTEST_TOP_N,
          force: ctx.input.force ?? false,
          sinks: { finalized: sinksFor("ranking_finalized"), empty: sinksFor("ranking_empty") },
          signal: ctx.signal,
          onRead: (done, total) => ctx.progress({ done, total, unit: `works of ${themeId}` }),
        }).catch((error): ThemeOutcome => ({ theme: themeId, outcome: "failed", ...failureOf(error) })),
      );
    }
    ctx.progress({ done: themes.length, total: themes.length, unit: "themes" });
    return concluded(outcomes);
  },
  dryRun: (ctx) => previewFinalization(ctx, ctx.input, "manual"),
  async afterwards(ctx) {
    await deliverEvents(ctx, AbortSignal.timeout(AFTERWARDS_TIMEOUT_MS));
  },
});

/** What finalizing now would do, theme by theme; writes nothing. */
export async function previewFinalization(
  ctx: Pick<Context, "db" | "redis" | "now">,
  input: FinalizeInput,
  trigger: Trigger,
): Promise<Preview[]> {
  const themes = await themesToClose(ctx, input, trigger);
  return Promise.all(themes.map((themeId) => previewTheme(ctx, themeId, contestEnv().CONTEST_TOP_N)));
}

/** A scheduled run closes what has reached its closing time; a person may also close today's a little early. */
async function themesToClose(
  ctx: Pick<Context, "db" | "now">,
  input: FinalizeInput,
  trigger: Trigger,
): Promise<string[]> {
  if (input.theme_id) return [input.theme_id];
  if (input.date) return themesOfDay(ctx.db, input.date);
  const ahead = trigger !== "cron" && trigger !== "catch-up";
  return (await themesDue(ctx.db, ctx.now(), ahead)).map((theme) => theme.id);
}

/** Themes stand alone: one that fails leaves the others closed, and makes the run fail afterwards. */
function concluded(outcomes: ThemeOutcome[]) {
  const counts = countsOf(outcomes);
  const bad = outcomes.filter(isBad);
  if (bad.length > 0) {
    throw new JobError(bad.length === 1 ? codeOf(bad[0]) : "themes_failed", bad.map(describe).join("; "), {
      permanent: bad.every((outcome) => outcome.outcome !== "failed" || outcome.permanent),
      counts,
      details: outcomes,
    });
  }
  return { outcome: overall(outcomes), counts, details: outcomes };
}

type BadOutcome = Extract<ThemeOutcome, { outcome: "failed" | "conflict" | "still_open" }>;

function isBad(outcome: ThemeOutcome): outcome is BadOutcome {
  return ["failed", "conflict", "still_open"].includes(outcome.outcome);
}

function codeOf(outcome: BadOutcome | undefined): string {
  if (!outcome) return "themes_failed";
  return outcome.outcome === "failed" ? outcome.code : `ranking_${outcome.outcome}`;
}

function describe(outcome: BadOutcome): string {
  switch (outcome.outcome) {
    case "failed":
      return `${outcome.theme}: ${outcome.message}`;
    case "conflict":
      return `${outcome.theme}: differs from version ${outcome.version}, which stands; force records a new version`;
    case "still_open":
      return `${outcome.theme}: still open until ${outcome.closesAt}; force closes it now`;
  }
}

/** `finalized` if anything was, `empty` if all that was due had no works, else `unchanged` or `nothing_due`. */
function overall(outcomes: ThemeOutcome[]): string {
  const seen = new Set(outcomes.map((outcome) => outcome.outcome));
  if (seen.has("finalized")) return "finalized";
  if (seen.has("unchanged") || seen.has("already_final")) return "unchanged";
  return seen.has("empty") ? "empty" : "nothing_due";
}

function countsOf(outcomes: ThemeOutcome[]): Record<string, number> {
  const counts: Record<string, number> = { themes: outcomes.length, works: 0 };
  const add = (name: string, by: number) => {
    if (by > 0) counts[name] = (counts[name] ?? 0) + by;
  };
  for (const outcome of outcomes) {
    add(outcome.outcome, 1);
    if (outcome.outcome !== "finalized") continue;
    add("works", outcome.entries);
    for (const [fault, count] of Object.entries(outcome.report.faults)) add(`metrics_${fault}`, count);
  }
  return counts;
}

import { readLiveWorks } from "@/lib/contest/live";
import { diffRankings, type RankingDiff, rankWorks } from "@/lib/contest/rules";
import {
  closeEmptyTheme,
  finalizeRanking,
  readFinalRanking,
  readTheme,
  type ThemeState,
} from "@/lib/contest/store";
import type { RankingReport, ThemeOutcome } from "@/lib/contest/types";
import type { Context } from "@/lib/platform/context";

export interface Closing {
  runId: string;
  topN: number | "all";
  /** Replace a ranking that differs, and close a theme that still takes works. */
  force: boolean;
  /** Sinks of the `ranking_finalized` and `ranking_empty` events. */
  sinks: { finalized: string[]; empty: string[] };
  signal?: AbortSignal;
  onRead?: (done: number, total: number) => void;
}

/**
 * Closes one theme: reads the live ranking, ranks it anew and stores it with its events. Safe to
 * repeat: identical data changes nothing (`unchanged`), different data needs `force` (`conflict`).
 * Throws where Redis or Postgres cannot be asked; then nothing is written.
 */
export async function finalizeTheme(ctx: Context, themeId: string, closing: Closing): Promise<ThemeOutcome> {
  const now = ctx.now();
  const theme = await readTheme(ctx.db, themeId);
  if (!theme) {
    return {
      theme: themeId,
      outcome: "failed",
      code: "theme_not_found",
      message: `no theme ${themeId}`,
      permanent: true,
    };
  }
  if (isOpen(theme, now) && !closing.force) {
    return { theme: themeId, outcome: "still_open", closesAt: theme.closesAt };
  }
  const live = await readLiveWorks(ctx.redis, themeId, closing.topN, closing.signal, closing.onRead);
  const event = {
    theme_title: theme.title,
    theme_date: theme.date,
    sponsored: theme.sponsored,
    env: ctx.env,
  };
  const common = { themeId, runId: closing.runId, now };
  if (live.length === 0) {
    const outcome = await closeEmptyTheme(ctx.db, { ...common, event, sinks: closing.sinks.empty });
    ctx.log.warn(
      { event: "contest.theme_empty", theme_id: themeId, outcome },
      "nothing was entered for this theme",
    );
    return { theme: themeId, outcome };
  }
  const { ranking, report } = rankWorks(live);
  warnOfFaults(ctx, themeId, report);
  closing.signal?.throwIfAborted();
  const { outcome, version, checksum } = await finalizeRanking(ctx.db, {
    ...common,
    ranking,
    report,
    event: { ...event, faults: { ...report.faults } },
    sinks: closing.sinks.finalized,
    force: closing.force,
  });
  ctx.log.info({
    event: "contest.theme_closed",
    theme_id: themeId,
    outcome,
    version,
    entries: ranking.length,
  });
  if (outcome !== "finalized") return { theme: themeId, outcome, version };
  return { theme: themeId, outcome, version, entries: ranking.length, checksum, report };
}

/** What closing a theme now would do. */
export interface Preview {
  theme: string;
  outcome: "would_finalize" | "would_replace" | "unchanged" | "empty" | "still_open" | "theme_not_found";
  entries: number;
  current: ThemeState["snapshot"];
  diff: RankingDiff | null;
  report: RankingReport | null;
}

/** Reads and ranks as {@link finalizeTheme} would, compares with what is stored, and writes nothing. */
export async function previewTheme(
  ctx: Pick<Context, "db" | "redis" | "now">,
  themeId: string,
  topN: number | "all",
): Promise<Preview> {
  const theme = await readTheme(ctx.db, themeId);
  const nothing = { theme: themeId, entries: 0, current: theme?.snapshot ?? null, diff: null, report: null };
  if (!theme) return { ...nothing, outcome: "theme_not_found" };
  const live = await readLiveWorks(ctx.redis, themeId, topN);
  if (live.length === 0) return { ...nothing, outcome: "empty" };
  const { ranking, report } = rankWorks(live);
  const before = theme.snapshot ? await readFinalRanking(ctx.db, themeId) : [];
  const diff = diffRankings(before, ranking);
  const found = { ...nothing, entries: ranking.length, diff, report };
  if (diff.identical) return { ...found, outcome: "unchanged" };
  if (theme.snapshot) return { ...found, outcome: "would_replace" };
  return { ...found, outcome: isOpen(theme, ctx.now()) ? "still_open" : "would_finalize" };
}

/** Open: works may still be posted and the day's closing time has not come. */
function isOpen(theme: ThemeState, now: Date): boolean {
  const submissionsClosed = theme.submissionsClosedAt !== null && new Date(theme.submissionsClosedAt) <= now;
  return !submissionsClosed && new Date(theme.closesAt) > now;
}

function warnOfFaults(ctx: Pick<Context, "log">, themeId: string, report: RankingReport): void {
  const faulty = Object.values(report.faults).reduce((sum, count) => sum + count, 0);
  if (faulty === 0) return;
  ctx.log.warn(
    { event: "contest.metrics_faulty", theme_id: themeId, faults: report.faults, examples: report.examples },
    `${faulty} of ${report.works} works have unusable metrics; ranked by what is valid`,
  );
}

import { z } from "zod";
import { rankingChecksum } from "@/lib/contest/checksum";
import type { RankedWork, RankingReport, SnapshotHeader, Theme } from "@/lib/contest/types";
import type { Json } from "@/lib/database.types";
import { type Database, rows } from "@/lib/platform/database";

const PAGE = 1_000;

const snapshotSchema = z
  .object({ version: z.number(), finalized_at: z.string(), entries: z.number(), checksum: z.string() })
  .transform(
    (row): SnapshotHeader => ({
      version: row.version,
      finalizedAt: row.finalized_at,
      entries: row.entries,
      checksum: row.checksum,
    }),
  );

/** A theme with what is known of its closing. */
export interface ThemeState extends Theme {
  submissionsClosedAt: string | null;
  closedAt: string | null;
  closedOutcome: "finalized" | "empty" | null;
  snapshot: SnapshotHeader | null;
}

/** Themes to close now; with `ahead`, also today's whose submissions are closed (SQL `themes_due`). */
export async function themesDue(db: Database, now: Date, ahead: boolean): Promise<Theme[]> {
  const found = await rows(db.rpc("themes_due", { p_now: now.toISOString(), p_ahead: ahead }));
  return found.map((row) => ({
    id: row.id,
    date: row.date,
    title: row.title,
    sponsored: row.sponsored,
    closesAt: row.closes_at,
  }));
}

/** The ids of a business day's themes (`YYYY-MM-DD`, JST), open or closed. */
export async function themesOfDay(db: Database, date: string): Promise<string[]> {
  const found = await rows(db.from("themes").select("id").eq("date", date).order("id"));
  return found.map((row) => row.id);
}

/** A theme by id, or null. */
export async function readTheme(db: Database, themeId: string): Promise<ThemeState | null> {
  const [row] = await rows(db.rpc("read_theme", { p_theme_id: themeId }));
  if (!row) return null;
  return {
    id: row.id,
    date: row.date,
    title: row.title,
    sponsored: row.sponsored,
    closesAt: row.closes_at,
    submissionsClosedAt: row.submissions_closed_at,
    closedAt: row.closed_at,
    closedOutcome: z.enum(["finalized", "empty"]).nullable().parse(row.closed_outcome),
    snapshot: row.snapshot === null ? null : snapshotSchema.parse(row.snapshot),
  };
}

const finalizedSchema = z.object({
  outcome: z.enum(["finalized", "unchanged", "conflict"]),
  version: z.number(),
  finalized_at: z.string(),
});

export interface Finalization {
  themeId: string;
  runId: string;
  now: Date;
  ranking: RankedWork[];
  report: RankingReport;
  /** Facts for the event's readers, beside those SQL adds. */
  event: Record<string, Json>;
  sinks: string[];
  force: boolean;
}

/** Replaces a theme's ranking with its header and event in one transaction (SQL `finalize_ranking`). */
export async function finalizeRanking(db: Database, finalization: Finalization) {
  const { ranking, report } = finalization;
  const checksum = rankingChecksum(ranking);
  const reply = await rows(
    db.rpc("finalize_ranking", {
      p_theme_id: finalization.themeId,
      p_run_id: finalization.runId,
      p_now: finalization.now.toISOString(),
      p_checksum: checksum,
      p_work_ids: ranking.map((work) => work.workId),
      p_scores: ranking.map((work) => work.score),
      // Arrays may hold nulls (unknown counts); the generated types cannot say so.
      p_likes: ranking.map((work) => work.likes) as number[],
      p_impressions: ranking.map((work) => work.impressions) as number[],
      p_unique_viewers: ranking.map((work) => work.uniqueViewers) as number[],
      p_counts: { works: report.works, ...report.faults },
      p_event: finalization.event,
      p_sinks: finalization.sinks,
      p_force: finalization.force,
    }),
  );
  return { ...finalizedSchema.parse(reply), checksum };
}

/** Closes a theme without entries; `already_final` when it has a ranking, which is left alone. */
export async function closeEmptyTheme(
  db: Database,
  closing: { themeId: string; runId: string; now: Date; event: Record<string, Json>; sinks: string[] },
): Promise<"empty" | "already_final"> {
  const outcome = await rows(
    db.rpc("close_empty_theme", {
      p_theme_id: closing.themeId,
      p_run_id: closing.runId,
      p_now: closing.now.toISOString(),
      p_event: closing.event,
      p_sinks: closing.sinks,
    }),
  );
  return z.enum(["empty", "already_final"]).parse(outcome);
}

/** A row of a final ranking with its work's title, null when the work is gone. */
export interface FinalWork extends RankedWork {
  title: string | null;
}

/** Ranks after `afterRank`, or the `limit` ranks centred on a work; at most 1,000. */
export async function readFinalPage(
  db: Database,
  themeId: string,
  page: { limit: number; afterRank: number } | { limit: number; around: string },
): Promise<FinalWork[]> {
  const found = await rows(
    db.rpc("read_ranking", {
      p_theme_id: themeId,
      p_limit: page.limit,
      ...("around" in page ? { p_around: page.around } : { p_after_rank: page.afterRank }),
    }),
  );
  return found.map((row) => ({
    rank: row.rank,
    workId: row.work_id,
    title: row.title,
    score: row.score,
    likes: row.likes,
    impressions: row.impressions,
    uniqueViewers: row.unique_viewers,
  }));
}

/** Titles by work id, for those works that exist. */
export async function readTitles(db: Database, workIds: string[]): Promise<Map<string, string>> {
  const found = await rows(db.from("works").select("id, title").in("id", workIds));
  return new Map(found.map((work) => [work.id, work.title]));
}

/** A whole final ranking in rank order, read in pages of 1,000. */
export async function readFinalRanking(db: Database, themeId: string): Promise<RankedWork[]> {
  const ranking: RankedWork[] = [];
  for (;;) {
    const page = await readFinalPage(db, themeId, { limit: PAGE, afterRank: ranking.length });
    ranking.push(...page.map(({ title: _, ...work }) => work));
    if (page.length < PAGE) return ranking;
  }
}

/** Deletes rankings of days before `date`; returns how many themes lost theirs. */
export async function deleteRankingsBefore(db: Database, date: string): Promise<number> {
  return rows(db.rpc("delete_rankings_before", { p_before: date }));
}

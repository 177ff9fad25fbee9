import "server-only";
import { z } from "zod";
import { type ThemeStage, themeStage } from "@/lib/admin/theme-state";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { requireAdmin } from "@/lib/platform/session";
import { addDays, jstDate } from "@/lib/time";

const PAGE = 60;
const DAYS_AHEAD = 7;

const snapshotSchema = z
  .object({ version: z.number(), finalized_at: z.string(), entries: z.number() })
  .nullable();

/** A theme as a row of the list. */
export interface ThemeRow {
  id: string;
  /** Business day in JST. */
  date: string;
  title: string;
  sponsored: boolean;
  stage: ThemeStage;
  works: number;
  closesAt: string;
  version: number | null;
  entries: number | null;
  finalizedAt: string | null;
}

/** Themes, newest day first, from a week ahead or from `until`; `older` is the day to go on from, null at the end. */
export async function readThemes(
  ctx: Pick<Context, "db" | "now">,
  until: string | null,
): Promise<{ themes: ThemeRow[]; older: string | null }> {
  await requireAdmin();
  const now = ctx.now();
  const from = z.iso.date().safeParse(until).data ?? addDays(jstDate(now), DAYS_AHEAD);
  const [found, closings] = await Promise.all([
    rows(ctx.db.rpc("list_themes", { p_until: from, p_limit: PAGE })),
    rows(
      ctx.db
        .from("themes")
        .select("id, submissions_closed_at")
        .lte("date", from)
        .order("date", { ascending: false })
        .order("id")
        .limit(PAGE),
    ),
  ]);
  const submissionsClosedAt = new Map(closings.map((row) => [row.id, row.submissions_closed_at]));
  const lastDay = found.at(-1)?.date;
  const cut = found.length === PAGE && lastDay !== undefined && lastDay !== found[0]?.date;
  // A day that may go on beyond the page is shown whole on the next one.
  const shown = cut ? found.filter((row) => row.date !== lastDay) : found;
  return {
    themes: shown.map((row) => {
      const snapshot = snapshotSchema.parse(row.snapshot);
      return {
        id: row.id,
        date: row.date,
        title: row.title,
        sponsored: row.sponsored,
        stage: themeStage(
          {
            closesAt: row.closes_at,
            submissionsClosedAt: submissionsClosedAt.get(row.id) ?? null,
            closedOutcome: row.closed_outcome,
          },
          now,
        ),
        works: row.works,
        closesAt: row.closes_at,
        version: snapshot?.version ?? null,
        entries: snapshot?.entries ?? null,
        finalizedAt: snapshot?.finalized_at ?? null,
      };
    }),
    older: cut ? lastDay : null,
  };
}

import "server-only";
import { type ThemeStage, themeStage } from "@/lib/admin/theme-state";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { jstDate } from "@/lib/time";

const SHOWN = 8;

/** A theme as the start page lists it. */
export interface HomeTheme {
  id: string;
  date: string;
  title: string;
  stage: ThemeStage;
  version: number | null;
  closesAt: string;
}

/** Today's themes and the latest before: what anybody may see. */
export async function readHome(
  ctx: Pick<Context, "db" | "now">,
): Promise<{ today: HomeTheme[]; before: HomeTheme[] }> {
  const now = ctx.now();
  const day = jstDate(now);
  const found = await rows(ctx.db.rpc("list_themes", { p_until: day, p_limit: SHOWN }));
  const themes = found.map((row): HomeTheme => {
    const times = { closesAt: row.closes_at, submissionsClosedAt: null, closedOutcome: row.closed_outcome };
    return {
      id: row.id,
      date: row.date,
      title: row.title,
      stage: themeStage(times, now),
      version: versionOf(row.snapshot),
      closesAt: row.closes_at,
    };
  });
  return {
    today: themes.filter((theme) => theme.date === day),
    before: themes.filter((theme) => theme.date !== day),
  };
}

function versionOf(snapshot: unknown): number | null {
  if (typeof snapshot !== "object" || snapshot === null || !("version" in snapshot)) return null;
  return typeof snapshot.version === "number" ? snapshot.version : null;
}

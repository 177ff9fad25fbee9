import "server-only";
import { awayOf } from "@/lib/admin/attempt";
import type { RankingResponse } from "@/lib/contest/api";
import { rankingServer } from "@/lib/contest/serve";
import { readTheme } from "@/lib/contest/store";
import { appContext, type Context } from "@/lib/platform/context";
import { Problem } from "@/lib/platform/problem";

const PLACES = 100;

export interface SheetEntry {
  rank: number;
  workId: string;
  title: string | null;
  score: number;
}

/** What is printed: the record that stands, the standing so far, or why there is none. */
export type SheetBody =
  | {
      kind: "final";
      entries: SheetEntry[];
      total: number;
      version: number;
      finalizedAt: string;
      checksum: string;
    }
  | { kind: "provisional"; entries: SheetEntry[]; total: number; readAt: string }
  | { kind: "empty" }
  | { kind: "away" };

export interface Sheet {
  theme: { id: string; title: string; date: string; sponsored: boolean; closesAt: string };
  /** Its closing time has passed. */
  closed: boolean;
  body: SheetBody;
}

let server: ReturnType<typeof rankingServer> | undefined;

/** The public sheet of a theme: its first hundred places. Null when there is no such theme. */
export async function readSheet(themeId: string): Promise<Sheet | null> {
  const ctx = appContext("page");
  server ??= rankingServer(ctx);
  try {
    const answer = await server({ theme_id: themeId, limit: PLACES });
    // Without its title a sheet is no sheet: read again, which says what is away.
    if (!answer.theme || !answer.closes_at) return await sheetWithout(ctx, themeId, "away");
    const theme = { id: themeId, ...answer.theme, closesAt: answer.closes_at };
    return { theme, closed: new Date(theme.closesAt) <= ctx.now(), body: bodyOf(answer) };
  } catch (error) {
    if (error instanceof Problem) {
      if (error.code === "theme_not_found" || error.status !== 404) return null;
      return sheetWithout(ctx, themeId, "empty");
    }
    if (awayOf(error) === "redis") return sheetWithout(ctx, themeId, "away");
    throw error;
  }
}

function bodyOf({ entries, total, snapshot, source, generated_at }: RankingResponse): SheetBody {
  const printed = entries.map(({ rank, work_id, title, score }) => ({ rank, workId: work_id, title, score }));
  if (source === "live" || !snapshot) {
    return { kind: "provisional", entries: printed, total, readAt: generated_at };
  }
  const { version, finalized_at: finalizedAt, checksum } = snapshot;
  return { kind: "final", entries: printed, total, version, finalizedAt, checksum };
}

async function sheetWithout(
  ctx: Pick<Context, "db" | "now">,
  themeId: string,
  kind: "empty" | "away",
): Promise<Sheet | null> {
  const theme = await readTheme(ctx.db, themeId);
  if (!theme) return null;
  const { id, title, date, sponsored, closesAt } = theme;
  return {
    theme: { id, title, date, sponsored, closesAt },
    closed: theme.closedAt !== null || new Date(closesAt) <= ctx.now(),
    body: { kind },
  };
}

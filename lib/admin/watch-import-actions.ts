"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { Json } from "@/lib/database.types";
import { appContext } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { NotAdminError, requireAdmin } from "@/lib/platform/session";
import { jstDate } from "@/lib/time";
import { parseArticlesCsv, parseObservationsCsv } from "@/lib/watch/csv";
import type { CsvProblem } from "@/lib/watch/csv-problems";

const PART = 1_000;

export type Refused = { ok: false; why: "signed_out" | "invalid" | "unanswered" };
/** What a part of a sheet would change. `leftOut`: the places of its rows that would not be written, from 0. */
export type LookAnswer = { ok: true; fresh: number; changed: number; leftOut: number[] } | Refused;
export type WriteAnswer = { ok: true; fresh: number; changed: number } | Refused;

/** What importing a part of a sheet of articles would do: at most a thousand rows. Writes nothing. */
export async function lookAtArticles(sheet: string): Promise<LookAnswer> {
  return answering("admin.look_at_articles", async () => {
    const articles = rowsOf(parseArticlesCsv(z.string().parse(sheet)));
    const found = await rows(appContext().db.rpc("match_articles", { p_rows: articles as unknown as Json }));
    const taken = found.filter((row) => !row.is_conflict);
    const fresh = taken.filter((row) => row.is_new).length;
    return {
      ok: true as const,
      fresh,
      changed: taken.length - fresh,
      leftOut: found.filter((row) => row.is_conflict).map((row) => row.place - 1),
    };
  });
}

/** Writes a part of a sheet of articles; of those that exist only the columns named change. */
export async function importArticles(sheet: string, columns: string[]): Promise<WriteAnswer> {
  return answering("admin.import_articles", async () => {
    const [written] = await rows(
      appContext().db.rpc("import_articles", {
        p_rows: rowsOf(parseArticlesCsv(z.string().parse(sheet))) as unknown as Json,
        p_columns: z.array(z.string().max(100)).max(100).parse(columns),
      }),
    );
    revalidatePath("/admin/watch", "layout");
    return { ok: true as const, fresh: written?.created ?? 0, changed: written?.updated ?? 0 };
  });
}

/** What importing a part of a sheet of observations would do. Writes nothing. */
export async function lookAtObservations(sheet: string): Promise<LookAnswer> {
  return answering("admin.look_at_observations", async () => {
    const observations = rowsOf(parseObservationsCsv(z.string().parse(sheet)));
    const found = await rows(
      appContext().db.rpc("match_observations", { p_rows: observations as unknown as Json }),
    );
    return {
      ok: true as const,
      fresh: found.filter((row) => row.verdict === "new").length,
      changed: found.filter((row) => row.verdict === "replaced").length,
      leftOut: found.filter((row) => row.verdict === "unmatched").map((row) => row.place - 1),
    };
  });
}

/** Writes a part of a sheet of observations. Failed ones and days ahead say nothing and are not taken. */
export async function importObservations(sheet: string): Promise<WriteAnswer> {
  return answering("admin.import_observations", async () => {
    const ctx = appContext();
    const today = jstDate(ctx.now());
    const known = rowsOf(parseObservationsCsv(z.string().parse(sheet))).filter(
      ({ status, checked_on }) => status !== "failed" && checked_on <= today,
    );
    const [written] = await rows(
      ctx.db.rpc("import_observations", {
        p_at: ctx.now().toISOString(),
        p_rows: known as unknown as Json,
      }),
    );
    revalidatePath("/admin/watch", "layout");
    return { ok: true as const, fresh: written?.written ?? 0, changed: 0 };
  });
}

/** The browser has read the sheet before: a part that is not right did not come from there. */
function rowsOf<Row>({ rows: found, problems }: { rows: Row[]; problems: CsvProblem[] }): Row[] {
  return z
    .array(z.custom<Row>())
    .max(problems.length > 0 ? 0 : PART)
    .parse(found);
}

async function answering<Answer>(event: string, act: () => Promise<Answer>): Promise<Answer | Refused> {
  try {
    await requireAdmin();
    return await act();
  } catch (error) {
    if (error instanceof NotAdminError) return { ok: false, why: "signed_out" };
    if (error instanceof z.ZodError) return { ok: false, why: "invalid" };
    appContext().log.error({ event, err: error });
    return { ok: false, why: "unanswered" };
  }
}

import { z } from "zod";
import * as cell from "@/lib/watch/csv-cells";
import type { CsvProblemCode } from "@/lib/watch/csv-problems";
import { type ReadSheet, readSheet, type Sheet, writeSheet } from "@/lib/watch/csv-sheet";

/** How each column of an article is read from text, in sheets and in forms alike. */
export const articleColumns = z.object({
  id: cell.optional,
  user_id: cell.given,
  url: cell.webAddress,
  title: cell.anyText,
  keyword: cell.given,
  source: cell.source,
  property: cell.optional,
  country: cell.country,
  language: cell.language,
  is_monitored: cell.trueByDefault,
  competitors: cell.hosts,
  drop_threshold: cell.wholeNumber(1),
  rise_threshold: cell.wholeNumber(1),
  top_10_threshold: cell.wholeNumber(1),
  top_3_threshold: cell.wholeNumber(1),
  lost_after_days: cell.wholeNumber(1),
  notification_cooldown_days: cell.wholeNumber(0),
  muted_kinds: cell.kinds,
});

/**
 * An article as a sheet has it, by the names of the table's columns. `id` null: a new article. Null thresholds,
 * cooldown and muted kinds: those of the owner's settings.
 */
export type ArticleRow = z.infer<typeof articleColumns>;

const articleSheet: Sheet<ArticleRow> = {
  cells: articleColumns,
  columns: Object.keys(articleColumns.shape),
  required: ["user_id", "url", "keyword"],
  keyOf: ({ user_id, url, keyword }) => JSON.stringify([user_id, url, keyword]),
};

/** Reads a sheet of articles; columns other than user_id, url and keyword may be missing and have the table's defaults. */
export function parseArticlesCsv(input: string | Uint8Array): ReadSheet<ArticleRow> {
  return readSheet(input, articleSheet);
}

/** The sheet that {@link parseArticlesCsv} reads back as the same rows. */
export function formatArticlesCsv(rows: ArticleRow[]): string {
  const cells = rows.map((row) => ({
    ...row,
    competitors: row.competitors.join(";"),
    muted_kinds: row.muted_kinds && (row.muted_kinds.join(";") || cell.NONE),
  }));
  return writeSheet(articleSheet.columns, cells);
}

const observationColumns = z.object({
  article_id: cell.optional,
  user_id: cell.optional,
  url: cell.optional,
  keyword: cell.optional,
  checked_on: cell.date,
  position: cell.position,
  status: cell.status,
});

const observationCells = observationColumns.transform((row, context) => {
  const refuse = (column: keyof typeof row, message: CsvProblemCode) =>
    context.issues.push({ code: "custom", input: row[column], path: [column], message });
  const named = row.user_id !== null && row.url !== null && row.keyword !== null;
  if (row.article_id === null && !named) refuse("article_id", "missing_article");
  if (row.status === null && row.position === null) refuse("position", "missing_value");
  const status = row.status ?? "ok";
  if (row.status !== null && (status === "ok") !== (row.position !== null)) {
    refuse("status", "position_contradicts_status");
  }
  return { ...row, status };
});

/**
 * A day's observation as a sheet has it: of the article with the id or, where that is null, with the user's url and
 * keyword. `failed` rows come from an export and say nothing about the ranking.
 */
export type ObservationRow = z.infer<typeof observationCells>;

const observationSheet: Sheet<ObservationRow> = {
  cells: observationCells,
  columns: Object.keys(observationColumns.shape),
  required: ["checked_on", "position"],
  keyOf: ({ article_id, user_id, url, keyword, checked_on }) =>
    JSON.stringify([article_id ?? [user_id, url, keyword], checked_on]),
};

/** Reads a sheet of observations. An empty position needs a status: what is not said is never taken for a lost ranking. */
export function parseObservationsCsv(input: string | Uint8Array): ReadSheet<ObservationRow> {
  return readSheet(input, observationSheet);
}

/** The sheet that {@link parseObservationsCsv} reads back as the same rows. */
export function formatObservationsCsv(rows: ObservationRow[]): string {
  return writeSheet(observationSheet.columns, rows);
}

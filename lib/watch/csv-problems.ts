/** What can be wrong with a sheet or a cell. The words for these codes are in the messages. */
export const CSV_PROBLEM_CODES = [
  "too_large",
  "too_many_rows",
  "too_many_problems",
  "not_utf8",
  "malformed",
  "missing_column",
  "unknown_column",
  "duplicate_column",
  "wrong_cell_count",
  "duplicate_row",
  "missing_value",
  "missing_article",
  "invalid_url",
  "invalid_source",
  "invalid_country",
  "invalid_language",
  "invalid_boolean",
  "invalid_number",
  "invalid_host",
  "invalid_kind",
  "invalid_date",
  "invalid_status",
  "invalid_position",
  "position_contradicts_status",
] as const;
export type CsvProblemCode = (typeof CSV_PROBLEM_CODES)[number];

export interface CsvProblem {
  /** Where the row begins, counted from 1 with the header. */
  line: number;
  /** The column's name; empty where the row or the sheet as a whole is meant. */
  column: string;
  message: CsvProblemCode;
  /** For the words: the offending value, a limit, the line of the first of two alike. */
  facts: Record<string, string | number>;
}

/** Adds a problem to the list of a sheet. */
export type Report = (
  line: number,
  column: string,
  message: CsvProblemCode,
  facts?: CsvProblem["facts"],
) => void;

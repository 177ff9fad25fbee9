import type { z } from "zod";
import type { CsvProblem, CsvProblemCode, Report } from "@/lib/watch/csv-problems";
import { readRecords, writeRecords } from "@/lib/watch/csv-records";

export interface Sheet<Row> {
  /** Cells by column name, as text; an absent column is empty text. Issues carry a {@link CsvProblemCode}. */
  cells: z.ZodType<Row, Record<string, string>>;
  columns: readonly string[];
  required: readonly string[];
  /** Rows with the same key are the same thing twice. */
  keyOf: (row: Row) => string;
}

export interface ReadSheet<Row> {
  /** The rows without a problem. */
  rows: Row[];
  problems: CsvProblem[];
}

export const MAX_CSV_ROWS = 50_000;
const MAX_PROBLEMS = 200;
const MAX_FACT_LENGTH = 100;

/** Reads a sheet with a header in any order; see {@link readRecords}. Stops at 200 problems or at a bad header. */
export function readSheet<Row>(input: string | Uint8Array, sheet: Sheet<Row>): ReadSheet<Row> {
  const rows: Row[] = [];
  const problems: CsvProblem[] = [];
  const report: Report = (line, column, message, facts = {}) =>
    problems.push({ line, column, message, facts });
  const [header, ...body] = readRecords(input, report);
  const names = header?.cells.map((name) => name.toLowerCase()) ?? [];
  if (problems.length === 0) checkHeader(names, sheet, report);
  if (body.length > MAX_CSV_ROWS) report(1, "", "too_many_rows", { limit: MAX_CSV_ROWS });
  if (problems.length > 0) return { rows, problems };

  const firstLines = new Map<string, number>();
  for (const { line, cells } of body) {
    if (problems.length >= MAX_PROBLEMS) {
      report(line, "", "too_many_problems", { limit: MAX_PROBLEMS });
      break;
    }
    if (cells.length !== names.length) {
      report(line, "", "wrong_cell_count", { expected: names.length, found: cells.length });
      continue;
    }
    const byName = Object.fromEntries(sheet.columns.map((name) => [name, cells[names.indexOf(name)] ?? ""]));
    const row = sheet.cells.safeParse(byName);
    if (!row.success) {
      for (const { path, message } of row.error.issues) {
        const column = String(path[0] ?? "");
        report(line, column, message as CsvProblemCode, factOf(byName[column]));
      }
      continue;
    }
    const key = sheet.keyOf(row.data);
    const firstLine = firstLines.get(key);
    if (firstLine === undefined) rows.push(row.data);
    else report(line, "", "duplicate_row", { firstLine });
    firstLines.set(key, firstLine ?? line);
  }
  return { rows, problems };
}

/** Writes rows under a header; see {@link writeRecords}. Null is an empty cell. */
export function writeSheet(columns: readonly string[], rows: Record<string, unknown>[]): string {
  return writeRecords([[...columns], ...rows.map((row) => columns.map((name) => String(row[name] ?? "")))]);
}

function checkHeader<Row>(names: string[], { columns, required }: Sheet<Row>, report: Report) {
  for (const [index, name] of names.entries()) {
    if (!columns.includes(name)) report(1, name, "unknown_column");
    else if (names.indexOf(name) < index) report(1, name, "duplicate_column");
  }
  for (const name of required) if (!names.includes(name)) report(1, name, "missing_column");
}

function factOf(cell: string | undefined): CsvProblem["facts"] {
  return cell ? { value: cell.slice(0, MAX_FACT_LENGTH) } : {};
}

import { CsvError, parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import type { Report } from "@/lib/watch/csv-problems";

export const MAX_CSV_BYTES = 10 * 1024 * 1024;

export interface CsvRecord {
  /** Where it begins, counted from 1. */
  line: number;
  cells: string[];
}

/**
 * The records of a UTF-8 sheet that hold anything, cells trimmed: LF, CRLF or CR, with or without byte order mark.
 * An apostrophe that keeps a spreadsheet from taking a cell for a formula is removed. None, and a problem
 * reported, for a sheet that cannot be read.
 */
export function readRecords(input: string | Uint8Array, report: Report): CsvRecord[] {
  const text = textOf(input, report);
  return text === null ? [] : recordsOf(text, report);
}

/** A sheet that Excel opens as UTF-8: byte order mark, CRLF, and no cell that it would run as a formula. */
export function writeRecords(records: string[][]): string {
  const cells = records.map((record) => record.map(guarded));
  return stringify(cells, { bom: true, record_delimiter: "\r\n", quoted_match: /[\r\n]/ });
}

function guarded(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** What a spreadsheet may run (OWASP, "CSV Injection"; full-width signs too), and what already has an apostrophe. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const GUARD = /^'(?='*[=+\-@\t\r\n＝＋－＠])/;

function textOf(input: string | Uint8Array, report: Report): string | null {
  const bytes = typeof input === "string" ? Buffer.byteLength(input) : input.byteLength;
  if (bytes > MAX_CSV_BYTES) {
    report(1, "", "too_large", { limitBytes: MAX_CSV_BYTES });
    return null;
  }
  const text = typeof input === "string" ? input : new TextDecoder().decode(input);
  // What is not UTF-8 was decoded to U+FFFD here or by the caller; UTF-16 shows as NUL.
  const bad = text.search(/[\uFFFD\0]/);
  if (bad === -1) return text.replace(/^\uFEFF/, "");
  report(text.slice(0, bad).split(/\r\n|\r|\n/).length, "", "not_utf8");
  return null;
}

const parsedRecords = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }),
);

/** Records that hold anything, with the line each begins on. */
function recordsOf(text: string, report: Report): CsvRecord[] {
  try {
    const records = parsedRecords.parse(
      parse(text, {
        info: true,
        relax_column_count: true,
        skip_empty_lines: true,
        record_delimiter: ["\r\n", "\n", "\r"],
      }),
    );
    // The parser counts the two characters of a CRLF inside quotes as two lines.
    let countedTwice = 0;
    return records.flatMap(({ record, info }) => {
      const inside = record.join("").match(/\r\n|\r|\n/g) ?? [];
      countedTwice += inside.filter((end) => end === "\r\n").length;
      const cells = record.map((cell) => cell.trim().replace(GUARD, "").trim());
      return cells.some((cell) => cell !== "")
        ? [{ line: info.lines - countedTwice - inside.length, cells }]
        : [];
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    report(Number(error.lines ?? 1), "", "malformed", { reason: error.code });
    return [];
  }
}

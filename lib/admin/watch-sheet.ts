import type { CsvProblem } from "@/lib/watch/csv-problems";

export const IMPORTS = ["articles", "observations"] as const;
/** What a sheet is about. */
export type ImportKind = (typeof IMPORTS)[number];

/** A row as its reader knows it again, and whether it says anything at all. */
export interface SheetRow {
  label: string;
  skipped: "failed" | "future" | null;
}

/** A sheet that was read in the browser. */
export interface OpenSheet {
  rows: SheetRow[];
  problems: CsvProblem[];
  /** Names of its columns. */
  columns: string[];
  /** These rows, by place, as a sheet of their own. */
  format: (places: number[]) => string;
}

/** Reads a sheet, loading what reads it only now. `today`: JST. */
export async function openSheet(kind: ImportKind, bytes: Uint8Array, today: string): Promise<OpenSheet> {
  const csv = await import("@/lib/watch/csv");
  const columns = headerOf(bytes);
  if (kind === "articles") {
    const { rows, problems } = csv.parseArticlesCsv(bytes);
    return {
      rows: rows.map(({ user_id, url, keyword }) => ({
        label: labelOf([user_id, url, keyword]),
        skipped: null,
      })),
      problems,
      columns,
      format: (places) => csv.formatArticlesCsv(at(rows, places)),
    };
  }
  const { rows, problems } = csv.parseObservationsCsv(bytes);
  return {
    rows: rows.map(({ article_id, user_id, url, keyword, checked_on, status }) => ({
      label: labelOf([checked_on, article_id ?? labelOf([user_id, url, keyword])]),
      skipped: status === "failed" ? "failed" : checked_on > today ? "future" : null,
    })),
    problems,
    columns,
    format: (places) => csv.formatObservationsCsv(at(rows, places)),
  };
}

const PART_ROWS = 1_000;
/** A server action takes a megabyte; the rest is room for its envelope. */
const PART_BYTES = 800_000;

/** A part of a sheet that one request can carry. */
export interface Part {
  places: number[];
  text: string;
}

/** Cuts rows into parts of at most a thousand rows and 800 kB, in order. */
export function partsOf(places: number[], format: (places: number[]) => string): Part[] {
  const parts: Part[] = [];
  for (let from = 0; from < places.length; from += PART_ROWS) {
    parts.push(...fitting(places.slice(from, from + PART_ROWS), format));
  }
  return parts;
}

function fitting(places: number[], format: (places: number[]) => string): Part[] {
  const text = format(places);
  if (places.length === 1 || new TextEncoder().encode(text).length <= PART_BYTES) return [{ places, text }];
  const middle = Math.ceil(places.length / 2);
  return [...fitting(places.slice(0, middle), format), ...fitting(places.slice(middle), format)];
}

function headerOf(bytes: Uint8Array): string[] {
  const [first = ""] = new TextDecoder().decode(bytes.subarray(0, 4_096)).split(/\r\n|\r|\n/);
  return first.split(",").map((name) => name.replaceAll('"', "").trim().toLowerCase());
}

function labelOf(parts: (string | null)[]): string {
  return parts.filter(Boolean).join(" · ");
}

function at<Row>(rows: Row[], places: number[]): Row[] {
  return places.flatMap((place) => rows[place] ?? []);
}

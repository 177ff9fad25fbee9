import { z } from "zod";
import { alpha3 } from "@/lib/watch/sources/countries";
import { hostKey, pageKey } from "@/lib/watch/sources/url-match";
import { CHANGE_KINDS, type ChangeKind, SOURCES } from "@/lib/watch/types";

// Cells come as trimmed text, empty where the sheet has no such column.

/** Stands in a sheet for an empty list where an empty cell means the owner's default. */
export const NONE = "none";

export const anyText = z.string();
/** Text or, empty, null. */
export const optional = anyText.transform((cell) => cell || null);
/** Text that must be there. */
export const given = anyText.min(1, { error: "missing_value", abort: true });
export const webAddress = given.refine((cell) => pageKey(cell) !== null, "invalid_url");

export const source = withDefault("serper").pipe(z.enum(SOURCES, { error: "invalid_source" }));
export const country = withDefault("jp")
  .transform((cell) => cell.toLowerCase())
  .refine((cell) => alpha3(cell) !== null, "invalid_country");
export const language = withDefault("ja").refine(
  (cell) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(cell),
  "invalid_language",
);

const YES_OR_NO: Record<string, boolean> = {
  true: true,
  yes: true,
  "1": true,
  false: false,
  no: false,
  "0": false,
};
export const trueByDefault = withDefault("true")
  .refine((cell) => cell.toLowerCase() in YES_OR_NO, { error: "invalid_boolean", abort: true })
  .transform((cell) => YES_OR_NO[cell.toLowerCase()] === true);

/** A whole number from `least` on or, empty, null. */
export const wholeNumber = (least: number) =>
  optional
    .refine((cell) => cell === null || (/^\d{1,4}$/.test(cell) && Number(cell) >= least), "invalid_number")
    .transform((cell) => (cell === null ? null : Number(cell)));

/** Host names, or addresses of which the host is taken, separated by `;`. */
export const hosts = anyText
  .transform(items)
  .refine((all) => all.every((host) => hostKey(host)?.includes(".")), { error: "invalid_host", abort: true })
  .transform((all) => [...new Set(all.flatMap((host) => hostKey(host) ?? []))]);

/** Kinds of change separated by `;`, {@link NONE} for none, or, empty, null. */
export const kinds = anyText
  .refine((cell) => cell === NONE || items(cell).every(isChangeKind), { error: "invalid_kind", abort: true })
  .transform((cell) => (cell === "" ? null : items(cell).filter(isChangeKind)));

/** A calendar date as `YYYY-MM-DD`; also with slashes and single digits, as Excel in Japanese writes it back. */
export const date = given
  .transform((cell) =>
    cell.replace(/^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/, (_, y, m, d) => [y, two(m), two(d)].join("-")),
  )
  .refine(isDate, "invalid_date");

/** A position from 1 on, with at most two decimals or, empty, null. */
export const position = optional
  .refine(
    (cell) => cell === null || (/^\d{1,5}(\.\d{1,2})?$/.test(cell) && Number(cell) >= 1),
    "invalid_position",
  )
  .transform((cell) => (cell === null ? null : Number(cell)));

/** What a reading came to or, empty, null. */
export const status = optional.pipe(
  z.enum(["ok", "not_ranked", "failed"], { error: "invalid_status" }).nullable(),
);

function withDefault(fallback: string) {
  return anyText.transform((cell) => cell || fallback);
}

function items(cell: string): string[] {
  return cell.split(";").flatMap((item) => item.trim() || []);
}

function isChangeKind(name: string): name is ChangeKind {
  return (CHANGE_KINDS as readonly string[]).includes(name);
}

function two(digits: string): string {
  return digits.padStart(2, "0");
}

function isDate(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === text;
}

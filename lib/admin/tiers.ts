import type { SheetEntry } from "@/lib/admin/public-sheet";

/** Rows of the sheet, largest writing first; `until` is the last rank of each. */
const TIERS = [2, 10, 30, 100] as const;

/** A row of the sheet: `size` 1 is the largest writing. Odd ranks stand in the east, even ones in the west. */
export interface Tier {
  size: number;
  east: SheetEntry[];
  west: SheetEntry[];
}

/** Sets a ranking out as a banzuke is: in tiers whose writing gets smaller, east before west. */
export function tiersOf(entries: SheetEntry[]): Tier[] {
  return TIERS.map((until, index) => {
    const above = TIERS[index - 1] ?? 0;
    const placed = entries.filter(({ rank }) => rank > above && rank <= until);
    return {
      size: index + 1,
      east: placed.filter(({ rank }) => rank % 2 === 1),
      west: placed.filter(({ rank }) => rank % 2 === 0),
    };
  }).filter(({ east, west }) => east.length + west.length > 0);
}

/** Whether a text is Japanese: it has kana or kanji. */
export function isJapanese(text: string): boolean {
  return /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text);
}

/** Whether most titles are Japanese, so that the sheet can be written from top to bottom. */
export function mostlyJapanese(entries: SheetEntry[]): boolean {
  const titled = entries.filter(({ title }) => title !== null);
  const japanese = titled.filter(({ title }) => title !== null && isJapanese(title));
  return japanese.length * 2 > titled.length;
}

/** How many columns of `perColumn` full-width characters a title needs from top to bottom. */
export function columnsOf(title: string, perColumn: number): number {
  const length = [...title].reduce((sum, character) => sum + (isJapanese(character) ? 1 : 0.6), 0);
  return Math.max(1, Math.ceil(length / perColumn));
}

/** Text that others wrote, made fit for one line of ours: titles and keywords may contain anything. */

const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
/** Marks that turn the direction of what follows, which may be our own words. */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** One line without control characters, line breaks or halves of characters: safe in a header. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(DIRECTION_CONTROLS, "").replace(BREAKS, " ").trim();
}

const graphemes = new Intl.Segmenter("ja", { granularity: "grapheme" });

/** At most `length` UTF-16 units, never ending inside a grapheme; what was cut is marked by `…`. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > length - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}

/** Keeps right-to-left text from reordering the figures and words after it (Unicode isolates, UAX #9). */
export function isolate(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

import type { NotifyMessages } from "@/lib/notify/messages/type";
import type { DigestFacts } from "@/lib/notify/types";
import { barsTable } from "./bars";
import { escapeHtml } from "./html";
import { type ArticleView, type RowView, viewArticle, viewRow } from "./view";

const MOST_IN_FULL = 20;
const LEAST_IN_FULL = 5;
const MOST_ROWS = 200;
/** Gmail cuts a mail off at 102 KB of HTML. What is left of 90 KB is for the frame. */
const ARTICLES_BYTES = 83_000;
/** What stands around the words of an article and of a row, rounded up. */
const ARTICLE_MARKUP_BYTES = 1_150;
const ROW_MARKUP_BYTES = 340;

/** An article in full, with its chart. */
export interface ShownArticle {
  view: ArticleView;
  bars: string;
}

/** What of a digest is shown, and how. */
export interface Fitted {
  full: ShownArticle[];
  rows: RowView[];
  /** Articles that are only counted. */
  hidden: number;
}

/**
 * As much of a digest as a mail may hold: the first articles in full, the next as rows, the last as a number.
 * Where not all fit, charts give way to rows first: naming every article matters more.
 */
export function fitDigest({ articles, timezone }: DigestFacts, words: NotifyMessages): Fitted {
  const full = articles.slice(0, MOST_IN_FULL).map((article) => {
    const view = viewArticle(article, words, timezone);
    const bars = barsTable(view.history, words);
    return { view, bars, bytes: ARTICLE_MARKUP_BYTES + Buffer.byteLength(bars) + bytesOf(view) };
  });
  const rows = articles.slice(0, MOST_IN_FULL + MOST_ROWS).map((article) => {
    const row = viewRow(article, words);
    return { row, bytes: ROW_MARKUP_BYTES + bytesOf(row) };
  });

  let inFull = full.length;
  const rowsAfter = () => rows.slice(inFull, inFull + MOST_ROWS);
  const left = () => ARTICLES_BYTES - sum(full.slice(0, inFull));
  while (inFull > LEAST_IN_FULL && sum(rowsAfter()) > left()) inFull -= 1;

  let room = left();
  const shown = rowsAfter().filter(({ bytes }) => {
    room -= bytes;
    return room >= 0;
  });
  return {
    full: full.slice(0, inFull),
    rows: shown.map(({ row }) => row),
    hidden: articles.length - inFull - shown.length,
  };
}

/** Bytes of the words of an article, once escaped. */
function bytesOf(view: ArticleView | RowView): number {
  const words = Object.values(view).filter((value) => typeof value === "string");
  return Buffer.byteLength(escapeHtml(words.join("")));
}

function sum(parts: { bytes: number }[]): number {
  return parts.reduce((total, { bytes }) => total + bytes, 0);
}

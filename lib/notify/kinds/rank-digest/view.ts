import { minuteTime } from "@/lib/i18n/time";
import { clip, isolate, oneLine } from "@/lib/notify/messages/text";
import type { Movement, NotifyMessages } from "@/lib/notify/messages/type";
import type { DigestArticle, DigestFacts } from "@/lib/notify/types";
import { type History, historyOf } from "./history";
import { addressOf, countMovements, movementOf, SIGNS, titleOf } from "./movement";

const SUBJECT_LENGTH = 120;
/** What `isolate` may add to a title. */
const ISOLATES = "\u2068\u2069";
/** React Email's preview cuts at 150, wherever that falls. */
const PREVIEW_LENGTH = 149;
const PREVIEWED = 3;
const TITLE_LENGTH = 160;
const ROW_TITLE_LENGTH = 60;
const KEYWORD_LENGTH = 80;
const SOURCE_LENGTH = 40;

/** One article in words, for every form of the digest. */
export interface ArticleView {
  title: string;
  address: string | null;
  direction: Movement["direction"];
  sign: string;
  /** `3位 → 12位` */
  positions: string;
  /** `11/21 → 11/22 JST` */
  days: string;
  change: string;
  keyword: string;
  /** Where the position comes from. */
  source: string;
  /** When it was read, with the zone. */
  readAt: string;
  history: History;
}

/** One article as a line of a list. */
export type RowView = Pick<ArticleView, "title" | "address" | "direction" | "sign" | "positions">;

/** Everything about one article. */
export function viewArticle(article: DigestArticle, words: NotifyMessages, zone: string): ArticleView {
  const { previous, current, observedAt } = article;
  const move = movementOf(article);
  return {
    ...viewRow(article, words),
    title: titleOf(article, TITLE_LENGTH),
    days: `${words.day(previous.on)} → ${words.jstDay(current.on)}`,
    change: words.change(move),
    keyword: isolate(clip(oneLine(article.keyword), KEYWORD_LENGTH)),
    source: words.source(clip(oneLine(article.source), SOURCE_LENGTH)),
    readAt: words.readAt(minuteTime(new Date(observedAt), zone)),
    history: historyOf(article),
  };
}

/** What a list says about an article. */
export function viewRow(article: DigestArticle, words: NotifyMessages): RowView {
  const { direction, from, to, source } = movementOf(article);
  return {
    title: titleOf(article, ROW_TITLE_LENGTH),
    address: addressOf(article),
    direction,
    sign: SIGNS[direction],
    positions: `${words.position(from, source)} → ${words.position(to, source)}`,
  };
}

/**
 * The digest in one sentence for a subject: no line breaks, at most 120 UTF-16 units. Only the title is cut
 * for it, never what happened.
 */
export function subjectOf({ articles }: DigestFacts, words: NotifyMessages): string {
  const first = gravestOf(articles);
  const move = movementOf(first);
  const sentence = (title: string) =>
    articles.length === 1
      ? words.happened(title, move)
      : words.countedWith(countMovements(articles), title, move);
  const room = SUBJECT_LENGTH - sentence(ISOLATES).length;
  return sentence(titleOf(first, Math.min(words.titleInSubject, room)));
}

/** The first line of the digest itself. */
export function headingOf({ articles }: DigestFacts, words: NotifyMessages): string {
  if (articles.length > 1) return words.counted(countMovements(articles));
  const only = gravestOf(articles);
  return words.happened(titleOf(only, TITLE_LENGTH), movementOf(only));
}

/** What an inbox shows after the subject: what the subject has no room for. */
export function previewOf({ articles }: DigestFacts, words: NotifyMessages): string {
  const { keyword, source } = gravestOf(articles);
  const others = articles.slice(1, 1 + PREVIEWED).map((article) => {
    const { sign, title, positions } = viewRow(article, words);
    return `${sign} ${title} ${positions}`;
  });
  const alone = `${words.labelled(words.labels.keyword, oneLine(keyword))} · ${words.source(oneLine(source))}`;
  return clip(others.join(" · ") || alone, PREVIEW_LENGTH);
}

function gravestOf(articles: DigestArticle[]): DigestArticle {
  const [first] = articles;
  if (!first) throw new Error("a digest needs at least one article");
  return first;
}

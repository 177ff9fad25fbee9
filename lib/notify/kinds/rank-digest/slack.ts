import { contextBlock, escapeMrkdwn, headerBlock, linkMrkdwn, mrkdwn } from "@/lib/notify/kinds/mrkdwn";
import { zonedTime } from "@/lib/notify/messages/figures";
import type { NotifyMessages } from "@/lib/notify/messages/type";
import { wordsOf } from "@/lib/notify/messages/words";
import type { DigestFacts, SlackContent } from "@/lib/notify/types";
import { SPARK_SIGNS, sparkline } from "./history";
import { type ArticleView, type RowView, subjectOf, viewArticle, viewRow } from "./view";

/** A channel is read by several people: fewer articles in full than in a mail. */
const MOST_IN_FULL = 10;
/** Rows are gathered in sections, which Slack limits to 3,000 characters; a message to 50 blocks. */
const SECTION_LENGTH = 3_000;
const MOST_ROW_SECTIONS = 5;

/**
 * A digest as a Slack message. The same facts give the same bytes. Slack knows no unsubscribe header: the
 * last block leads to the settings.
 * @throws RangeError for a time zone unknown here
 */
export function renderDigestSlack(facts: DigestFacts): SlackContent {
  const { articles, links, composedAt, timezone } = facts;
  const words = wordsOf(facts.locale);
  const subject = subjectOf(facts, words);
  const full = articles.slice(0, MOST_IN_FULL).map((article) => viewArticle(article, words, timezone));
  const rows = articles.slice(MOST_IN_FULL).map((article) => rowText(viewRow(article, words)));
  const { sections, packed } = packRows(rows);
  const hidden = rows.length - packed;
  const foot = [
    zonedTime(composedAt, timezone),
    words.jstDays.trim(),
    linkMrkdwn(words.preferences, links.preferences),
  ];
  const blocks = [
    headerBlock(subject),
    ...full.map((view) => section(articleText(view, words))),
    ...sections.map(section),
    ...(hidden > 0 ? [section(words.notShown(hidden))] : []),
    contextBlock(foot),
  ];
  return { text: escapeMrkdwn(subject), blocks };
}

function section(text: string): Record<string, unknown> {
  return { type: "section", text: mrkdwn(text) };
}

function articleText(view: ArticleView, words: NotifyMessages): string {
  const { history } = view;
  const marks = words.marks(history, SPARK_SIGNS);
  const trend = `\`${sparkline(history)}\` ${words.days(history.first, history.last)}`;
  return [
    `*${linkMrkdwn(view.title, view.address)}*`,
    `${view.sign} *${view.positions}* (${view.days}) ${view.change}`,
    marks ? `${trend} (${marks})` : trend,
    escapeMrkdwn(
      `${words.labelled(words.labels.keyword, view.keyword)} · ${view.source}${words.comma}${view.readAt}`,
    ),
  ].join("\n");
}

function rowText({ sign, title, positions, address }: RowView): string {
  return `${sign} ${linkMrkdwn(title, address)}  ${positions}`;
}

/** Rows put together into as few sections as hold them, and how many of them found room. */
function packRows(rows: string[]): { sections: string[]; packed: number } {
  const sections: string[] = [];
  let packed = 0;
  for (const row of rows) {
    const last = sections.at(-1);
    if (last !== undefined && last.length + 1 + row.length <= SECTION_LENGTH) {
      sections[sections.length - 1] = `${last}\n${row}`;
    } else {
      if (sections.length === MOST_ROW_SECTIONS) break;
      sections.push(row);
    }
    packed += 1;
  }
  return { sections, packed };
}

import { zonedTime } from "@/lib/notify/messages/figures";
import type { NotifyMessages } from "@/lib/notify/messages/type";
import type { DigestFacts } from "@/lib/notify/types";
import type { Fitted } from "./fit";
import { SPARK_SIGNS, sparkline } from "./history";
import { type ArticleView, headingOf, type RowView } from "./view";

/** The digest for those who read mail as text: the same facts, one line each, links in full. */
export function digestText(
  facts: DigestFacts,
  { full, rows, hidden }: Fitted,
  words: NotifyMessages,
): string {
  const { links, composedAt, timezone } = facts;
  const parts = [
    headingOf(facts, words),
    ...full.map(({ view }) => articleText(view, words)),
    rows.length > 0 ? [words.others(rows.length), ...rows.map(rowText)].join("\n") : "",
    hidden > 0 ? words.notShown(hidden) : "",
    [
      "—",
      `${words.why}${words.jstDays}`,
      words.labelled(words.preferences, links.preferences),
      words.labelled(words.unsubscribe, links.unsubscribe),
      "",
      `${words.brand}  ${zonedTime(composedAt, timezone)}`,
    ].join("\n"),
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

function articleText(view: ArticleView, words: NotifyMessages): string {
  const { labels, labelled } = words;
  const marks = words.marks(view.history, SPARK_SIGNS);
  return [
    `${view.sign} ${view.title}`,
    view.address,
    labelled(labels.position, `${view.positions} (${view.days})`),
    labelled(labels.change, view.change),
    labelled(labels.keyword, view.keyword),
    labelled(labels.trend, sparkline(view.history)),
    `${words.chart(view.history)}${marks ? ` (${marks})` : ""}`,
    labelled(labels.source, `${view.source}${words.comma}${view.readAt}`),
  ]
    .filter(Boolean)
    .join("\n  ");
}

function rowText({ sign, title, positions, address }: RowView): string {
  return `${sign} ${title}  ${positions}${address ? `\n  ${address}` : ""}`;
}

import { Link } from "@react-email/link";
import { render } from "@react-email/render";
import { Section } from "@react-email/section";
import { Text } from "@react-email/text";
import type { CSSProperties } from "react";
import { LIGHT } from "@/lib/notify/kinds/mail-colours";
import { base, link, MailFrame, small } from "@/lib/notify/kinds/mail-frame";
import { zonedTime } from "@/lib/notify/messages/figures";
import type { NotifyMessages } from "@/lib/notify/messages/type";
import { wordsOf } from "@/lib/notify/messages/words";
import type { DigestFacts, EmailContent } from "@/lib/notify/types";
import { type Fitted, fitDigest, type ShownArticle } from "./fit";
import { digestText } from "./plain-text";
import { type ArticleView, headingOf, previewOf, type RowView, subjectOf } from "./view";

/**
 * A digest as an e-mail. The same facts give the same bytes: it is frozen, and sent again under the same
 * idempotency key. Long digests are cut by rows, then by number, to stay below 90 KB of HTML.
 * @throws RangeError for a time zone unknown here
 */
export async function renderDigestEmail(facts: DigestFacts): Promise<EmailContent> {
  const words = wordsOf(facts.locale);
  const fitted = fitDigest(facts, words);
  const subject = subjectOf(facts, words);
  // `render` loads `react-dom/server` when called, which works alike in Next's builds, in tsx and in Vitest.
  const html = await render(<Digest facts={facts} fitted={fitted} subject={subject} words={words} />);
  return { subject, html, text: digestText(facts, fitted, words) };
}

interface DigestProps {
  facts: DigestFacts;
  fitted: Fitted;
  subject: string;
  words: NotifyMessages;
}

function Digest({ facts, fitted, subject, words }: DigestProps) {
  const { full, rows, hidden } = fitted;
  return (
    <MailFrame
      locale={facts.locale}
      words={words}
      subject={subject}
      preview={previewOf(facts, words)}
      heading={<Heading text={headingOf(facts, words)} unbroken={full[0]?.view.positions ?? ""} />}
      why={`${words.why}${words.jstDays}`}
      time={zonedTime(facts.composedAt, facts.timezone)}
      links={facts.links}
    >
      {full.map((article, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
        <Article key={place} article={article} words={words} />
      ))}
      {rows.length > 0 && <Rows rows={rows} words={words} />}
      {hidden > 0 && (
        <Text style={{ ...base, marginTop: 20 }}>
          {`${words.notShown(hidden)} `}
          <Link className="a" style={link} href={facts.links.preferences}>
            {words.preferences}
          </Link>
        </Text>
      )}
    </MailFrame>
  );
}

/** Japanese may break a line between a figure and its unit, anywhere but here. */
function Heading({ text, unbroken }: { text: string; unbroken: string }) {
  const start = text.lastIndexOf(unbroken);
  if (start < 0) return text;
  return (
    <>
      {text.slice(0, start)}
      <span style={nowrap}>{unbroken}</span>
      {text.slice(start + unbroken.length)}
    </>
  );
}

const nowrap: CSSProperties = { whiteSpace: "nowrap" };
const figures: CSSProperties = { ...base, fontSize: 20, lineHeight: "28px", fontWeight: 600, marginTop: 8 };
const rule: CSSProperties = { borderTop: `1px solid ${LIGHT.line}` };

const COLOURS: Record<ArticleView["direction"], { className: string; color: string }> = {
  lost: { className: "n", color: LIGHT.failed },
  fell: { className: "n", color: LIGHT.failed },
  rose: { className: "s", color: LIGHT.succeeded },
};

function Article({ article: { view, bars }, words }: { article: ShownArticle; words: NotifyMessages }) {
  const marks = words.marks(view.history, { gap: words.blank, notRanked: "×" });
  return (
    <Section className="l" style={{ ...rule, marginTop: 20, paddingTop: 16 }}>
      <Text style={{ ...base, fontWeight: 600 }} dir="auto">
        <Title {...view} />
      </Text>
      <Text className="q" style={small}>
        {words.labelled(words.labels.keyword, view.keyword)}
      </Text>
      <Text style={figures}>
        <Sign {...view} /> {`${view.positions}\u2002 `}
        <span className="q" style={days}>
          {view.days}
        </span>
      </Text>
      <Text style={base}>{view.change}</Text>
      {/** biome-ignore lint/security/noDangerouslySetInnerHtml: barsTable escapes its words. */}
      <div style={{ marginTop: 12 }} dangerouslySetInnerHTML={{ __html: bars }} />
      {marks && (
        <Text className="q" style={small}>
          {marks}
        </Text>
      )}
      <Text className="q" style={small}>
        {`${view.source}${words.comma}`}
        <span style={nowrap}>{view.readAt}</span>
      </Text>
    </Section>
  );
}

const days: CSSProperties = {
  fontSize: 12,
  fontWeight: 400,
  color: LIGHT.faint,
  whiteSpace: "nowrap",
};

function Title({ title, address }: Pick<ArticleView, "title" | "address">) {
  if (!address) return title;
  return (
    <Link className="a" style={link} href={address}>
      {title}
    </Link>
  );
}

function Sign({ sign, direction }: Pick<ArticleView, "sign" | "direction">) {
  const { className, color } = COLOURS[direction];
  return (
    <span className={className} style={{ color }}>
      {sign}
    </span>
  );
}

const list: CSSProperties = { fontSize: 12, lineHeight: "18px" };
const cell: CSSProperties = { ...rule, padding: "6px 0" };

function Rows({ rows, words }: { rows: RowView[]; words: NotifyMessages }) {
  return (
    <Section style={{ marginTop: 24 }}>
      <Text style={{ ...base, fontWeight: 600, marginBottom: 8 }}>{words.others(rows.length)}</Text>
      <table width="100%" cellPadding={0} cellSpacing={0} role="presentation" style={list}>
        <tbody>
          {rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
            <tr key={place}>
              <td className="l" style={cell} dir="auto">
                <Sign {...row} /> <Title {...row} />
              </td>
              <td className="l" style={{ ...cell, ...nowrap }} align="right">
                {row.positions}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

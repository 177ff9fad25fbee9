import { Link } from "@react-email/link";
import { render } from "@react-email/render";
import { Text } from "@react-email/text";
import { base, link, MailFrame } from "@/lib/notify/kinds/mail-frame";
import { zonedTime } from "@/lib/notify/messages/figures";
import { clip, isolate, oneLine } from "@/lib/notify/messages/text";
import { wordsOf } from "@/lib/notify/messages/words";
import type { DigestFacts, EmailContent, Locale } from "@/lib/notify/types";

/** A closed theme, as one of its authors is told of it. */
export interface ContestResult {
  locale: Locale;
  timezone: string;
  themeTitle: string;
  /** ISO 8601 UTC. */
  finalizedAt: string;
  /** The author's ranked works, best first; at least one. */
  works: { title: string; rank: number }[];
  rankingUrl: string;
  links: DigestFacts["links"];
}

const WORKS_SHOWN = 20;
const TITLE_LENGTH = 120;

/** "Results are in" for an author without a phone to push to. Pure: the same facts are the same bytes. */
export async function renderContestResult(result: ContestResult): Promise<EmailContent> {
  const words = wordsOf(result.locale);
  const { results } = words;
  const title = isolate(clip(oneLine(result.themeTitle), words.titleInSubject));
  const best = result.works[0];
  const heading = results.heading(title, best?.rank ?? null);
  const time = zonedTime(result.finalizedAt, result.timezone);
  const lines = result.works
    .slice(0, WORKS_SHOWN)
    .map((work) => results.work(isolate(clip(oneLine(work.title), TITLE_LENGTH)), work.rank));
  const left = result.works.length - lines.length;
  if (left > 0) lines.push(words.notShown(left));
  const html = await render(
    <MailFrame
      locale={result.locale}
      words={words}
      subject={heading}
      preview={lines[0] ?? heading}
      heading={heading}
      why={results.why}
      time={results.closedAt(time)}
      links={result.links}
    >
      <div style={{ marginTop: 12 }}>
        {lines.map((line) => (
          <Text key={line} style={base}>
            {line}
          </Text>
        ))}
      </div>
      <Text style={{ ...base, marginTop: 16 }}>
        <Link className="a" style={link} href={result.rankingUrl}>
          {results.see}
        </Link>
      </Text>
    </MailFrame>,
  );
  const text = [
    heading,
    "",
    ...lines,
    "",
    words.labelled(results.see, result.rankingUrl),
    "",
    "—",
    results.why,
    words.labelled(words.preferences, result.links.preferences),
    words.labelled(words.unsubscribe, result.links.unsubscribe),
    "",
    `${words.brand}  ${results.closedAt(time)}`,
    "",
  ].join("\n");
  return { subject: heading, html, text };
}

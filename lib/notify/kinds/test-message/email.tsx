import { render } from "@react-email/render";
import { Text } from "@react-email/text";
import { base, MailFrame } from "@/lib/notify/kinds/mail-frame";
import { zonedTime } from "@/lib/notify/messages/figures";
import { wordsOf } from "@/lib/notify/messages/words";
import type { DigestFacts, EmailContent, Locale } from "@/lib/notify/types";

/**
 * The mail of a test send: it says that it is one, and when (`sentAt`, ISO 8601) on the clocks of the zone.
 * @throws RangeError for a time zone unknown here
 */
export async function renderTestEmail(
  locale: Locale,
  timezone: string,
  sentAt: string,
  links: DigestFacts["links"],
): Promise<EmailContent> {
  const words = wordsOf(locale);
  const { subject, heading, email, why } = words.test;
  const time = zonedTime(sentAt, timezone);
  const html = await render(
    <MailFrame
      locale={locale}
      words={words}
      subject={subject}
      preview={email}
      heading={heading}
      why={why}
      time={time}
      links={links}
    >
      <Text style={{ ...base, marginTop: 12 }}>{email}</Text>
    </MailFrame>,
  );
  const text = [
    heading,
    "",
    email,
    "",
    "—",
    why,
    words.labelled(words.preferences, links.preferences),
    words.labelled(words.unsubscribe, links.unsubscribe),
    "",
    `${words.brand}  ${time}`,
    "",
  ].join("\n");
  return { subject, html, text };
}

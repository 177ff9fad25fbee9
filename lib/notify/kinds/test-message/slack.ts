import { contextBlock, escapeMrkdwn, headerBlock, linkMrkdwn, mrkdwn } from "@/lib/notify/kinds/mrkdwn";
import { zonedTime } from "@/lib/notify/messages/figures";
import { wordsOf } from "@/lib/notify/messages/words";
import type { DigestFacts, Locale, SlackContent } from "@/lib/notify/types";

/**
 * The Slack message of a test send: it says that it is one, and when (`sentAt`, ISO 8601) on the clocks of
 * the zone.
 * @throws RangeError for a time zone unknown here
 */
export function renderTestSlack(
  locale: Locale,
  timezone: string,
  sentAt: string,
  links: DigestFacts["links"],
): SlackContent {
  const words = wordsOf(locale);
  const { subject, heading, slack } = words.test;
  return {
    text: escapeMrkdwn(subject),
    blocks: [
      headerBlock(heading),
      { type: "section", text: mrkdwn(escapeMrkdwn(slack)) },
      contextBlock([zonedTime(sentAt, timezone), linkMrkdwn(words.preferences, links.preferences)]),
    ],
  };
}

/** Slack's markup: what others wrote must not become a mention, a link or a code block. */

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "`": "ˋ" };

/** Text as it may stand in `mrkdwn`. There is no escape for a backtick, and three of them swallow all that follows. */
export function escapeMrkdwn(text: string): string {
  return text.replace(/[&<>`]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Longer addresses are left out, so that a section keeps within Slack's 3,000 characters. */
const LONGEST_ADDRESS = 1_000;

/** A text that leads to an address, if there is one. */
export function linkMrkdwn(text: string, address: string | null): string {
  const target = escapeMrkdwn((address ?? "").replace(/[<>|`]/g, encodeURIComponent));
  const label = escapeMrkdwn(text);
  return target === "" || target.length > LONGEST_ADDRESS ? label : `<${target}|${label}>`;
}

/** A text object of Block Kit in which Slack makes no links or mentions of its own. */
export function mrkdwn(text: string): { type: "mrkdwn"; text: string; verbatim: true } {
  return { type: "mrkdwn", text, verbatim: true };
}

/** The first line of a message, at most 150 characters. */
export function headerBlock(text: string): Record<string, unknown> {
  return { type: "header", text: { type: "plain_text", text, emoji: false } };
}

/** The small print at the end of a message. */
export function contextBlock(parts: string[]): Record<string, unknown> {
  return { type: "context", elements: parts.map(mrkdwn) };
}

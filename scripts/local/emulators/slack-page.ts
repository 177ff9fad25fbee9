import { html, page } from "./page";
import type { PostedMessage } from "./slack-workspace";

const SHOWN = 200;

/** The newest messages: what notifications would say, and the text of their blocks. */
export function messagesPage(messages: PostedMessage[]): Response {
  const newest = messages.slice(-SHOWN).reverse();
  const rows = newest.map(({ at, channel, text, blocks }) => {
    const lines = blocks.flatMap((block) => (block.text ? [block.text.text] : []));
    const time = new Date(at).toISOString().replace("T", " ").slice(0, 19);
    return html`<tr><td>${time}</td><td>${channel}</td><td>${text}${lines.map((line) => html`<pre>${line}</pre>`)}</td></tr>`;
  });
  return page(
    "Slack",
    html`<p>${messages.length} accepted. <a href="/">Look again</a></p>
      <table><thead><tr><th>Accepted (UTC)</th><th>Channel</th><th>Message</th></tr></thead><tbody>${rows}</tbody></table>`,
  );
}

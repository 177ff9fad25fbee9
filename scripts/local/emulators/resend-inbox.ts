import { html, page } from "./page";
import type { AcceptedEmail } from "./resend-emails";

const SHOWN = 200;

/** The newest e-mails, each a link to what its recipient would see. */
export function inboxPage(emails: AcceptedEmail[]): Response {
  const newest = emails.slice(-SHOWN).reverse();
  const rows = newest.map(
    ({ id, at, to, subject }) => html`
      <tr><td>${utc(at)}</td><td>${to.join(", ")}</td><td><a href="/inbox/${id}">${subject}</a></td></tr>`,
  );
  const count = `${emails.length} accepted${emails.length > SHOWN ? `, the newest ${SHOWN} of them here` : ""}.`;
  return page(
    "Inbox",
    html`<p>${count} <a href="/inbox">Look again</a></p>
      <table><thead><tr><th>Accepted (UTC)</th><th>To</th><th>Subject</th></tr></thead><tbody>${rows}</tbody></table>`,
  );
}

/** One e-mail: its headers, its HTML (no scripts, no access to this page) and its plain text. */
export function emailPage(email: AcceptedEmail): Response {
  const headers = Object.entries(email.headers).map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`,
  );
  return page(
    email.subject,
    html`<p><a href="/inbox">All e-mails</a></p>
      <dl><dt>From</dt><dd>${email.from}</dd><dt>To</dt><dd>${email.to.join(", ")}</dd>
      <dt>Accepted (UTC)</dt><dd>${utc(email.at)}</dd>${headers}</dl>
      <iframe sandbox title="HTML" srcdoc="${email.html}"></iframe>
      <h2>Plain text</h2><pre>${email.text}</pre>`,
  );
}

function utc(ms: number): string {
  return new Date(ms).toISOString().replace("T", " ").slice(0, 19);
}

import { createServer } from "node:http";
import { renderDigestEmail } from "@/lib/notify/kinds/rank-digest/email";
import { escapeHtml } from "@/lib/notify/kinds/rank-digest/html";
import { SAMPLE_NAMES, sampleDigest } from "@/lib/notify/kinds/rank-digest/samples";
import { renderDigestSlack } from "@/lib/notify/kinds/rank-digest/slack";
import { renderTestEmail } from "@/lib/notify/kinds/test-message/email";
import { renderTestSlack } from "@/lib/notify/kinds/test-message/slack";
import { type EmailContent, LOCALES, type SlackContent } from "@/lib/notify/types";
import { freePort } from "./local/ports";

/**
 * Shows every sample digest as a mail client and Slack would: `npm run email`, then the address it prints.
 * `PORT` chooses another port than 3333. Pages reload themselves when the source changes.
 */

const FORMS = ["html", "text", "slack"] as const;
const THEMES = ["light", "dark"] as const;
const WIDTHS = ["600", "360"] as const;
const NAMES = [...SAMPLE_NAMES, "test"] as const;
const ZONE = "Asia/Kathmandu";

const CHOICES = { sample: NAMES, locale: LOCALES, form: FORMS, theme: THEMES, width: WIDTHS };
type Choices = { [Key in keyof typeof CHOICES]: (typeof CHOICES)[Key][number] };

const startedAt = String(Date.now());
const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  try {
    const body = await pageAt(pathname, choicesOf(searchParams));
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
      .end(body);
  } catch (error) {
    response.writeHead(500).end(error instanceof Error ? error.stack : String(error));
  }
});
server.once("error", async () => server.listen(await freePort(), "127.0.0.1"));
server.on("listening", () => {
  const address = server.address();
  if (typeof address === "object" && address) console.log(`http://localhost:${address.port}`);
});
server.listen(Number(process.env.PORT ?? 3333), "127.0.0.1");

async function pageAt(path: string, choices: Choices): Promise<string> {
  if (path === "/started") return startedAt;
  if (path === "/message") return messagePage(choices);
  return framePage(choices);
}

/** What the query asks for, where it asks for something known. */
function choicesOf(query: URLSearchParams): Choices {
  const pick = <T extends string>(key: string, known: readonly T[], otherwise: T): T =>
    known.find((one) => one === query.get(key)) ?? otherwise;
  return {
    sample: pick("sample", NAMES, "mixed"),
    locale: pick("locale", LOCALES, "ja"),
    form: pick("form", FORMS, "html"),
    theme: pick("theme", THEMES, "light"),
    width: pick("width", WIDTHS, "600"),
  };
}

/** The choices as links, and the message in a frame of its own. */
async function framePage(choices: Choices): Promise<string> {
  const { subject, html, text } = await emailOf(choices);
  const kilobytes = (Buffer.byteLength(html) / 1000).toFixed(1);
  const menus = Object.entries(CHOICES).map(([key, known]) => {
    const links = known.map((one) => {
      const current = Object.values(choices).includes(one) ? " aria-current=true" : "";
      return `<a href="/?${queryOf({ ...choices, [key]: one })}"${current}>${one}</a>`;
    });
    return `<nav aria-label="${key}">${links.join(" ")}</nav>`;
  });
  return page(
    choices,
    `${menus.join("")}<h1>${escapeHtml(subject)}</h1>
<p>${kilobytes} KB html, ${(Buffer.byteLength(text) / 1000).toFixed(1)} KB text</p>
<iframe title="message" src="/message?${queryOf(choices)}" width="${choices.width}" height="1200"></iframe>
<script>setInterval(async () => {
  const started = await fetch("/started").then((answer) => answer.text(), () => "${startedAt}");
  if (started !== "${startedAt}") location.reload();
}, 1000)</script>`,
  );
}

async function messagePage(choices: Choices): Promise<string> {
  if (choices.form === "slack") return page(choices, slackBlocks(slackOf(choices)));
  const { html, text } = await emailOf(choices);
  if (choices.form === "text") return page(choices, `<pre>${escapeHtml(text)}</pre>`);
  const asked = choices.theme === "dark" ? "@media all" : "@media not all";
  return html.replace("@media(prefers-color-scheme:dark)", asked);
}

function emailOf({ sample, locale }: Choices): Promise<EmailContent> {
  if (sample !== "test") return renderDigestEmail(sampleDigest(sample, locale));
  const { composedAt, links } = sampleDigest("drop", locale);
  return renderTestEmail(locale, ZONE, composedAt, links);
}

function slackOf({ sample, locale }: Choices): SlackContent {
  if (sample !== "test") return renderDigestSlack(sampleDigest(sample, locale));
  const { composedAt, links } = sampleDigest("drop", locale);
  return renderTestSlack(locale, ZONE, composedAt, links);
}

/** Near enough to Slack to read it: headings as they are, else bold, code, links and lines. */
function slackBlocks({ text, blocks }: SlackContent): string {
  const sections = blocks.map((block) => {
    const texts = textsIn(block).map((one) =>
      one.type === "plain_text" ? `<h1>${escapeHtml(one.text)}</h1>` : mrkdwnHtml(one.text),
    );
    return `<section>${texts.join(" ")}</section>`;
  });
  return `<small>${mrkdwnHtml(text)}</small>${sections.join("")}`;
}

/** The text objects of a block, wherever they stand in it. */
function textsIn(part: unknown): { type: string; text: string }[] {
  if (typeof part !== "object" || part === null) return [];
  if ("type" in part && "text" in part && typeof part.text === "string") {
    return [{ type: String(part.type), text: part.text }];
  }
  return Object.values(part).flatMap(textsIn);
}

function mrkdwnHtml(text: string): string {
  return text
    .replace(/<(https?:[^|>]+)\|([^>]*)>/g, '<a href="$1">$2</a>')
    .replace(/(?<=^|\s)\*(.+?)\*(?=$|\s)/gm, "<b>$1</b>")
    .replace(/`([^`]+)`/g, "<code>$1</code>")
    .replaceAll("\n", "<br>");
}

function queryOf(choices: Choices): string {
  return new URLSearchParams(choices).toString().replaceAll("&", "&amp;");
}

function page({ locale, theme }: Choices, body: string): string {
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><title>npm run email</title><style>
:root { color-scheme: ${theme}; font: 14px/1.5 system-ui, sans-serif }
nav { margin: 4px 0 } nav a { margin-right: 8px } a[aria-current] { font-weight: 700; color: inherit; text-decoration: none }
h1 { font-size: 18px } pre { white-space: pre-wrap } iframe { border: 1px solid }
section { margin: 12px 0 }
</style><body>${body}</body></html>`;
}

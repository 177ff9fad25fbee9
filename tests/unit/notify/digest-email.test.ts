import { describe, expect, test } from "vitest";
import { renderDigestEmail } from "@/lib/notify/kinds/rank-digest/email";
import { SAMPLE_NAMES, type SampleName, sampleDigest } from "@/lib/notify/kinds/rank-digest/samples";
import { renderTestEmail } from "@/lib/notify/kinds/test-message/email";
import { type EmailContent, LOCALES, type Locale } from "@/lib/notify/types";

const GMAIL_CLIPS = 102_000;

const samples = SAMPLE_NAMES.flatMap((name) => LOCALES.map((locale): [SampleName, Locale] => [name, locale]));
const rendered = new Map<string, Promise<EmailContent>>();

function render(name: SampleName, locale: Locale): Promise<EmailContent> {
  const key = `${name} ${locale}`;
  const mail = rendered.get(key) ?? renderDigestEmail(sampleDigest(name, locale));
  rendered.set(key, mail);
  return mail;
}

const count = (text: string, part: string) => text.split(part).length - 1;

/** What a reader sees of the HTML. */
function visible(html: string): string {
  const body = html.replace(/^.*<body/s, "<body").replace(/<div style="display:none.*?<\/div><\/div>/s, "");
  return body.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
}

describe.each(samples)("the %s digest in %s", (name, locale) => {
  test("is the same bytes every time", async () => {
    expect(await renderDigestEmail(sampleDigest(name, locale))).toEqual(await render(name, locale));
  });

  test("gives every time of day its zone", async () => {
    const { subject, html, text } = await render(name, locale);
    for (const said of [subject, visible(html), text]) {
      const times = said.match(/\d\d:\d\d(?! (JST|UTC))/g);
      expect(times).toBeNull();
    }
    expect(text).toMatch(/\d\d:\d\d (JST \(Asia\/Tokyo\)|UTC\+5:45 \(Asia\/Kathmandu\))/);
  });

  test("is not cut off by Gmail", async () => {
    const { html } = await render(name, locale);
    expect(Buffer.byteLength(html)).toBeLessThan(90_000);
    expect(Buffer.byteLength(html)).toBeLessThan(GMAIL_CLIPS);
  });

  test("leads to the settings and out", async () => {
    const { html, text } = await render(name, locale);
    const { preferences, unsubscribe } = sampleDigest("drop", locale).links;
    for (const link of [preferences, unsubscribe]) {
      expect(html).toContain(`href="${link}"`);
      expect(text).toContain(link);
    }
  });

  test("lets nothing of a title become markup", async () => {
    const { html } = await render(name, locale);
    expect(html).not.toMatch(/<script|<img|<b>|onerror=alert\(1\)>/);
    expect(html).not.toMatch(/\p{Cc}(?<!\n)|\u202e/u);
  });
});

describe("the mail", () => {
  test("begins with what happened, in the language it declares", async () => {
    const { html, text } = await render("drop", "ja");
    const sentence =
      "「コーヒー豆の選び方：産地と焙煎で変わる味」が 3位 → 12位に下落（トップ10から外れました）";
    expect(html).toMatch(/^<!DOCTYPE html/);
    expect(html).toContain('lang="ja"');
    expect(visible(html).replace("味」が 3位 → 12位 に", "味」が 3位 → 12位に")).toContain(sentence);
    expect(text.split("\n")[0]).toBe(sentence);
  });

  test("says the same in HTML and in text", async () => {
    const { html, text } = await render("mixed", "en");
    for (const fact of [
      "How to sharpen a kitchen knife",
      "sharpen kitchen knife",
      "23 → 35",
      "Nov 21 → Nov 22 JST",
      "Down 12 places",
      "Google search result via Serper",
      "read 2026-11-22 09:07 JST",
    ]) {
      expect(visible(html)).toContain(fact);
      expect(text).toContain(fact);
    }
  });

  test("tells direction by a shape, not by colour alone", async () => {
    const { html, text } = await render("mixed", "en");
    for (const said of [visible(html), text]) {
      expect([..."✕▼▲"].map((sign) => count(said, sign))).toEqual([1, 2, 2]);
    }
  });

  test("says what the marks of a chart mean only where they occur", async () => {
    const { html } = await render("drop", "en");
    expect(visible(html)).not.toContain("no reading");
    expect(html).not.toMatch(/<p[^>]*><\/p>/);
    expect(visible((await render("gaps", "en")).html)).toContain("blank = no reading, × = not found");
  });

  test("follows a dark client", async () => {
    const { html } = await render("drop", "en");
    expect(html).toContain('<meta name="color-scheme" content="light dark"/>');
    expect(html).toContain("@media(prefers-color-scheme:dark)");
  });

  test("of one article is small", async () => {
    expect(Buffer.byteLength((await render("drop", "ja")).html)).toBeLessThan(12_000);
  });

  test("shows the first in full and names the others, until it would be cut off", async () => {
    const { html, text } = await render("forty", "ja");
    const full = count(html, "role=img");
    expect(full).toBeGreaterThanOrEqual(15);
    expect(full).toBeLessThanOrEqual(20);
    expect(visible(html)).toContain(`ほか ${40 - full}記事`);
    for (const said of [html, text]) expect(said).toContain("第40回");
  });

  test("counts what it has no room to name", async () => {
    const { html, text } = await render("three_hundred", "en");
    const full = count(html, "role=img");
    const rows = Number(/(\d+) other articles/.exec(visible(html))?.[1]);
    const hidden = `The positions of ${300 - full - rows} more articles changed.`;
    expect(rows).toBeGreaterThan(60);
    for (const said of [visible(html), text]) expect(said).toContain(hidden);
  });

  test("keeps below the limit when every title and address is as long as can be", async () => {
    const digest = sampleDigest("three_hundred", "en");
    const articles = digest.articles.map((article) => ({
      ...article,
      title: `"'&<>`.repeat(200),
      keyword: "<&>".repeat(100),
      url: `https://kurashi.example/?${"a&".repeat(980)}`,
    }));
    const { html } = await renderDigestEmail({ ...digest, articles });
    expect(Buffer.byteLength(html)).toBeLessThan(90_000);
  });

  test("links only to web addresses", async () => {
    const digest = sampleDigest("drop", "en");
    const articles = digest.articles.map((article) => ({ ...article, url: "javascript:alert(1)" }));
    const { html, text } = await renderDigestEmail({ ...digest, articles });
    expect(html + text).not.toContain("javascript:");
  });

  test("needs an article", async () => {
    await expect(renderDigestEmail({ ...sampleDigest("drop", "en"), articles: [] })).rejects.toThrow(
      "at least one article",
    );
  });
});

test.each(LOCALES)("a test mail says that it is one, and when, in %s", async (locale) => {
  const { links } = sampleDigest("drop", locale);
  const mail = await renderTestEmail(locale, "Asia/Kathmandu", "2026-11-22T01:00:00.000Z", links);
  const word = locale === "ja" ? "テスト送信" : "test";
  expect(mail.subject.toLowerCase()).toContain(word);
  for (const said of [visible(mail.html), mail.text]) {
    expect(said).toContain(word);
    expect(said).toContain("2026-11-22 06:45 UTC+5:45 (Asia/Kathmandu)");
  }
  expect(mail.html).toContain(`href="${links.unsubscribe}"`);
});

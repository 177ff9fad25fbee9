import { describe, expect, test } from "vitest";
import { SAMPLE_NAMES, type SampleName, sampleDigest } from "@/lib/notify/kinds/rank-digest/samples";
import { renderDigestSlack } from "@/lib/notify/kinds/rank-digest/slack";
import { renderTestSlack } from "@/lib/notify/kinds/test-message/slack";
import { LOCALES, type Locale, type SlackContent } from "@/lib/notify/types";

const samples = SAMPLE_NAMES.flatMap((name) => LOCALES.map((locale): [SampleName, Locale] => [name, locale]));
const rendered = new Map<string, SlackContent>();

function render(name: SampleName, locale: Locale): SlackContent {
  const key = `${name} ${locale}`;
  const message = rendered.get(key) ?? renderDigestSlack(sampleDigest(name, locale));
  rendered.set(key, message);
  return message;
}

/** The texts of all blocks, in order. */
function textsOf({ blocks }: SlackContent): string[] {
  return blocks.flatMap((block) => {
    const parts = (block.elements ?? [block.text]) as { text: string }[];
    return parts.map(({ text }) => text);
  });
}

describe.each(samples)("the %s digest in %s", (name, locale) => {
  test("is the same bytes every time", () => {
    const again = renderDigestSlack(sampleDigest(name, locale));
    expect(JSON.stringify(again)).toBe(JSON.stringify(render(name, locale)));
  });

  test("keeps within Slack's limits", () => {
    const message = render(name, locale);
    const [header = "", ...texts] = textsOf(message);
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    expect(header.length).toBeLessThanOrEqual(150);
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(3_000);
  });

  test("gives every time of day its zone", () => {
    for (const text of textsOf(render(name, locale)))
      expect(text.match(/\d\d:\d\d(?! (JST|UTC))/g)).toBeNull();
  });

  test("makes a mention or a code block of no title", () => {
    for (const text of textsOf(render(name, locale)).slice(1)) {
      expect(text).not.toMatch(/<[!@#]|```/);
      expect(text.replace(/<https:[^<>|]+\|[^<>]*>/g, "")).not.toMatch(/[<>]/);
    }
  });
});

describe("the message", () => {
  test("says all about an article in one section", () => {
    expect(textsOf(render("drop", "en"))).toEqual([
      "“How to choose coffee beans” fell from 3 to 12 and left the top 10",
      [
        "*<https://kurashi.example/coffee-beans|How to choose coffee beans>*",
        "▼ *3 → 12* (Nov 21 → Nov 22 JST) Down 9 places, left the top 10",
        "`▅▅▅▅▆▅▆▆▇▆▇▇▇▇▇▆▇▇▇▇▇▇▇▇▆▇▇▇▇▁` Oct 24 – Nov 22 JST",
        "Keyword: choose coffee beans · Google search result via Serper, read 2026-11-22 09:07 JST",
      ].join("\n"),
      "2026-11-22 10:00 JST (Asia/Tokyo)",
      "Days of positions are in Japan time (JST).",
      `<${sampleDigest("drop", "en").links.preferences}|Notification settings>`,
    ]);
  });

  test("is announced by its first line, escaped", () => {
    const digest = sampleDigest("drop", "en");
    const articles = digest.articles.map((article) => ({ ...article, title: "<!channel> & more" }));
    const { text, blocks } = renderDigestSlack({ ...digest, articles });
    expect(text).toBe("“&lt;!channel&gt; &amp; more” fell from 3 to 12 and left the top 10");
    expect(blocks[0]).toMatchObject({
      type: "header",
      text: { type: "plain_text", text: "“<!channel> & more” fell from 3 to 12 and left the top 10" },
    });
  });

  test("escapes an address so that it stays one", () => {
    const texts = textsOf(render("titles", "en"));
    expect(texts.join()).toContain("<https://kurashi.example/script?a=1&amp;b=%3C2%3E%7C3|");
  });

  test("leaves out an address too long for a section, not the article", () => {
    const digest = sampleDigest("drop", "en");
    const url = `https://kurashi.example/?${"a&".repeat(900)}`;
    const articles = digest.articles.map((article) => ({ ...article, url, title: "&".repeat(300) }));
    const [, text = ""] = textsOf(renderDigestSlack({ ...digest, articles }));
    expect(text).toMatch(/^\*(&amp;){159}…\*\n/);
    expect(text.length).toBeLessThanOrEqual(3_000);
  });

  test("shows ten in full, names more, and counts the rest", () => {
    const texts = textsOf(render("three_hundred", "en"));
    const named = texts.join("\n").match(/part \d+>/g)?.length ?? 0;
    expect(texts.filter((text) => text.includes("`"))).toHaveLength(10);
    expect(named).toBeGreaterThan(60);
    expect(texts).toContain(`The positions of ${300 - named} more articles changed.`);
  });
});

test.each(LOCALES)("a test message says that it is one, and when, in %s", (locale) => {
  const { links } = sampleDigest("drop", locale);
  const message = renderTestSlack(locale, "America/St_Johns", "2026-11-22T01:00:00.000Z", links);
  expect(message.text.toLowerCase()).toContain(locale === "ja" ? "テスト送信" : "test message");
  expect(textsOf(message)).toContain("2026-11-21 21:30 UTC-3:30 (America/St_Johns)");
  expect(textsOf(message).join()).toContain(links.preferences);
});

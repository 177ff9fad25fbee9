import { describe, expect, test } from "vitest";
import { addressOf, filterOf } from "@/lib/admin/notification-filter";
import { mailIn } from "@/lib/admin/notification-mail";
import { slackBlock, slackSpans } from "@/lib/admin/notification-mrkdwn";

describe("a mail in one colour scheme", () => {
  const html =
    "<html><head></head><style>@media(prefers-color-scheme:dark){.a{}}:root{color-scheme:light dark}</style></html>";

  test("answers the question for dark colours in the markup", () => {
    expect(mailIn(html, "dark")).toContain("@media all{.a{}}");
    expect(mailIn(html, "light")).toContain("@media not all{.a{}}");
    expect(mailIn(html, "dark")).toContain("color-scheme:dark}");
  });

  test("sends its links to a window that the sandbox forbids", () => {
    expect(mailIn(html, "light")).toContain('<head><base target="_blank">');
  });
});

describe("Slack's markup", () => {
  test("reads bold, code and links, and leaves addresses out", () => {
    expect(slackSpans("*<https://a.example|Title>* `▁▂` &amp; rest")).toEqual([
      { text: "Title", bold: true, code: false, link: true },
      { text: " ", bold: false, code: false, link: false },
      { text: "▁▂", bold: false, code: true, link: false },
      { text: " & rest", bold: false, code: false, link: false },
    ]);
  });

  test("shows escaped signs as the signs they are, never as markup", () => {
    expect(
      slackSpans("&lt;b&gt; &amp;lt;")
        .map(({ text }) => text)
        .join(""),
    ).toBe("<b> &lt;");
  });

  test("loses nothing of signs that stand alone", () => {
    expect(
      slackSpans("a < b ` c")
        .map(({ text }) => text)
        .join(""),
    ).toBe("a < b ` c");
  });

  test("reads headers, sections and contexts; other blocks have no words", () => {
    expect(slackBlock({ type: "header", text: { type: "plain_text", text: "H" } })).toEqual({
      kind: "header",
      texts: ["H"],
    });
    expect(slackBlock({ type: "context", elements: [{ text: "a" }, { image_url: "x" }] }).texts).toEqual([
      "a",
    ]);
    expect(slackBlock({ type: "divider" })).toEqual({ kind: "other", texts: [] });
  });
});

describe("the list's address", () => {
  test("names a filter and page, and is read back", () => {
    const filter = { state: "failed", user: "u 1", article: null, query: "100%" } as const;
    const params = Object.fromEntries(new URL(addressOf(filter, 3), "https://x.example").searchParams);
    expect(filterOf(params)).toEqual({ filter, page: 3 });
  });

  test("that names nothing known shows everything from the first page", () => {
    expect(filterOf({ state: "odd", page: "-4", q: "  " })).toEqual({
      filter: { state: null, user: null, article: null, query: null },
      page: 1,
    });
  });
});

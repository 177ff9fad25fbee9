import fc from "fast-check";
import { expect, test } from "vitest";
import { renderDigestEmail } from "@/lib/notify/kinds/rank-digest/email";
import { renderDigestSlack } from "@/lib/notify/kinds/rank-digest/slack";
import { type DigestArticle, type DigestFacts, LOCALES } from "@/lib/notify/types";
import { addDays } from "@/lib/time";
import { CHANGE_KINDS, type Observation, SOURCES } from "@/lib/watch/types";

const MARK = `<i data-mark="1">`;
const DAY = "2026-11-22";

const wild = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.constantFrom("", " ", "\r\nBcc: x", "\ud800", "a\u0301".repeat(400), "\u202e", "```", "<!channel>"),
);
const marked = fc.tuple(wild, wild).map(([before, after]) => `${before}${MARK}${after}`);
const position = fc.option(
  fc.oneof(
    fc.integer({ min: 1, max: 1000 }),
    fc.integer({ min: 100, max: 10_000 }).map((n) => n / 100),
  ),
);
const day = fc.integer({ min: -60, max: 0 }).map((days) => addDays(DAY, days));

const history: fc.Arbitrary<Observation[]> = fc.array(
  fc.record({ checkedOn: day, status: fc.constantFrom("ok", "not_ranked", "failed"), position }),
  { maxLength: 30 },
);

const article: fc.Arbitrary<DigestArticle> = fc.record({
  articleId: fc.uuid(),
  title: marked,
  url: fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), marked),
  keyword: marked,
  source: fc.oneof(fc.constantFrom(...SOURCES), marked),
  kind: fc.constantFrom(...CHANGE_KINDS),
  changes: fc.subarray([...CHANGE_KINDS]),
  previous: fc.record({ position, on: day }),
  current: fc.record({ position, on: day }),
  observedAt: fc
    .date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true })
    .map((at) => at.toISOString()),
  history,
});

const facts: fc.Arbitrary<DigestFacts> = fc.record({
  userId: fc.uuid(),
  locale: fc.constantFrom(...LOCALES),
  timezone: fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
  localDate: fc.constant(DAY),
  composedAt: fc.constant(`${DAY}T01:00:00.000Z`),
  articles: fc.oneof(
    { weight: 9, arbitrary: fc.array(article, { minLength: 1, maxLength: 6 }) },
    { weight: 1, arbitrary: fc.array(article, { minLength: 30, maxLength: 60 }) },
  ),
  links: fc.constant({
    preferences: "https://banzuke.example/p?a=1&b=2",
    unsubscribe: "https://banzuke.example/u",
  }),
});

test("whatever the facts, a mail has a safe subject, escaped words and a bearable size", {
  timeout: 30_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(facts, async (digest) => {
      const { subject, html, text } = await renderDigestEmail(digest);
      expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      expect(subject.length).toBeLessThanOrEqual(120);
      expect(subject.isWellFormed() && html.isWellFormed() && text.isWellFormed()).toBe(true);
      expect(html).not.toContain(MARK);
      expect(html).toContain(`lang="${digest.locale}"`);
      expect(Buffer.byteLength(html)).toBeLessThan(90_000);
      expect(`${html}${text}`).not.toMatch(/undefined|NaN|\[object/);
    }),
    { numRuns: 100 },
  );
});

test("whatever the facts, a Slack message keeps within Slack's limits", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(facts, (digest) => {
      const { text, blocks } = renderDigestSlack(digest);
      const [header, ...rest] = blocks;
      expect(blocks.length).toBeLessThanOrEqual(50);
      expect(text).not.toContain(MARK);
      expect(JSON.stringify(header).length).toBeLessThan(400);
      for (const block of rest) {
        const said = block.text as { text: string } | undefined;
        expect(said?.text.length ?? 0).toBeLessThanOrEqual(3_000);
        expect(JSON.stringify(block)).not.toContain("<i data-mark");
      }
    }),
    { numRuns: 100 },
  );
});

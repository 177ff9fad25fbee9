import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { BAR, DARK, LIGHT } from "@/lib/notify/kinds/mail-colours";
import {
  COFFEE,
  PLANTS,
  PLUMS,
  RICE,
  SEASONS,
  SHOES,
  sampleArticle,
} from "@/lib/notify/kinds/rank-digest/sample-articles";
import { sampleDigest } from "@/lib/notify/kinds/rank-digest/samples";
import { headingOf, subjectOf, viewArticle } from "@/lib/notify/kinds/rank-digest/view";
import { placesBetween, positionFigure, zonedTime } from "@/lib/notify/messages/figures";
import { clip, isolate, oneLine } from "@/lib/notify/messages/text";
import { wordsOf } from "@/lib/notify/messages/words";
import type { DigestArticle, Locale } from "@/lib/notify/types";

type Sample = Parameters<typeof sampleArticle>[0];

function digestOf(locale: Locale, ...articles: DigestArticle[]) {
  return { ...sampleDigest("drop", locale), articles };
}
const subject = (locale: Locale, ...samples: Sample[]) =>
  subjectOf(digestOf(locale, ...samples.map((sample) => sampleArticle(sample, locale))), wordsOf(locale));
const titled = (title: string) =>
  subjectOf(digestOf("ja", { ...sampleArticle(COFFEE, "ja"), title }), wordsOf("ja"));

describe("the subject", () => {
  test.each<[Locale, Sample, string]>([
    [
      "ja",
      COFFEE,
      "「コーヒー豆の選び方：産地と焙煎で変わる味」が 3位 → 12位に下落（トップ10から外れました）",
    ],
    ["en", COFFEE, "“How to choose coffee beans” fell from 3 to 12 and left the top 10"],
    ["ja", PLUMS, "「梅干しの漬け方と土用干しの手順」が圏外になりました（最後は 44位）"],
    ["en", PLUMS, "“Pickling plums, step by step” is no longer found (last at 44)"],
    ["ja", SHOES, "「古い革靴の手入れ」が検索結果に表示されなくなりました（最後は 31.2位）"],
    ["en", SHOES, "“Caring for old leather shoes” is no longer shown in search (last at 31.2)"],
    ["ja", SEASONS, "「二十四節気の暦」が 圏外 → 7位に上昇（トップ10に入りました）"],
    ["en", SEASONS, "“The twenty-four solar terms” appeared at 7 and entered the top 10"],
    ["ja", PLANTS, "「冬の観葉植物の水やり」が 7.3位 → 12.4位に下落"],
    ["en", PLANTS, "“Watering house plants in winter” fell from 7.3 to 12.4"],
  ])("says in %s what happened to one article", (locale, sample, expected) => {
    expect(subject(locale, sample)).toBe(expected);
  });

  test("counts several articles and names the first", () => {
    expect(subject("en", COFFEE, RICE, SEASONS)).toBe(
      "2 articles fell, 1 rose: “How to choose coffee beans” 3 → 12",
    );
    expect(subject("ja", PLUMS, RICE, SEASONS)).toBe(
      "1記事が圏外、1記事が下落、1記事が上昇：「梅干しの漬け方と土用干しの手順」44位 → 圏外",
    );
    expect(subject("en", PLUMS, SHOES)).toMatch(/^2 articles lost their ranking: /);
    expect(subject("en", PLUMS, SEASONS)).toMatch(/^1 article lost its ranking, 1 rose: /);
  });

  test("takes no header out of a title", () => {
    expect(titled("a\r\nBcc: b@example.com\u0000\u2028c")).toMatch(/^「a Bcc: b@example\.com c」が/);
  });

  test("cuts a long title, never what happened", () => {
    const cut = titled("長".repeat(500));
    expect(cut).toMatch(/^「長{35}…」が 3位 → 12位に下落（トップ10から外れました）$/);
    const { articles, ...digest } = sampleDigest("three_hundred", "en");
    const lost = { ...sampleArticle(PLUMS, "en"), title: "Long ".repeat(50) };
    const counted = subjectOf(
      { ...digest, articles: [...articles.map(() => lost), ...articles] },
      wordsOf("en"),
    );
    expect(counted).toMatch(
      /^300 articles lost their ranking, 240 fell, 60 rose: “Long .*…” 44 → not found$/,
    );
    expect(counted.length).toBeLessThanOrEqual(120);
  });

  test("names an article without a title by its address", () => {
    expect(titled(" \n ")).toContain("「https://kurashi.example/coffee-beans」");
  });

  test("keeps a right-to-left title from turning the figures around", () => {
    expect(titled("قهوة")).toContain("「\u2068قهوة\u2069」");
    expect(titled("plain \u202e turned")).toContain("「plain turned」");
  });
});

test("the first line of several articles is the sentence alone", () => {
  expect(headingOf(sampleDigest("mixed", "en"), wordsOf("en"))).toBe(
    "1 article lost its ranking, 2 fell, 2 rose",
  );
});

describe("the change", () => {
  const change = (locale: Locale, sample: Sample) =>
    viewArticle(sampleArticle(sample, locale), wordsOf(locale), "Asia/Tokyo").change;

  test("of a lost ranking gives the last position with its day and zone", () => {
    expect(change("ja", PLUMS)).toBe("圏外になりました（最後は 11/19 JST の 44位）");
    expect(change("en", SHOES)).toBe("No longer shown in search (last at 31.2 on Nov 19 JST)");
  });

  test("agrees with the positions beside it", () => {
    expect(change("ja", PLANTS)).toBe("5.1ランク下落");
    expect(change("en", RICE)).toBe("Down 0.08 places, left the top 10");
  });

  test("names the line that tells most", () => {
    expect(change("en", COFFEE)).toBe("Down 9 places, left the top 10");
    expect(change("en", { ...COFFEE, kinds: ["left_top_3"] })).toBe("Down 9 places, left the top 3");
    expect(change("ja", { ...SEASONS, kinds: ["entered_top_3", "entered_top_10"] })).toMatch(
      /トップ3に入りました$/,
    );
  });
});

test.each([
  [12, "12"],
  [12.4, "12.4"],
  [12.44, "12.4"],
  [10.04, "10.04"],
  [9.96, "9.96"],
])("position %d is shown as %s", (position, figure) => {
  expect(positionFigure(position)).toBe(figure);
});

test("places between positions are those between the figures shown", () => {
  expect(placesBetween(7.25, 12.4)).toBe("5.1");
  expect(placesBetween(3, 12)).toBe("9");
  expect(placesBetween(null, 12)).toBeNull();
});

test.each([
  ["Asia/Tokyo", "2026-11-22 09:00 JST (Asia/Tokyo)"],
  ["UTC", "2026-11-22 00:00 UTC"],
  ["Asia/Kathmandu", "2026-11-22 05:45 UTC+5:45 (Asia/Kathmandu)"],
  ["America/St_Johns", "2026-11-21 20:30 UTC-3:30 (America/St_Johns)"],
])("a time in %s names its zone", (zone, expected) => {
  expect(zonedTime("2026-11-22T00:00:00.000Z", zone)).toBe(expected);
});

describe("text of others", () => {
  test("is never cut inside a grapheme", () => {
    const family = "👩‍👩‍👧‍👦";
    expect(clip(family.repeat(3), family.length * 2)).toBe(`${family}…`);
    expect(clip(family.repeat(2), family.length * 2)).toBe(family.repeat(2));
    expect(clip("が".normalize("NFD").repeat(2), 3)).toBe(`${"が".normalize("NFD")}…`);
  });

  test("loses halves of characters, which no provider would take", () => {
    expect(oneLine("a\ud83d")).toBe("a\ufffd");
  });

  test("is isolated only where it runs from right to left", () => {
    expect(isolate("left to right")).toBe("left to right");
  });
});

test("mails have the colours of the pages", () => {
  const tokens = readFileSync("app/tokens.css", "utf8");
  const pairs = [...tokens.matchAll(/--(\w+): light-dark\((#\w{6}), (#\w{6})\)/g)];
  const [light, dark] = [2, 3].map((theme) =>
    Object.fromEntries(pairs.map((pair) => [pair[1], pair[theme]])),
  );
  expect(light).toMatchObject(LIGHT);
  expect(dark).toMatchObject(DARK);
  for (const paper of [LIGHT.paper, DARK.paper]) expect(contrast(BAR, paper)).toBeGreaterThanOrEqual(3);
});

/** WCAG 2 contrast ratio of two `#rrggbb` colours. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

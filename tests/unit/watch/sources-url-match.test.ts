import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alpha3 } from "@/lib/watch/sources/countries";
import { hostKey, pageKey } from "@/lib/watch/sources/url-match";

const seed = { seed: 20261122 };

describe("two addresses are the same page", () => {
  test.each([
    ["scheme", "http://example.com/a", "https://example.com/a"],
    ["www", "https://www.example.com/a", "https://example.com/a"],
    ["case of the host", "https://Example.COM/a", "https://example.com/a"],
    ["trailing slash", "https://example.com/a/", "https://example.com/a"],
    ["slash of the root", "https://example.com", "https://example.com/"],
    ["default port", "https://example.com:443/a", "http://example.com:80/a"],
    ["fragment", "https://example.com/a#:~:text=drip", "https://example.com/a"],
    ["campaign", "https://example.com/a?utm_source=x&UTM_Medium=y&gclid=1&fbclid=2", "https://example.com/a"],
    ["parameter Google adds", "https://example.com/a?srsltid=AfmBOo", "https://example.com/a"],
    ["order of parameters", "https://example.com/a?p=1&q=2", "https://example.com/a?q=2&p=1"],
    ["space in a parameter", "https://example.com/a?q=x+y", "https://example.com/a?q=x%20y"],
    [
      "encoding of a Japanese path",
      "https://example.jp/珈琲/入門",
      "https://example.jp/%E7%8F%88%E7%90%B2/%e5%85%a5%e9%96%80",
    ],
    ["Unicode form of a Japanese path", "https://example.jp/ガイド", "https://example.jp/カ\u3099イト\u3099"],
    ["encoding of a Japanese host", "https://日本語.jp/", "https://xn--wgv71a119e.jp/"],
    ["needless encoding", "https://example.com/%61bc(1)", "https://example.com/abc%281%29"],
    ["case of digits that are not UTF-8", "https://example.com/%83R%81%5B", "https://example.com/%83R%81%5b"],
  ])("whatever their %s", (_, one, other) => {
    expect(pageKey(one)).not.toBeNull();
    expect(pageKey(one)).toBe(pageKey(other));
  });

  test.each([
    ["path", "https://example.com/a", "https://example.com/b"],
    ["case of the path", "https://example.com/A", "https://example.com/a"],
    ["parameter", "https://example.com/a?id=1", "https://example.com/a?id=2"],
    ["subdomain", "https://blog.example.com/a", "https://example.com/a"],
    ["port", "https://example.com:8443/a", "https://example.com/a"],
    ["a slash that belongs to a name", "https://example.com/a%2Fb", "https://example.com/a/b"],
    ["an encoded percent sign", "https://example.com/100%2525", "https://example.com/100%25"],
  ])("but not with another %s", (_, one, other) => {
    expect(pageKey(one)).not.toBe(pageKey(other));
  });

  test.each(["", "example.com/a", "mailto:a@example.com", "https://", "javascript:alert(1)"])(
    "and %j is no page at all",
    (text) => expect(pageKey(text)).toBeNull(),
  );

  const segment = fc.oneof(
    fc.constantFrom("珈琲", "ガイド", "が", "パ", "a b", "100%", "…", "🍵"),
    fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => !/[/\\?#]|^\.{1,2}$/.test(text)),
  );
  const path = fc.array(segment, { maxLength: 4 });

  test("for any path, however it is written", () => {
    fc.assert(
      fc.property(path, fc.boolean(), fc.boolean(), (segments, lower, slash) => {
        const encoded = segments.map(encodeURIComponent).join("/");
        const key = pageKey(`https://example.com/${encoded}`);
        expect(key).not.toBeNull();
        const other = lower ? encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()) : encoded;
        const slashes = slash && encoded !== "" ? "/" : "";
        expect(pageKey(`http://www.EXAMPLE.com/${other}${slashes}?utm_campaign=a#b`)).toBe(key);
        const decomposed = segments.map((text) => encodeURIComponent(text.normalize("NFD"))).join("/");
        expect(pageKey(`https://example.com/${decomposed}`)).toBe(key);
      }),
      seed,
    );
  });

  test("and a key is its own key", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const key = pageKey(url);
        expect(pageKey(`https://${key}`)).toBe(key);
      }),
      { ...seed, numRuns: 50 },
    );
  });
});

test.each([
  ["Rival.jp", "rival.jp"],
  ["https://www.rival.jp/shop?x=1", "rival.jp"],
  [" www.rival.jp ", "rival.jp"],
  ["日本語.jp", "xn--wgv71a119e.jp"],
  ["a b", null],
  ["", null],
])("the host of %j is %j", (text, host) => {
  expect(hostKey(text)).toBe(host);
});

test("every country has three letters of its own", () => {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const pairs = letters.flatMap((one) => letters.map((other) => one + other));
  const known = pairs.filter((pair) => pair !== "uk" && alpha3(pair) !== null);
  expect(known).toHaveLength(249);
  expect(new Set(known.map(alpha3)).size).toBe(249);
  for (const pair of known) expect(names.of(pair.toUpperCase()), pair).toBeDefined();
  expect(["jp", "JP", "us", "de", "gb", "uk", "xx", ""].map(alpha3)).toEqual([
    "jpn",
    "jpn",
    "usa",
    "deu",
    "gbr",
    "gbr",
    null,
    null,
  ]);
});

import { describe, expect, test } from "vitest";
import { negotiateLocale, themeOf, zoneOf } from "@/lib/i18n/preferences";

describe("the language", () => {
  test("is the reader's choice, whatever the browser asks for", () => {
    expect(negotiateLocale("en", "ja,en;q=0.5")).toBe("en");
  });

  test.each([
    ["en-GB,en;q=0.9", "en"],
    ["ja-JP", "ja"],
    ["EN-us", "en"],
    ["fr-FR,en;q=0.4,ja;q=0.8", "ja"],
    ["en;q=0.2, ja;q=0.1", "en"],
    ["ja;q=0, en", "en"],
  ])("follows Accept-Language %s", (header, locale) => {
    expect(negotiateLocale(undefined, header)).toBe(locale);
  });

  test.each([null, "", "fr", "*", "english", "ja;q=0"])(
    "is Japanese when %s names none we speak",
    (header) => {
      expect(negotiateLocale(undefined, header)).toBe("ja");
    },
  );

  test("ignores a cookie that names no language of ours", () => {
    expect(negotiateLocale("xx", "en")).toBe("en");
  });
});

describe("the zone", () => {
  test.each([
    ["UTC", "UTC"],
    ["Asia/Tokyo", "Asia/Tokyo"],
    ["America/New_York", "America/New_York"],
  ])("is the one the cookie names: %s", (cookie, zone) => {
    expect(zoneOf(cookie)).toBe(zone);
  });

  test.each([undefined, "", "Mars/Olympus", "<script>"])("is Japan's for %s", (cookie) => {
    expect(zoneOf(cookie)).toBe("Asia/Tokyo");
  });
});

test("the theme follows the system unless one was chosen", () => {
  expect([themeOf("light"), themeOf("dark"), themeOf("pink"), themeOf(undefined)]).toEqual([
    "light",
    "dark",
    null,
    null,
  ]);
});

/** Languages the interface speaks; the first is the default. */
export const locales = ["ja", "en"] as const;
export type Locale = (typeof locales)[number];

/** `null` follows the system. */
export type Theme = "light" | "dark" | null;

/** Cookies that hold a reader's choices. They are readable by scripts: nothing in them is secret. */
export const PREFERENCE_COOKIES = { locale: "locale", zone: "zone", theme: "theme" } as const;

const DEFAULT_ZONE = "Asia/Tokyo";

/** The language to answer in: the reader's choice, else the best of `Accept-Language`, else Japanese. */
export function negotiateLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  const chosen = locales.find((locale) => locale === cookie);
  if (chosen) return chosen;
  for (const language of languagesByPreference(acceptLanguage ?? "")) {
    const spoken = locales.find((locale) => language === locale || language.startsWith(`${locale}-`));
    if (spoken) return spoken;
  }
  return locales[0];
}

/** The IANA time zone of the `zone` cookie when it names one, else Japan's. */
export function zoneOf(cookie: string | undefined): string {
  if (!cookie) return DEFAULT_ZONE;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: cookie }).resolvedOptions().timeZone;
  } catch {
    return DEFAULT_ZONE;
  }
}

/** The theme a reader chose, null to follow the system. */
export function themeOf(cookie: string | undefined): Theme {
  return cookie === "light" || cookie === "dark" ? cookie : null;
}

/** Language tags of an `Accept-Language` header in lower case, most wanted first; refused ones are left out. */
function languagesByPreference(header: string): string[] {
  return header
    .split(",")
    .map((part) => {
      const [tag = "", ...params] = part.trim().toLowerCase().split(";");
      const weight = params.map((param) => /^\s*q=([\d.]+)\s*$/.exec(param)?.[1]).find(Boolean);
      return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => tag !== "" && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

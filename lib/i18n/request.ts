import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { en } from "@/lib/i18n/messages/en";
import { ja } from "@/lib/i18n/messages/ja";
import { negotiateLocale, PREFERENCE_COOKIES, zoneOf } from "@/lib/i18n/preferences";

/** Language and zone of a request, from the reader's cookies and browser; no locale in any URL. */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = negotiateLocale(jar.get(PREFERENCE_COOKIES.locale)?.value, head.get("accept-language"));
  return {
    locale,
    // The keys agree by type; next-intl compares the English sentences themselves.
    messages: locale === "ja" ? (ja as unknown as typeof en) : en,
    timeZone: zoneOf(jar.get(PREFERENCE_COOKIES.zone)?.value),
    now: new Date(),
  };
});

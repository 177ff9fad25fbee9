import "@fontsource-variable/noto-serif-jp";
import type { Metadata } from "next";
import { createTranslator, NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { readPreferences } from "@/app/preferences/read-preferences";
import { AutoRefresh } from "@/components/admin/auto-refresh";
import { PreferencesFrame } from "@/components/preferences-page/frame";
import { PreferencesPageView } from "@/components/preferences-page/preferences";
import { Notice } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import { oneOf, pathWith, type SearchParams } from "@/lib/admin/search-params";
import { en } from "@/lib/i18n/messages/en";
import { ja } from "@/lib/i18n/messages/ja";
import type { Locale } from "@/lib/i18n/preferences";

const PATH = "/preferences";
const REFRESH_SECONDS = 10;
/** The keys agree by type; next-intl compares the English sentences themselves. */
const WORDS = { en, ja: ja as unknown as typeof en };

interface PageProps {
  searchParams: SearchParams;
}

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  const { locale } = await load(await searchParams);
  const t = createTranslator({ locale, messages: WORDS[locale], namespace: "preferences" });
  // The address holds the reader's key: it must reach neither search engines nor other sites.
  return { title: t("title"), robots: { index: false, follow: false }, referrer: "no-referrer" };
}

/** A user's own notification settings, for whoever holds the signed link. Reading it changes nothing. */
export default async function PreferencesPage({ searchParams }: PageProps) {
  const { token, found, locale } = await load(await searchParams);
  if (found.ok && found.value.kind === "ready") {
    const messages = WORDS[locale];
    const t = createTranslator({ locale, messages, namespace: "preferences" });
    const href = (lang: Locale) => pathWith(PATH, { token, lang });
    return (
      <PreferencesFrame
        locale={locale}
        languages={{ label: t("language"), href: { ja: href("ja"), en: href("en") } }}
      >
        <NextIntlClientProvider
          locale={locale}
          messages={{ common: messages.common, preferences: messages.preferences }}
        >
          <PreferencesPageView token={token} view={found.value.view} />
        </NextIntlClientProvider>
      </PreferencesFrame>
    );
  }
  return (
    <PreferencesFrame locale={locale} languages={null}>
      {found.ok ? <NoSettings kind={found.value.kind === "gone" ? "gone" : "expired"} /> : <Away />}
    </PreferencesFrame>
  );
}

/** What the address asks for, and the language to answer in: the one asked for, else the user's own. */
async function load(params: Awaited<SearchParams>) {
  const token = typeof params.token === "string" ? params.token : "";
  const found = await attempt(() => readPreferences(token));
  const asked = oneOf(params, "lang");
  const ready = found.ok && found.value.kind === "ready" ? found.value.view.chosen.locale : null;
  const locale: Locale =
    ready === null ? await getLocale() : asked === "ja" || asked === "en" ? asked : ready;
  return { token, found, locale };
}

async function NoSettings({ kind }: { kind: "expired" | "gone" }) {
  const t = await getTranslations("preferences");
  return (
    <>
      <h1 className="mb-3 font-serif text-title font-medium">{t(kind)}</h1>
      <p className="text-faint">{t(`${kind}What`)}</p>
      {kind === "expired" ? <p className="mt-2">{t("expiredTodo")}</p> : null}
    </>
  );
}

async function Away() {
  const t = await getTranslations("preferences");
  return (
    <>
      <h1 className="mb-4 font-serif text-title font-medium">{t("title")}</h1>
      <Notice tone="error" title={t("away")}>
        <p>{t("awayWhat")}</p>
      </Notice>
      <AutoRefresh seconds={REFRESH_SECONDS} />
    </>
  );
}

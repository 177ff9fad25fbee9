import "@fontsource-variable/noto-sans-jp";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getNow, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { NowProvider } from "@/components/time/now-provider";
import { TooltipLayer } from "@/components/ui/tooltip";
import { PREFERENCE_COOKIES, themeOf } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return { title: { default: t("brand"), template: `%s – ${t("brand")}` }, description: t("tagline") };
}

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf8f3" },
    { media: "(prefers-color-scheme: dark)", color: "#14130f" },
  ],
};

/** The sheet every page is written on: language, theme, and one "now" for all times. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, messages, now, jar] = await Promise.all([getLocale(), getMessages(), getNow(), cookies()]);
  const theme = themeOf(jar.get(PREFERENCE_COOKIES.theme)?.value);
  return (
    <html lang={locale} data-theme={theme ?? undefined}>
      <body>
        <NextIntlClientProvider messages={{ common: messages.common, signIn: messages.signIn }}>
          <NowProvider initial={now.getTime()}>
            {children}
            <TooltipLayer />
          </NowProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}

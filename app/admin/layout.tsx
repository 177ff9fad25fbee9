import type { Metadata } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import { NextIntlClientProvider } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { signOut } from "@/app/sign-in/actions";
import { Rail } from "@/components/admin/rail";
import { Preferences } from "@/components/preferences/preferences";
import { attempt } from "@/lib/admin/attempt";
import { PREFERENCE_COOKIES, themeOf } from "@/lib/i18n/preferences";
import { currentEnv } from "@/lib/platform/env";
import { currentAdmin } from "@/lib/platform/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("nav");
  return { title: { default: t("label"), template: `%s – ${t("label")}` }, robots: { index: false } };
}

/** The frame of the admin. It guards nothing: every page and action asks for the operator itself. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const [t, common, jar, admin] = await Promise.all([
    getTranslations("nav"),
    getTranslations("common"),
    cookies(),
    attempt(currentAdmin),
  ]);
  const theme = themeOf(jar.get(PREFERENCE_COOKIES.theme)?.value);
  const env = t(`env.${currentEnv()}`);
  const account = (
    <div className="space-y-3 text-small">
      <Preferences theme={theme} stacked />
      {admin.ok && admin.value ? (
        <form action={signOut} className="border-t border-line pt-3">
          <p className="text-faint">{t("signedInAs", { email: admin.value.email })}</p>
          <button type="submit" className="link">
            {t("signOut")}
          </button>
        </form>
      ) : null}
    </div>
  );
  return (
    <NextIntlClientProvider>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:bg-paper focus:p-2"
      >
        {common("skipToContent")}
      </a>
      <div className="mx-auto flex max-w-[1384px] max-md:block">
        <Rail env={env}>{account}</Rail>
        <details className="group border-b border-line px-4 md:hidden">
          <summary className="flex h-12 cursor-pointer list-none items-center justify-between">
            <Link href="/" className="text-title leading-none no-underline">
              番付
            </Link>
            <span className="text-small text-faint">
              {env} · {common("preferences.label")}
            </span>
          </summary>
          <div className="pb-4">{account}</div>
        </details>
        <main id="content" className="min-w-0 max-w-[1200px] flex-1 px-4 pt-6 pb-24 md:px-8 md:pt-8 md:pb-16">
          {children}
        </main>
      </div>
    </NextIntlClientProvider>
  );
}

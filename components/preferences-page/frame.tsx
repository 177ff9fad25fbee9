import Link from "next/link";
import type { ReactNode } from "react";

interface FrameProps {
  locale: "ja" | "en";
  /** Addresses of this page in each language, and what they are called; null where there is only one. */
  languages: { label: string; href: Record<"ja" | "en", string> } | null;
  children: ReactNode;
}

const NAMES = { ja: "日本語", en: "English" } as const;

/** The sheet of the preferences page: narrow, calm, in the reader's language. */
export function PreferencesFrame({ locale, languages, children }: FrameProps) {
  return (
    <div lang={locale} className="mx-auto max-w-[36rem] px-4 pb-16 md:px-8">
      <header className="flex items-baseline justify-between gap-4 py-4">
        <span>
          番付 <span className="text-faint">Banzuke</span>
        </span>
        {languages ? (
          <nav aria-label={languages.label} className="flex gap-3 text-small">
            {(["ja", "en"] as const).map((one) =>
              one === locale ? (
                <span key={one} lang={one} aria-current="true">
                  {NAMES[one]}
                </span>
              ) : (
                <Link key={one} lang={one} href={languages.href[one]} prefetch={false} className="link">
                  {NAMES[one]}
                </Link>
              ),
            )}
          </nav>
        ) : null}
      </header>
      <main className="border-t-2 border-ink pt-6">{children}</main>
    </div>
  );
}

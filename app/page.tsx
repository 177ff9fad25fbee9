import "@fontsource-variable/noto-serif-jp";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ThemeStageMark } from "@/components/admin/theme-stage";
import { Footer } from "@/components/footer";
import { Time } from "@/components/time/time";
import { Notice } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import { type HomeTheme, readHome } from "@/lib/admin/home";
import { appContext } from "@/lib/platform/context";

const PLACES = [
  { href: "/admin", name: "admin", what: "adminWhat" },
  { href: "/api/health", name: "health", what: "healthWhat" },
  { href: "/api/openapi.json", name: "api", what: "apiWhat" },
] as const;

/** One sheet: what this is, today's rankings, and where to go. Works while the database is away. */
export default async function HomePage() {
  const [t, found] = await Promise.all([
    getTranslations("home"),
    attempt(() => readHome(appContext("page"))),
  ]);
  return (
    <div className="mx-auto flex min-h-dvh max-w-[60rem] flex-col px-4 md:px-8">
      <div className="flex-1 gap-16 py-10 md:flex md:items-start md:py-20">
        <h1
          lang="ja"
          className="font-serif text-[5.5rem] leading-none font-black max-md:mb-8 md:vertical md:text-[9rem]"
        >
          番付
          <span className="sr-only"> Banzuke</span>
        </h1>
        <main className="min-w-0 flex-1">
          <p className="font-serif text-title font-bold">{t("lead")}</p>
          <p className="mt-3 max-w-prose text-faint">{t("about")}</p>
          {found.ok ? (
            <Themes today={found.value.today} before={found.value.before} />
          ) : (
            <section className="mt-10">
              <Notice tone="stale" title={t("unavailable")}>
                {t("unavailableKept")}
              </Notice>
            </section>
          )}
          <h2 className="mt-10 mb-2 font-medium">{t("more")}</h2>
          <ul className="border-t border-line">
            {PLACES.map(({ href, name, what }) => (
              <li
                key={href}
                className="flex min-h-9 flex-wrap items-center gap-x-4 border-b border-line py-1"
              >
                <Link href={href} prefetch={false} className="link">
                  {t(name)}
                </Link>
                <span className="text-faint">{t(what)}</span>
              </li>
            ))}
          </ul>
        </main>
      </div>
      <Footer />
    </div>
  );
}

async function Themes({ today, before }: { today: HomeTheme[]; before: HomeTheme[] }) {
  const t = await getTranslations("home");
  if (today.length + before.length === 0) {
    return (
      <section className="mt-10">
        <h2 className="mb-2 font-medium">{t("today")}</h2>
        <p className="border-y border-line py-2 text-faint">
          {t("none")} {t("noneTodo")}
        </p>
      </section>
    );
  }
  return (
    <>
      {today.length > 0 ? <ThemeList title={t("today")} themes={today} /> : null}
      {before.length > 0 ? <ThemeList title={t("recent")} themes={before} /> : null}
    </>
  );
}

function ThemeList({ title, themes }: { title: string; themes: HomeTheme[] }) {
  return (
    <section className="mt-10">
      <h2 className="mb-2 font-medium">{title}</h2>
      <ul className="border-t border-line">
        {themes.map((theme) => (
          <li
            key={theme.id}
            className="flex min-h-9 flex-wrap items-center gap-x-4 border-b border-line py-1 tabular-nums"
          >
            <span className="text-faint">{theme.date}</span>
            <Link
              href={`/rankings/${encodeURIComponent(theme.id)}`}
              prefetch={false}
              data-testid={`ranking-${theme.id}`}
              className="link"
            >
              {theme.title}
            </Link>
            <ThemeStageMark stage={theme.stage} version={theme.version} />
            {theme.stage === "open" ? <Time at={theme.closesAt} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

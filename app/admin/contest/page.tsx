import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/admin/page-title";
import { ThemeTable } from "@/components/admin/theme-table";
import { Unavailable } from "@/components/admin/unavailable";
import { buttonLook } from "@/components/ui/button";
import { Empty } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import { oneOf, pathWith, type SearchParams } from "@/lib/admin/search-params";
import { readThemes } from "@/lib/admin/themes";
import { appContext } from "@/lib/platform/context";
import { requireAdminOn } from "@/lib/platform/session";

const PATH = "/admin/contest";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("contest"))("title") };
}

/** The themes by day: which are open, when they close, what stands. */
export default async function ContestPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, params] = await Promise.all([getTranslations("contest"), searchParams]);
  const until = oneOf(params, "until");
  const found = await attempt(async () => {
    await requireAdminOn(PATH);
    return readThemes(appContext("page"), until);
  });
  return (
    <>
      <PageTitle title={t("title")}>{t("lead")}</PageTitle>
      {found.ok ? (
        <>
          {found.value.themes.length > 0 ? (
            <ThemeTable themes={found.value.themes} />
          ) : (
            <Empty title={t("empty")}>{t("emptyWhat")}</Empty>
          )}
          <nav className="mt-4 flex gap-2">
            {until ? (
              <Link href={PATH} className={buttonLook()}>
                {t("newest")}
              </Link>
            ) : null}
            {found.value.older ? (
              <Link href={pathWith(PATH, { until: found.value.older })} className={buttonLook()}>
                {t("older")}
              </Link>
            ) : null}
          </nav>
        </>
      ) : (
        <Unavailable away={found.away} />
      )}
    </>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/admin/page-title";
import { ThemeActions } from "@/components/admin/theme-actions";
import { ThemeFacts } from "@/components/admin/theme-facts";
import { ThemeRankings } from "@/components/admin/theme-rankings";
import { ThemeStageMark } from "@/components/admin/theme-stage";
import { Unavailable } from "@/components/admin/unavailable";
import { Empty } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import { oneOf, type SearchParams } from "@/lib/admin/search-params";
import { readThemePage } from "@/lib/admin/theme-page";
import { appContext } from "@/lib/platform/context";
import { requireAdminOn } from "@/lib/platform/session";

/** A theme closed from here is closed inside this route's function. */
export const maxDuration = 300;

interface ThemePageProps {
  params: Promise<{ themeId: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("contest"))("title") };
}

/** One theme: what stands, what is live now, and the means to close or correct it. */
export default async function ThemePage({ params, searchParams }: ThemePageProps) {
  const [t, { themeId: raw }, query] = await Promise.all([getTranslations("theme"), params, searchParams]);
  const themeId = decodeURIComponent(raw);
  const from = Math.max(1, Number.parseInt(oneOf(query, "from") ?? "1", 10) || 1);
  const found = await attempt(async () => {
    await requireAdminOn(`/admin/contest/${raw}`);
    return readThemePage(appContext("page"), themeId, from);
  });
  const back = (
    <Link href="/admin/contest" className="link">
      {t("back")}
    </Link>
  );
  if (!found.ok) {
    return (
      <>
        <PageTitle title={themeId}>{back}</PageTitle>
        <Unavailable away={found.away} />
      </>
    );
  }
  const page = found.value;
  if (!page) {
    return (
      <Empty title={t("notFound")}>
        <p>{t("notFoundWhat")}</p>
        {back}
      </Empty>
    );
  }
  const view = oneOf(query, "view") === "live" || !page.snapshot ? "live" : "final";
  return (
    <>
      <PageTitle title={page.theme.title}>
        {page.theme.date} · <ThemeStageMark stage={page.stage} version={page.snapshot?.version ?? null} /> ·{" "}
        <Link href={`/rankings/${raw}`} className="link">
          {t("publicPage")}
        </Link>{" "}
        · {back}
      </PageTitle>
      <ThemeFacts page={page} />
      <ThemeActions themeId={page.theme.id} stage={page.stage} />
      <ThemeRankings page={page} from={from} view={view} />
    </>
  );
}

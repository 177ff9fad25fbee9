import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AutoRefresh } from "@/components/admin/auto-refresh";
import { PageTitle } from "@/components/admin/page-title";
import { Unavailable } from "@/components/admin/unavailable";
import { ArticleFilters } from "@/components/admin/watch/article-filters";
import { ArticleTable } from "@/components/admin/watch/article-table";
import { CheckSentence } from "@/components/admin/watch/check-sentence";
import { NoArticles } from "@/components/admin/watch/no-articles";
import { Pages } from "@/components/admin/watch/pages";
import { WatchTabs } from "@/components/admin/watch/watch-tabs";
import { buttonLook } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import { oneOf, pathWith, type SearchParams } from "@/lib/admin/search-params";
import { ARTICLES_PER_PAGE, readArticles } from "@/lib/admin/watch-articles";
import { readCheckStanding } from "@/lib/admin/watch-check";
import { articleFilterOf, pageOf, paramsOf } from "@/lib/admin/watch-filter";
import { appContext } from "@/lib/platform/context";
import { requireAdminOn } from "@/lib/platform/session";

const PATH = "/admin/watch";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("watch"))("title") };
}

/** How today's check went, and every watched article with where it stands. */
export default async function WatchPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, params] = await Promise.all([getTranslations("watch"), searchParams]);
  const filter = articleFilterOf(params);
  const page = pageOf(params);
  const found = await attempt(async () => {
    await requireAdminOn(pathWith(PATH, paramsOf(filter)));
    const ctx = appContext("page");
    const [list, standing] = await Promise.all([readArticles(ctx, filter, page), readCheckStanding(ctx)]);
    return { list, standing };
  });
  if (!found.ok) {
    return (
      <>
        <PageTitle title={t("title")}>{t("lead")}</PageTitle>
        <Unavailable away={found.away} />
      </>
    );
  }
  const { list, standing } = found.value;
  return (
    <>
      <PageTitle title={t("title")}>{t("lead")}</PageTitle>
      <WatchTabs current="articles" />
      {oneOf(params, "deleted") ? (
        <div className="mb-4" role="status">
          <Notice tone="good" title={t("deleted")} />
        </div>
      ) : null}
      <CheckSentence standing={standing} articles={list.counts.all} />
      {standing.kind === "running" ? <AutoRefresh seconds={5} /> : null}
      <div className="mb-4 flex flex-wrap gap-2">
        <Link href="/admin/watch/new" className={buttonLook("solid")}>
          {t("add")}
        </Link>
        <Link href="/admin/watch/import" className={buttonLook()}>
          {t("importCsv")}
        </Link>
        {list.counts.all > 0 ? (
          <a href={pathWith("/admin/watch/export", paramsOf(filter))} download className={buttonLook()}>
            {t("exportCsv", { count: list.counts[filter.state] })}
          </a>
        ) : null}
      </div>
      <ArticleFilters filter={filter} counts={list.counts} users={list.users} />
      {list.articles.length > 0 ? (
        <ArticleTable
          articles={list.articles}
          today={list.today}
          checkedOn={standing.check?.day ?? list.today}
        />
      ) : (
        <NoArticles filter={filter} beyond={list.counts[filter.state] > 0} />
      )}
      <Pages
        path={PATH}
        params={paramsOf(filter)}
        page={page}
        perPage={ARTICLES_PER_PAGE}
        total={list.counts[filter.state]}
      />
    </>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageTitle, PartTitle } from "@/components/admin/page-title";
import { Unavailable } from "@/components/admin/unavailable";
import { ArticleActions } from "@/components/admin/watch/article-actions";
import { ArticleFacts } from "@/components/admin/watch/article-facts";
import { ArticleNotifications } from "@/components/admin/watch/article-notifications";
import { BackToWatch } from "@/components/admin/watch/back";
import { NoSuchArticle } from "@/components/admin/watch/no-such-article";
import { RankHistory } from "@/components/admin/watch/rank-history";
import { Notice } from "@/components/ui/notice";
import { StateMark } from "@/components/ui/state-mark";
import { attempt } from "@/lib/admin/attempt";
import { oneOf, type SearchParams } from "@/lib/admin/search-params";
import { HISTORY_DAYS, readArticleDetail } from "@/lib/admin/watch-article";
import { appContext } from "@/lib/platform/context";
import { requireAdminOn } from "@/lib/platform/session";

interface ArticlePageProps {
  params: Promise<{ articleId: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("watch"))("title") };
}

/** One article: where it ranked day by day, what is set for it, and what its owner was told. */
export default async function ArticlePage({ params, searchParams }: ArticlePageProps) {
  const [t, { articleId: raw }, query] = await Promise.all([getTranslations("watch"), params, searchParams]);
  const days = HISTORY_DAYS.find((range) => String(range) === oneOf(query, "days")) ?? HISTORY_DAYS[0];
  const saved = oneOf(query, "saved");
  const found = await attempt(async () => {
    await requireAdminOn(`/admin/watch/${raw}`);
    return readArticleDetail(appContext("page"), decodeURIComponent(raw), days);
  });
  if (!found.ok) {
    return (
      <>
        <PageTitle title={t("title")}>
          <BackToWatch />
        </PageTitle>
        <Unavailable away={found.away} />
      </>
    );
  }
  const detail = found.value;
  if (!detail) return <NoSuchArticle />;
  const { article } = detail;
  return (
    <>
      <PageTitle title={article.title || article.url}>
        <StateMark kind={article.is_monitored ? "on_time" : "skipped"}>
          {t(article.is_monitored ? "detail.monitored" : "detail.paused")}
        </StateMark>{" "}
        ·{" "}
        <a href={article.url} target="_blank" rel="noreferrer" className="link break-all">
          {article.url}
        </a>{" "}
        · <BackToWatch />
      </PageTitle>
      {saved ? (
        <div className="mb-4" role="status">
          <Notice tone="good" title={t(saved === "new" ? "detail.added" : "detail.saved")}>
            {article.is_monitored && article.source !== "manual" ? t("detail.savedWhat") : null}
          </Notice>
        </div>
      ) : null}
      <ArticleActions
        id={article.id}
        title={article.title}
        monitored={article.is_monitored}
        kept={detail.kept}
      />
      <RankHistory detail={detail} days={days} />
      <PartTitle>{t("detail.facts")}</PartTitle>
      <ArticleFacts detail={detail} />
      <PartTitle>{t("detail.told")}</PartTitle>
      <ArticleNotifications detail={detail} />
    </>
  );
}

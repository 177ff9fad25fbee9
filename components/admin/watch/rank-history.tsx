import { useTranslations } from "next-intl";
import { HistoryTable } from "@/components/admin/watch/history-table";
import { usePosition } from "@/components/admin/watch/use-position";
import { RankHistoryChart } from "@/components/charts/rank-history-chart";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Empty } from "@/components/ui/notice";
import { type ArticleDetail, HISTORY_DAYS, type HistoryDays } from "@/lib/admin/watch-article";
import { summariseHistory } from "@/lib/admin/watch-rank";

/** An article's positions: how far back, in words, as a chart, and as a table. */
export function RankHistory({ detail, days }: { detail: ArticleDetail; days: HistoryDays }) {
  const t = useTranslations("watch.chart");
  const position = usePosition();
  const { article, history, since, today } = detail;
  const path = `/admin/watch/${encodeURIComponent(article.id)}`;
  const summary = summariseHistory(history);
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="sr-only">
        {t("title")}
      </h2>
      <LinkTabs
        label={t("range")}
        className="mb-3"
        tabs={HISTORY_DAYS.map((range) => ({
          href: range === HISTORY_DAYS[0] ? path : `${path}?days=${range}`,
          name: t("days", { days: range }),
          current: range === days,
        }))}
      />
      {history.length === 0 ? (
        <Empty title={t("none", { days })}>{article.is_monitored ? t("noneWhat") : t("nonePaused")}</Empty>
      ) : (
        <figure>
          <figcaption className="mb-2">
            {t("summary", {
              days: summary.days,
              best: summary.best === null ? "none" : position(summary.best),
              worst: summary.worst === null ? "none" : position(summary.worst),
              notRanked: summary.notRanked,
              failed: summary.failed,
            })}
          </figcaption>
          <RankHistoryChart
            history={history}
            since={since}
            today={today}
            host={URL.parse(article.url)?.host ?? article.url}
            competitors={article.competitors}
          />
          <details className="mt-2">
            <summary className="link cursor-pointer">{t("table")}</summary>
            <HistoryTable history={history} competitors={article.competitors} />
          </details>
        </figure>
      )}
    </section>
  );
}

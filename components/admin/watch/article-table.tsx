import Link from "next/link";
import { useTranslations } from "next-intl";
import { MonitorSwitch } from "@/components/admin/watch/monitor-switch";
import { RankNow } from "@/components/admin/watch/rank-now";
import { RankSpark } from "@/components/charts/rank-history-spark";
import { Time } from "@/components/time/time";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import { type ArticleRow, SPARK_DAYS } from "@/lib/admin/watch-articles";

interface ArticleTableProps {
  articles: ArticleRow[];
  /** Today in JST. */
  today: string;
  /** The day of the latest check: a reading of an earlier one says its day. */
  checkedOn: string;
}

/** Watched articles by title; each opens its history. */
export function ArticleTable({ articles, today, checkedOn }: ArticleTableProps) {
  const t = useTranslations("watch");
  return (
    <Table label={t("title")} className="md:table-fixed">
      <Head>
        <ColumnName className="md:w-[25%]">{t("columns.article")}</ColumnName>
        <ColumnName className="md:w-[15%]">{t("columns.keyword")}</ColumnName>
        <ColumnName className="md:w-[11%]">{t("columns.owner")}</ColumnName>
        <ColumnName figures className="md:w-[11%]">
          {t("columns.position")}
        </ColumnName>
        <ColumnName className="md:w-[152px] md:pl-6">{t("columns.days", { days: SPARK_DAYS })}</ColumnName>
        <ColumnName className="md:pl-6">{t("columns.told")}</ColumnName>
        <ColumnName className="md:w-14">{t("columns.monitored")}</ColumnName>
      </Head>
      <Body>
        {articles.map((article) => (
          <Row
            key={article.id}
            data-testid={`article-${article.id}`}
            className="relative hover:bg-raised max-md:items-center max-md:gap-y-1"
          >
            <Cell className="max-md:w-full max-md:pr-12 md:py-1">
              <span className="block min-w-0 md:leading-tight">
                <Link
                  href={`/admin/watch/${encodeURIComponent(article.id)}`}
                  prefetch={false}
                  className="block truncate font-medium after:absolute after:inset-0 hover:underline"
                  title={article.title}
                >
                  {article.title}
                </Link>
                <span className="block truncate text-small text-faint">{hostAndPath(article.url)}</span>
              </span>
            </Cell>
            <Cell className="max-md:min-w-0 max-md:max-w-[70%] md:truncate" title={article.keyword}>
              <span className="truncate">{article.keyword}</span>
            </Cell>
            <Cell className="max-md:max-w-full md:truncate text-faint" title={article.userId}>
              <span className="truncate">{article.userId}</span>
            </Cell>
            <Cell figures className="max-md:order-1">
              <RankNow latest={article.latest} previous={article.previous} asOf={checkedOn} />
            </Cell>
            <Cell className="max-md:order-2 max-md:ml-auto md:pl-6">
              <RankSpark history={article.history} today={today} days={SPARK_DAYS} />
            </Cell>
            <Cell
              name={t("columns.told")}
              className={`[&_button]:relative [&_button]:z-1 whitespace-nowrap text-faint max-md:order-3 md:pl-6 ${article.lastToldAt ? "" : "max-md:hidden"}`}
            >
              <Time at={article.lastToldAt} tense="past" />
            </Cell>
            <Cell className="max-md:absolute max-md:top-2 max-md:right-0 md:[&_button]:max-h-none">
              <MonitorSwitch id={article.id} title={article.title} monitored={article.isMonitored} />
            </Cell>
          </Row>
        ))}
      </Body>
    </Table>
  );
}

function hostAndPath(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return url;
  const path = parsed.pathname === "/" ? "" : parsed.pathname;
  return parsed.host.replace(/^www\./, "") + decoded(path);
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

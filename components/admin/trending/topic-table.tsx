import Link from "next/link";
import { useTranslations } from "next-intl";
import { ScoreParts, scaleOf } from "@/components/admin/trending/score-parts";
import { ScoreSpark } from "@/components/charts/score-spark";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import { topicAddress } from "@/lib/admin/trending-filter";
import { countText, scoreText, signedText } from "@/lib/admin/trending-numbers";
import { SPARK_HOURS, type TopicRow } from "@/lib/admin/trending-page";
import type { WindowName } from "@/lib/trending/types";

interface TopicTableProps {
  topics: TopicRow[];
  window: WindowName;
  /** The window that needs no naming in an address. */
  first: WindowName;
  /** Where the windows of these figures end. */
  countedAt: string;
}

/** Topics by rank, each with why it is there and how its score went; each opens its own page. */
export function TopicTable({ topics, window, first, countedAt }: TopicTableProps) {
  const t = useTranslations("trending");
  const scale = scaleOf(topics);
  return (
    <Table label={t("title")} className="md:table-fixed">
      <Head>
        <ColumnName figures className="md:w-11">
          {t("columns.rank")}
        </ColumnName>
        <ColumnName>{t("columns.topic")}</ColumnName>
        <ColumnName figures className="md:w-18">
          {t("columns.score")}
        </ColumnName>
        <ColumnName className="md:w-[19%] md:pl-4">{t("columns.why")}</ColumnName>
        <ColumnName figures className="md:w-14">
          {t("columns.posts")}
        </ColumnName>
        <ColumnName figures className="md:w-26">
          {t("columns.authors")}
        </ColumnName>
        <ColumnName figures className="md:w-16">
          {t("columns.boosts")}
        </ColumnName>
        <ColumnName figures className="md:w-15">
          {t("columns.replies")}
        </ColumnName>
        <ColumnName figures className="md:w-19">
          {t("columns.bookmarks")}
        </ColumnName>
        <ColumnName className="md:w-[124px] md:pl-4">{t("columns.hours", { hours: SPARK_HOURS })}</ColumnName>
      </Head>
      <Body>
        {topics.map((topic) => (
          <Row
            key={topic.topicId}
            data-testid={`topic-${topic.topicId}`}
            className="relative hover:bg-raised max-md:items-center max-md:gap-y-1 max-md:pl-10"
          >
            <Cell
              figures
              className="text-faint max-md:absolute max-md:top-2 max-md:left-0 max-md:w-8"
              data-testid="rank"
            >
              {countText(topic.rank)}
            </Cell>
            <Cell className="max-md:w-full">
              <Link
                href={topicAddress(topic.topicId, window, first)}
                prefetch={false}
                className="block min-w-0 truncate font-medium after:absolute after:inset-0 hover:underline"
                title={topic.name}
              >
                {topic.name}
              </Link>
            </Cell>
            <Cell figures className="font-medium" name={t("columns.score")}>
              {scoreText(topic.score)}
            </Cell>
            <Cell className="max-md:order-3 max-md:w-full md:pl-4">
              <ScoreParts parts={topic.parts} scale={scale} />
            </Cell>
            <Figure name={t("columns.posts")} value={topic.counts.posts} />
            <Cell figures name={t("columns.authorsShort")} className="max-md:order-4">
              {countText(topic.counts.uniqueAuthors)}
              <span className="inline-block min-w-11 pl-1.5 text-right text-small text-faint max-md:min-w-0">
                {signedText(topic.counts.participantDelta)}
              </span>
            </Cell>
            <Figure name={t("columns.boosts")} value={topic.counts.boosts} />
            <Figure name={t("columns.replies")} value={topic.counts.replies} />
            <Figure name={t("columns.bookmarks")} value={topic.counts.bookmarks} />
            <Cell className="max-md:order-2 max-md:ml-auto md:pl-4">
              <ScoreSpark points={topic.points} end={Date.parse(countedAt)} hours={SPARK_HOURS} />
            </Cell>
          </Row>
        ))}
      </Body>
    </Table>
  );
}

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <Cell figures name={name} className="max-md:order-4">
      {countText(value)}
    </Cell>
  );
}

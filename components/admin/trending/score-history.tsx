import { useTranslations } from "next-intl";
import { ScoreHistoryChart } from "@/components/charts/score-history-chart";
import { Time } from "@/components/time/time";
import { Empty } from "@/components/ui/notice";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import { scoreText } from "@/lib/admin/trending-numbers";
import { missingHours, summariseScores } from "@/lib/admin/trending-series";
import type { RecordedScore } from "@/lib/admin/trending-topic";

/** A topic's scores of the past hours: in words, as a chart, and as a table. */
export function ScoreHistory({ points }: { points: RecordedScore[] }) {
  const t = useTranslations("trending.topic");
  const summary = summariseScores(points);
  if (!summary) return <Empty title={t("historyNone")}>{t("historyNoneWhat")}</Empty>;
  const profiles = [...new Set(points.map(({ profile }) => profile))];
  return (
    <figure>
      <figcaption className="mb-2" data-testid="history-summary">
        {t.rich("historySummary", {
          hours: summary.hours,
          gaps: missingHours(points),
          from: scoreText(summary.first.score),
          to: scoreText(summary.last.score),
          highest: scoreText(summary.highest.score),
          time: () => <Time at={new Date(summary.highest.at).toISOString()} absolute tense="past" />,
        })}
        {profiles.length > 1 ? (
          <span className="block text-faint">{t("profiles", { profiles: profiles.join(", ") })}</span>
        ) : null}
      </figcaption>
      <ScoreHistoryChart points={points} />
      <details className="mt-2">
        <summary className="link cursor-pointer">{t("table")}</summary>
        <Table label={t("history")} className="mt-2 md:w-auto">
          <Head>
            <ColumnName>{t("columns.at")}</ColumnName>
            <ColumnName figures className="md:pl-10">
              {t("columns.score")}
            </ColumnName>
            <ColumnName className="md:pl-10">{t("columns.profile")}</ColumnName>
          </Head>
          <Body>
            {points.toReversed().map(({ at, score, profile }) => (
              <Row key={at}>
                <Cell>
                  <Time at={new Date(at).toISOString()} absolute tense="past" />
                </Cell>
                <Cell figures className="md:pl-10">
                  {scoreText(score)}
                </Cell>
                <Cell className="text-faint md:pl-10">{profile}</Cell>
              </Row>
            ))}
          </Body>
        </Table>
      </details>
    </figure>
  );
}

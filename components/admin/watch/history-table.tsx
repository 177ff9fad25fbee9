import { useTranslations } from "next-intl";
import { Move } from "@/components/admin/watch/rank-now";
import { ReadingFailure } from "@/components/admin/watch/reading-failure";
import { usePosition } from "@/components/admin/watch/use-position";
import { Time } from "@/components/time/time";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import type { Reading } from "@/lib/admin/watch-article";
import { placesGained } from "@/lib/admin/watch-rank";

/** A history as figures, newest day first. */
export function HistoryTable({ history, competitors }: { history: Reading[]; competitors: string[] }) {
  const t = useTranslations("watch");
  const position = usePosition();
  return (
    <Table label={t("chart.title")} className="mt-2">
      <Head>
        <ColumnName>{t("history.day")}</ColumnName>
        <ColumnName figures>{t("columns.position")}</ColumnName>
        {competitors.map((name) => (
          <ColumnName key={name} figures>
            {name}
          </ColumnName>
        ))}
        <ColumnName className="md:pl-8">{t("history.source")}</ColumnName>
        <ColumnName>{t("history.read")}</ColumnName>
      </Head>
      <Body>
        {history.toReversed().map((day, index) => {
          const before = history
            .slice(0, history.length - 1 - index)
            .findLast((past) => past.position !== null);
          const gained =
            day.position !== null && before?.position ? placesGained(before.position, day.position) : 0;
          return (
            <Row key={day.checkedOn}>
              <Cell className="whitespace-nowrap">{day.checkedOn}</Cell>
              <Cell figures>
                {day.status === "failed" ? (
                  <ReadingFailure error={day.error} short />
                ) : (
                  <>
                    <Move gained={gained} /> {position(day.position)}
                  </>
                )}
              </Cell>
              {competitors.map((name) => (
                <Cell key={name} figures name={name} className="text-faint">
                  {day.competitors && name in day.competitors ? position(day.competitors[name] ?? null) : "–"}
                </Cell>
              ))}
              <Cell className="whitespace-nowrap text-faint md:pl-8">{day.source}</Cell>
              <Cell className="whitespace-nowrap text-faint">
                <Time at={day.observedAt} absolute tense="past" />
              </Cell>
            </Row>
          );
        })}
      </Body>
    </Table>
  );
}

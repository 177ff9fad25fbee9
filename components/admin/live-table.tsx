import { useTranslations } from "next-intl";
import { Count, WorkTitle } from "@/components/admin/final-table";
import { RankChange } from "@/components/admin/rank-change";
import { StateMark } from "@/components/ui/state-mark";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import type { LiveRow } from "@/lib/admin/theme-page";

/** The live leaderboard. Beside a final ranking (`closed`) it is short and says where each work stands there. */
export function LiveTable({ rows, closed }: { rows: LiveRow[]; closed: boolean }) {
  const t = useTranslations("theme");
  return (
    <div data-testid="live-ranking">
      <Table label={t("live")}>
        <Head>
          <ColumnName figures>{t("columns.rank")}</ColumnName>
          <ColumnName>{t("columns.work")}</ColumnName>
          <ColumnName figures>{t("columns.liveScore")}</ColumnName>
          {closed ? (
            <ColumnName figures>{t("columns.finalRank")}</ColumnName>
          ) : (
            <>
              <ColumnName figures>{t("columns.likes")}</ColumnName>
              <ColumnName figures>{t("columns.impressions")}</ColumnName>
              <ColumnName figures>{t("columns.viewers")}</ColumnName>
            </>
          )}
        </Head>
        <Body>
          {rows.map((row) => (
            <Row key={row.workId}>
              <Cell figures className="w-10 max-md:w-8">
                {row.rank.toLocaleString("en-US")}
              </Cell>
              <Cell className="max-md:w-[calc(100%-3.5rem)]">
                <WorkTitle title={row.title} workId={row.workId} />
                {row.fault ? (
                  <span className="text-small">
                    <StateMark kind="late">{t(`fault.${row.fault}`)}</StateMark>
                  </span>
                ) : null}
              </Cell>
              <Cell figures name={t("columns.liveScore")}>
                {row.liveScore.toFixed(5)}
              </Cell>
              {closed ? (
                <Cell figures name={t("columns.finalRank")}>
                  <RankChange rank={row.finalRank} gained={null} />
                </Cell>
              ) : (
                <>
                  <Count name={t("columns.likes")} count={row.likes} />
                  <Count name={t("columns.impressions")} count={row.impressions} />
                  <Count name={t("columns.viewers")} count={row.uniqueViewers} />
                </>
              )}
            </Row>
          ))}
        </Body>
      </Table>
    </div>
  );
}

import { useTranslations } from "next-intl";
import { RankChange } from "@/components/admin/rank-change";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import type { FinalRow } from "@/lib/admin/theme-page";

/** The ranking that stands. With `compare`, each row says where the work is live by now. */
export function FinalTable({ rows, compare }: { rows: FinalRow[]; compare: boolean }) {
  const t = useTranslations("theme");
  return (
    <div data-testid="final-ranking">
      <Table label={t("final")}>
        <Head>
          <ColumnName figures>{t("columns.rank")}</ColumnName>
          <ColumnName>{t("columns.work")}</ColumnName>
          <ColumnName figures>{t("columns.score")}</ColumnName>
          <ColumnName figures>{t("columns.likes")}</ColumnName>
          <ColumnName figures>{t("columns.impressions")}</ColumnName>
          <ColumnName figures>{t("columns.viewers")}</ColumnName>
          {compare ? <ColumnName figures>{t("columns.liveRank")}</ColumnName> : null}
        </Head>
        <Body>
          {rows.map((row) => (
            <Row key={row.workId}>
              <Cell figures className="w-10 max-md:w-8">
                {row.rank.toLocaleString("en-US")}
              </Cell>
              <Cell className="max-md:w-[calc(100%-3.5rem)]">
                <WorkTitle title={row.title} workId={row.workId} />
              </Cell>
              <Cell figures name={t("columns.score")}>
                {row.score.toFixed(5)}
              </Cell>
              <Count name={t("columns.likes")} count={row.likes} />
              <Count name={t("columns.impressions")} count={row.impressions} />
              <Count name={t("columns.viewers")} count={row.uniqueViewers} />
              {compare ? (
                <Cell figures name={t("columns.liveRank")}>
                  <RankChange
                    rank={row.liveRank}
                    gained={row.liveRank === null ? null : row.rank - row.liveRank}
                  />
                </Cell>
              ) : null}
            </Row>
          ))}
        </Body>
      </Table>
    </div>
  );
}

/** A work by its title; by its id where the work was removed since. */
export function WorkTitle({ title, workId }: { title: string | null; workId: string }) {
  const t = useTranslations("theme");
  if (title !== null) return <span className="line-clamp-1 [overflow-wrap:anywhere]">{title}</span>;
  return (
    <span className="line-clamp-1 text-faint">
      {t("removed")} <code className="font-mono text-small">{workId}</code>
    </span>
  );
}

/** A count, or a dash with its reason where it was missing or no count: unknown is not zero. */
export function Count({ name, count }: { name: string; count: number | null }) {
  return (
    <Cell figures name={name}>
      {count === null ? <span className="text-failed">?</span> : count.toLocaleString("en-US")}
    </Cell>
  );
}

import { useTranslations } from "next-intl";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import { countText, scoreText } from "@/lib/admin/trending-numbers";
import type { Preview } from "@/lib/admin/trending-weights";

/** Topics by the rank they would have, each with where it stands now; then those that would fall out of sight. */
export function PreviewTable({ preview }: { preview: Preview }) {
  const t = useTranslations("trending.weighing.preview");
  const { rows, leavers } = preview;
  return (
    <>
      <Table label={t("title")} className="md:table-fixed">
        <Head>
          <ColumnName figures className="md:w-20">
            {t("rank")}
          </ColumnName>
          <ColumnName figures className="md:w-28">
            {t("now")}
          </ColumnName>
          <ColumnName className="md:pl-8">{t("topic")}</ColumnName>
          <ColumnName figures className="md:w-32">
            {t("scoreThen")}
          </ColumnName>
          <ColumnName figures className="md:w-32">
            {t("scoreNow")}
          </ColumnName>
        </Head>
        <Body>
          {rows.map((row) => (
            <Row
              key={row.topicId}
              data-testid={`then-${row.rank}`}
              data-topic={row.topicId}
              className="max-md:relative max-md:pl-10"
            >
              <Cell figures className="font-medium max-md:absolute max-md:top-2 max-md:left-0 max-md:w-8">
                {countText(row.rank)}
              </Cell>
              <Cell figures name={t("now")}>
                <Move gained={row.rankNow - row.rank} /> {countText(row.rankNow)}
              </Cell>
              <Cell className="max-md:order-first max-md:w-full md:truncate md:pl-8" title={row.name}>
                <span className="min-w-0 truncate">{row.name}</span>
              </Cell>
              <Cell figures name={t("scoreThen")}>
                {scoreText(row.score)}
              </Cell>
              <Cell figures name={t("scoreNow")} className="text-faint">
                {scoreText(row.scoreNow)}
              </Cell>
            </Row>
          ))}
        </Body>
      </Table>
      {leavers.length > 0 ? (
        <p className="mt-3 text-faint" data-testid="leavers">
          {t("leaves", {
            count: rows.length,
            topics: leavers
              .map(({ name, rank, rankNow }) =>
                t("leaver", { topic: name, from: countText(rankNow), to: countText(rank) }),
              )
              .join(", "),
          })}
        </p>
      ) : null}
    </>
  );
}

/** How far a topic would rise or fall: a triangle and a number, a word for those who do not see it. */
function Move({ gained }: { gained: number }) {
  const t = useTranslations("trending.weighing.preview");
  if (gained === 0) return <span className="sr-only">{t("stays")}</span>;
  const places = Math.abs(gained);
  return (
    <span className={gained > 0 ? "text-succeeded" : "text-failed"}>
      <span aria-hidden="true">
        {gained > 0 ? "▲" : "▼"}
        {countText(places)}
      </span>
      <span className="sr-only">{t(gained > 0 ? "up" : "down", { places })}</span>
    </span>
  );
}

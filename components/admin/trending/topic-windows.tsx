import { useTranslations } from "next-intl";
import { usePartWords } from "@/components/admin/trending/part-words";
import { PartsBar, scaleOf } from "@/components/admin/trending/score-parts";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import { countText, scoreText, signedText } from "@/lib/admin/trending-numbers";
import type { TopicWindow } from "@/lib/admin/trending-topic";

/** A topic in every window that is counted: its rank, and its score as a sum of parts. */
export function TopicWindows({ windows }: { windows: TopicWindow[] }) {
  const t = useTranslations("trending.topic");
  const names = useTranslations("trending.windows");
  const words = usePartWords();
  const scale = scaleOf(windows.flatMap(({ found }) => found ?? []));
  return (
    <Table label={t("why")} className="md:table-fixed">
      <Head>
        <ColumnName className="md:w-24">{t("columns.window")}</ColumnName>
        <ColumnName figures className="md:w-16">
          {t("columns.rank")}
        </ColumnName>
        <ColumnName figures className="md:w-20">
          {t("columns.score")}
        </ColumnName>
        <ColumnName className="md:pl-6">{t("columns.parts")}</ColumnName>
        <ColumnName figures className="md:w-18">
          {t("columns.posts")}
        </ColumnName>
        <ColumnName figures className="md:w-28">
          {t("columns.authors")}
        </ColumnName>
        <ColumnName figures className="md:w-20">
          {t("columns.boosts")}
        </ColumnName>
        <ColumnName figures className="md:w-18">
          {t("columns.replies")}
        </ColumnName>
        <ColumnName figures className="md:w-22">
          {t("columns.bookmarks")}
        </ColumnName>
      </Head>
      <Body>
        {windows.map(({ window, found }) => (
          <Row key={window} data-testid={`window-${window}`} className="md:align-top">
            <Cell className="font-medium max-md:w-full md:align-top md:py-2">{names(window)}</Cell>
            {found ? (
              <>
                <Cell figures name={t("columns.rank")} className="md:align-top md:py-2">
                  {countText(found.rank)}
                </Cell>
                <Cell figures name={t("columns.score")} className="font-medium md:align-top md:py-2">
                  {scoreText(found.score)}
                </Cell>
                <Cell className="max-md:w-full max-md:py-1 md:py-2 md:pl-6">
                  <span className="block w-full">
                    <PartsBar parts={found.parts} scale={scale} className="mt-1.5 mb-1 h-2" />
                    <ul className="text-small text-faint">
                      {found.parts.map((part) => (
                        <li key={part.part}>{words(part)}</li>
                      ))}
                    </ul>
                  </span>
                </Cell>
                <Figure name={t("columns.posts")} value={countText(found.counts.posts)} />
                <Figure
                  name={t("columns.authors")}
                  value={`${countText(found.counts.uniqueAuthors)} (${signedText(found.counts.participantDelta)})`}
                />
                <Figure name={t("columns.boosts")} value={countText(found.counts.boosts)} />
                <Figure name={t("columns.replies")} value={countText(found.counts.replies)} />
                <Figure name={t("columns.bookmarks")} value={countText(found.counts.bookmarks)} />
              </>
            ) : (
              <Cell colSpan={8} className="text-faint">
                {t("noTrace")}
              </Cell>
            )}
          </Row>
        ))}
      </Body>
    </Table>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <Cell figures name={name} className="md:align-top md:py-2">
      {value}
    </Cell>
  );
}

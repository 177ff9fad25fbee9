import { useTranslations } from "next-intl";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import type { CsvProblem } from "@/lib/watch/csv-problems";

/** What is wrong with a sheet, by line and column, in words. */
export function CsvProblems({ problems }: { problems: CsvProblem[] }) {
  const t = useTranslations("watch.importing");
  const title = t("problemsTitle", { count: problems.length });
  return (
    <section aria-label={title}>
      <h2 className="mb-1 font-medium">{title}</h2>
      <Table label={title}>
        <Head>
          <ColumnName figures>{t("line")}</ColumnName>
          <ColumnName className="md:pl-6">{t("column")}</ColumnName>
          <ColumnName>{t("what")}</ColumnName>
        </Head>
        <Body>
          {problems.map((problem) => (
            <Row key={`${problem.line} ${problem.column} ${problem.message}`} data-testid="csv-problem">
              <Cell figures name={t("line")}>
                {problem.line}
              </Cell>
              <Cell className="font-mono text-small md:pl-6">{problem.column || "–"}</Cell>
              <Cell className="max-md:w-full">{t(`problems.${problem.message}`, factsOf(problem))}</Cell>
            </Row>
          ))}
        </Body>
      </Table>
    </section>
  );
}

/** Every fact a sentence may ask for; a fact that is not there is empty. */
function factsOf({ facts, column }: CsvProblem) {
  const {
    value = "",
    limit = 0,
    limitBytes = 0,
    reason = "",
    expected = 0,
    found = 0,
    firstLine = 0,
  } = facts;
  const megabytes = Number(limitBytes) / 1_048_576;
  return {
    value: String(value),
    limit: Number(limit),
    megabytes,
    reason: String(reason),
    expected: Number(expected),
    found: Number(found),
    firstLine: Number(firstLine),
    column,
  };
}

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Counts } from "@/components/admin/counts";
import { Time } from "@/components/time/time";
import { useDuration } from "@/components/time/use-duration";
import { StateMark } from "@/components/ui/state-mark";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import type { RunRow } from "@/lib/admin/runs";
import { isOutcome, isTrigger } from "@/lib/i18n/codes";

/** Rows of the ledger; each opens its run. */
export function RunTable({ runs }: { runs: RunRow[] }) {
  const t = useTranslations();
  const duration = useDuration();
  return (
    <Table label={t("runs.title")}>
      <Head>
        <ColumnName>{t("runs.columns.job")}</ColumnName>
        <ColumnName>{t("runs.columns.status")}</ColumnName>
        <ColumnName>{t("runs.columns.started")}</ColumnName>
        <ColumnName figures>{t("runs.columns.duration")}</ColumnName>
        <ColumnName className="md:pl-8">{t("runs.columns.trigger")}</ColumnName>
        <ColumnName figures>{t("runs.columns.attempt")}</ColumnName>
        <ColumnName className="md:pl-8">{t("runs.columns.outcome")}</ColumnName>
      </Head>
      <Body>
        {runs.map((run) => (
          <Row key={run.id} data-testid={`run-row-${run.id}`} className="relative hover:bg-raised">
            <Cell className="max-md:w-full">
              <Link
                href={`/admin/runs/${run.id}`}
                prefetch={false}
                className="whitespace-nowrap font-medium after:absolute after:inset-0 hover:underline"
              >
                {run.job}
              </Link>
            </Cell>
            <Cell>
              <StateMark kind={run.status}>{t(`states.${run.status}`)}</StateMark>
            </Cell>
            <Cell className="[&_button]:relative [&_button]:z-1">
              <Time at={run.startedAt ?? run.queuedAt} tense="past" />
            </Cell>
            <Cell figures className="whitespace-nowrap">
              {run.durationMs === null ? <span className="text-faint">–</span> : duration(run.durationMs)}
            </Cell>
            <Cell className="whitespace-nowrap text-faint md:pl-8">
              {isTrigger(run.trigger) ? t(`runs.triggers.${run.trigger}`) : run.trigger}
            </Cell>
            <Cell
              figures
              name={t("runs.columns.attempt")}
              className={run.attempt > 1 ? "" : "text-faint max-md:hidden"}
            >
              {run.attempt}
            </Cell>
            <Cell className="max-md:w-full md:pl-8">
              <Outcome run={run} />
            </Cell>
          </Row>
        ))}
      </Body>
    </Table>
  );
}

function Outcome({ run }: { run: RunRow }) {
  const t = useTranslations("outcomes");
  if (run.errorCode) return <span className="font-mono text-small">{run.errorCode}</span>;
  if (!run.outcome) return null;
  return (
    <span className="md:line-clamp-1">
      {isOutcome(run.outcome) ? t(run.outcome) : run.outcome}{" "}
      <span className="text-small">
        <Counts counts={run.counts} />
      </span>
    </span>
  );
}

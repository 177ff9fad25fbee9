import { useTranslations } from "next-intl";
import { Time } from "@/components/time/time";
import { useDuration } from "@/components/time/use-duration";
import { StateMark } from "@/components/ui/state-mark";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import type { RunDetail } from "@/lib/admin/runs";

/** The attempts at one occurrence, first to last. */
export function RunAttempts({ attempts }: { attempts: RunDetail["attempts"] }) {
  const t = useTranslations();
  const duration = useDuration();
  return (
    <Table label={t("runs.detail.history")}>
      <Head>
        <ColumnName>{t("runs.columns.attempt")}</ColumnName>
        <ColumnName>{t("runs.columns.status")}</ColumnName>
        <ColumnName>{t("runs.columns.started")}</ColumnName>
        <ColumnName figures>{t("runs.columns.duration")}</ColumnName>
        <ColumnName className="md:pl-8">{t("runs.detail.error")}</ColumnName>
      </Head>
      <Body>
        {attempts.map((one) => (
          <Row key={one.attempt}>
            <Cell className="whitespace-nowrap">
              {t("runs.detail.thisAttempt", { attempt: one.attempt })}
            </Cell>
            <Cell>
              <StateMark kind={one.status}>{t(`states.${one.status}`)}</StateMark>
            </Cell>
            <Cell>
              <Time at={one.started_at} absolute />
            </Cell>
            <Cell figures className="whitespace-nowrap">
              {one.durationMs === null ? <span className="text-faint">–</span> : duration(one.durationMs)}
            </Cell>
            <Cell className="w-1/2 max-md:w-full md:pl-8">
              {one.error ? (
                <span className="font-mono text-small">
                  {one.error.code}: {one.error.message}
                </span>
              ) : (
                <span className="text-faint">–</span>
              )}
            </Cell>
          </Row>
        ))}
      </Body>
    </Table>
  );
}

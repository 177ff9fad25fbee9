"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Time } from "@/components/time/time";
import { Button } from "@/components/ui/button";
import { StateMark } from "@/components/ui/state-mark";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import { retryFailed } from "@/lib/admin/actions";
import type { SinkRow } from "@/lib/admin/overview";

/** Events per sink: what waits, since when, and what went wrong. */
export function Sinks({ sinks, onChange }: { sinks: SinkRow[]; onChange: () => void }) {
  const t = useTranslations("overview");
  if (sinks.length === 0) {
    return <p className="border-t border-line py-2 text-faint">{t("noEvents")}</p>;
  }
  return (
    <Table label={t("events")}>
      <Head>
        <ColumnName>{t("eventColumns.sink")}</ColumnName>
        <ColumnName figures>{t("eventColumns.pending")}</ColumnName>
        <ColumnName figures>{t("eventColumns.delivering")}</ColumnName>
        <ColumnName figures>{t("eventColumns.failed")}</ColumnName>
        <ColumnName figures>{t("eventColumns.delivered")}</ColumnName>
        <ColumnName className="md:pl-8">{t("eventColumns.oldest")}</ColumnName>
        <ColumnName>{t("eventColumns.lastError")}</ColumnName>
        <ColumnName>
          <span className="sr-only">{t("eventColumns.action")}</span>
        </ColumnName>
      </Head>
      <Body>
        {sinks.map((sink) => (
          <SinkLine key={sink.sink} sink={sink} onChange={onChange} />
        ))}
      </Body>
    </Table>
  );
}

function SinkLine({ sink, onChange }: { sink: SinkRow; onChange: () => void }) {
  const t = useTranslations("overview");
  const [pending, startTransition] = useTransition();
  const [answer, setAnswer] = useState<string | null>(null);
  const retry = () =>
    startTransition(async () => {
      const result = await retryFailed(sink.sink).catch(() => null);
      setAnswer(result?.ok ? t("retried", { count: result.count }) : t("retryUnanswered"));
      onChange();
    });
  return (
    <Row data-testid={`sink-${sink.sink}`}>
      <Cell className="max-md:w-full font-medium">{sink.sink}</Cell>
      <Figure name={t("eventColumns.pending")} count={sink.pending} />
      <Figure name={t("eventColumns.delivering")} count={sink.delivering} />
      <Cell figures name={t("eventColumns.failed")}>
        {sink.failed > 0 ? (
          <StateMark kind="failed">{sink.failed.toLocaleString("en-US")}</StateMark>
        ) : (
          <span className="text-faint">0</span>
        )}
      </Cell>
      <Figure name={t("eventColumns.delivered")} count={sink.delivered} />
      <Cell className="md:pl-8" name={sink.oldestPendingAt ? t("eventColumns.oldest") : undefined}>
        {sink.oldestPendingAt ? (
          <Time at={sink.oldestPendingAt} tense="past" />
        ) : (
          <span className="text-faint max-md:hidden">–</span>
        )}
      </Cell>
      <Cell className="max-md:w-full">
        {sink.lastError ? (
          <span className="line-clamp-2 text-small">
            {sink.lastError.code}: {sink.lastError.message}
          </span>
        ) : (
          <span className="text-faint max-md:hidden">–</span>
        )}
      </Cell>
      <Cell figures className="max-md:w-full max-md:justify-end">
        <span aria-live="polite" className="text-small text-faint">
          {answer}
        </span>
        {sink.failed > 0 ? (
          <Button
            busy={pending}
            onClick={retry}
            aria-label={t("retryFailedOf", { sink: sink.sink })}
            data-testid={`retry-${sink.sink}`}
            className="ml-2"
          >
            {t("retryFailed")}
          </Button>
        ) : null}
      </Cell>
    </Row>
  );
}

function Figure({ name, count }: { name: string; count: number }) {
  return (
    <Cell figures name={name}>
      <span className={count === 0 ? "text-faint" : ""}>{count.toLocaleString("en-US")}</span>
    </Cell>
  );
}

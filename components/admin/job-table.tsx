"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { RunAnswerNotice } from "@/components/admin/run-answer";
import { RunStrip } from "@/components/charts/run-strip";
import { Time } from "@/components/time/time";
import { Button } from "@/components/ui/button";
import { StateMark } from "@/components/ui/state-mark";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import type { JobRow } from "@/lib/admin/overview";
import type { RunAnswer } from "@/lib/admin/run-answer";

interface JobTableProps {
  jobs: JobRow[];
  /** Jobs this page is running. */
  running: string[];
  answers: Record<string, RunAnswer>;
  onRun: (job: JobRow) => void;
  onDismiss: (job: string) => void;
}

/** A row per job: state, last success, next run, late or not, its last runs, run now. */
export function JobTable({ jobs, running, answers, onRun, onDismiss }: JobTableProps) {
  const t = useTranslations("overview");
  return (
    <Table label={t("jobs")}>
      <Head>
        <ColumnName>{t("columns.job")}</ColumnName>
        <ColumnName>{t("columns.state")}</ColumnName>
        <ColumnName>{t("columns.lastSuccess")}</ColumnName>
        <ColumnName>{t("columns.nextRun")}</ColumnName>
        <ColumnName>{t("columns.punctuality")}</ColumnName>
        <ColumnName>{t("columns.recent")}</ColumnName>
        <ColumnName>
          <span className="sr-only">{t("columns.action")}</span>
        </ColumnName>
      </Head>
      <Body>
        {jobs.flatMap((job) => [
          <JobLine key={job.name} job={job} started={running.includes(job.name)} onRun={onRun} />,
          <Answer
            key={`${job.name} answer`}
            answer={answers[job.name]}
            onClose={() => onDismiss(job.name)}
          />,
        ])}
      </Body>
    </Table>
  );
}

function JobLine({ job, started, onRun }: { job: JobRow; started: boolean; onRun: (job: JobRow) => void }) {
  const t = useTranslations();
  const state = started ? "running" : job.state;
  const busy = state === "running";
  return (
    <Row data-testid={`job-${job.name}`} data-state={state} className="max-md:justify-between">
      <Cell className="max-md:w-full">
        <Link href={`/admin/runs?job=${job.name}`} className="whitespace-nowrap font-medium hover:underline">
          {job.name}
        </Link>
      </Cell>
      <Cell>
        <StateMark kind={state}>{t(`states.${state}`)}</StateMark>
        <Detail job={job} />
      </Cell>
      <Cell name={t("overview.columns.lastSuccess")}>
        <Time at={job.lastSuccessAt} tense="past" />
      </Cell>
      <Cell name={t("overview.columns.nextRun")}>
        {job.nextRunAt ? (
          <Time at={job.nextRunAt} tense="future" />
        ) : (
          <span className="text-faint">{t("overview.onDemand")}</span>
        )}
      </Cell>
      <Cell className={job.overdueSince ? "" : "max-md:hidden"}>
        <Punctual job={job} />
      </Cell>
      <Cell className="max-md:py-1">
        <RunStrip job={job.name} slots={job.strip} />
      </Cell>
      <Cell figures className="max-md:ml-auto">
        <Button
          busy={busy}
          onClick={() => onRun(job)}
          aria-label={busy ? undefined : t("overview.runJob", { job: job.name })}
          data-testid={`run-${job.name}`}
          className="min-w-20"
        >
          {busy ? t("overview.started") : t("overview.runNow")}
        </Button>
      </Cell>
    </Row>
  );
}

/** How far a run has come, or how often in a row it failed, why, and until when it rests. */
function Detail({ job }: { job: JobRow }) {
  const t = useTranslations("overview");
  if (job.progress) {
    const { done, total, unit } = job.progress;
    return (
      <span className="ml-2 text-small text-faint tabular-nums">
        {total === null ? t("progressOpen", { done, unit }) : t("progress", { done, total, unit })}
      </span>
    );
  }
  if (job.state !== "failed" || (!job.error && !job.restsUntil)) return null;
  return (
    <span className="text-small text-faint">
      <Link
        href={job.error ? `/admin/runs/${job.lastRunId}` : `/admin/runs?job=${job.name}`}
        className="ml-2 whitespace-nowrap hover:underline"
        data-tip={job.error ? `${job.error.code}: ${job.error.message}` : undefined}
      >
        {t("failures", { count: job.failuresInARow })}
      </Link>
      {job.restsUntil ? (
        <span className="block whitespace-nowrap">
          {t("restsUntil")} <Time at={job.restsUntil} tense="future" />
        </span>
      ) : null}
    </span>
  );
}

function Punctual({ job }: { job: JobRow }) {
  const t = useTranslations();
  const { punctuality, overdueSince } = job;
  if (punctuality === "on_demand" || punctuality === "waiting") return <span className="text-faint">–</span>;
  if (punctuality === "on_time") return <span className="text-faint">{t("overview.onTime")}</span>;
  return (
    <span className="whitespace-nowrap">
      <StateMark kind={punctuality}>
        {t(punctuality === "late" ? "overview.lateSince" : "overview.dueSince")}
      </StateMark>{" "}
      <Time at={overdueSince} tense="past" />
    </span>
  );
}

/** How the last run from this page ended. The region is there before its words, so that they are read out. */
function Answer({ answer, onClose }: { answer: RunAnswer | undefined; onClose: () => void }) {
  return (
    <tr className="max-md:block">
      <td colSpan={7} className="p-0 max-md:block">
        <div aria-live="polite">
          {answer ? (
            <div className="mb-3 bg-raised p-3">
              <RunAnswerNotice answer={answer} onClose={onClose} />
            </div>
          ) : null}
        </div>
      </td>
    </tr>
  );
}

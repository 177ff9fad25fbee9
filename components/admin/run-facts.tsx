import { useTranslations } from "next-intl";
import { Counts } from "@/components/admin/counts";
import { Time } from "@/components/time/time";
import { useDuration } from "@/components/time/use-duration";
import { Fact, Facts } from "@/components/ui/facts";
import type { RunDetail } from "@/lib/admin/runs";
import { isOutcome, isTrigger } from "@/lib/i18n/codes";

/** What the ledger knows of a run. */
export function RunFacts({ run }: { run: RunDetail }) {
  const t = useTranslations();
  const detail = useTranslations("runs.detail");
  const duration = useDuration();
  const counted = Object.values(run.counts).some((count) => count !== 0);
  return (
    <Facts>
      {run.outcome ? (
        <Fact name={t("runs.columns.outcome")}>
          {isOutcome(run.outcome) ? t(`outcomes.${run.outcome}`) : run.outcome}
        </Fact>
      ) : null}
      <Fact name={detail("counts")}>
        {counted ? (
          <Counts counts={run.counts} />
        ) : (
          <span className="text-faint">{t("runs.detail.noCounts")}</span>
        )}
      </Fact>
      {run.progress ? <Fact name={detail("progress")}>{progress(run.progress)}</Fact> : null}
      {run.failure_rate === null ? null : (
        <Fact name={detail("failureRate")}>{(run.failure_rate * 100).toFixed(1)} %</Fact>
      )}
      <Fact name={detail("trigger")}>
        {isTrigger(run.trigger) ? t(`runs.triggers.${run.trigger}`) : run.trigger}
      </Fact>
      <Fact name={detail("input")}>
        {Object.keys(run.input).length === 0 ? (
          <span className="text-faint">{t("runs.detail.noInput")}</span>
        ) : (
          <code className="font-mono text-small">{JSON.stringify(run.input)}</code>
        )}
      </Fact>
      {run.scheduled_for ? (
        <Fact name={detail("scheduledFor")}>
          <Time at={run.scheduled_for} absolute />
        </Fact>
      ) : null}
      <Fact name={detail("started")}>
        <Time at={run.started_at} absolute />
      </Fact>
      <Fact name={detail("finished")}>
        {run.finished_at ? <Time at={run.finished_at} absolute /> : <span className="text-faint">–</span>}
      </Fact>
      {run.durationMs === null ? null : <Fact name={detail("took")}>{duration(run.durationMs)}</Fact>}
      <Fact name={detail("duplicates")}>
        {t("runs.detail.duplicatesWhat", { count: run.duplicate_calls })}
      </Fact>
      <Fact name={detail("occurrence")}>
        <code className="font-mono text-small">{run.occurrence}</code>
      </Fact>
      <Fact name={detail("id")}>
        <code className="font-mono text-small">{run.id}</code>
      </Fact>
    </Facts>
  );

  function progress({ done, total, unit }: NonNullable<RunDetail["progress"]>): string {
    return total === null
      ? t("overview.progressOpen", { done, unit })
      : t("overview.progress", { done, total, unit });
  }
}

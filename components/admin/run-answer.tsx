"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Counts } from "@/components/admin/counts";
import { FailureWords } from "@/components/admin/failure-words";
import { useDuration } from "@/components/time/use-duration";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { RunAnswer } from "@/lib/admin/run-answer";
import { isOutcome, isSkipReason } from "@/lib/i18n/codes";

/** How a run that was asked for ended, in words. */
export function RunAnswerNotice({ answer, onClose }: { answer: RunAnswer; onClose: () => void }) {
  const t = useTranslations();
  const duration = useDuration();
  const runId = answer.kind === "refused" ? null : answer.runId;
  const actions = (
    <>
      {runId ? (
        <Link href={`/admin/runs/${runId}`} className="link self-center">
          {t("run.details")}
        </Link>
      ) : null}
      <Button look="quiet" onClick={onClose}>
        {t("common.actions.close")}
      </Button>
    </>
  );
  switch (answer.kind) {
    case "succeeded": {
      const outcome = isOutcome(answer.outcome) ? t(`outcomes.${answer.outcome}`) : answer.outcome;
      return (
        <Notice tone="good" title={t("run.succeeded", { job: answer.job, outcome })} actions={actions}>
          <p>
            {t("run.took", { duration: duration(answer.durationMs) })}
            {Object.values(answer.counts).some((count) => count !== 0) ? " · " : ""}
            <Counts counts={answer.counts} />
          </p>
        </Notice>
      );
    }
    case "failed":
      return (
        <Notice tone="error" title={t("run.failed", { job: answer.job })} actions={actions}>
          <FailureWords failure={answer.failure} />
          <p>
            <Counts counts={answer.counts} />
          </p>
        </Notice>
      );
    case "skipped": {
      const reason = isSkipReason(answer.reason) ? t(`run.skipReasons.${answer.reason}`) : answer.reason;
      return <Notice title={t("run.skipped", { job: answer.job, reason })} actions={actions} />;
    }
    case "refused":
      return <Notice tone="error" title={t(`run.${answer.why}`)} actions={actions} />;
  }
}

"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { RunAnswerNotice } from "@/components/admin/run-answer";
import { useRuns } from "@/components/admin/use-runs";
import { Button } from "@/components/ui/button";
import { runNow } from "@/lib/admin/actions";

const JOB = "refresh-trending";

/** Runs `refresh-trending` now, and tells how it ended. `running`: somebody's run is under way already. */
export function RefreshNow({ running }: { running: boolean }) {
  const t = useTranslations("trending");
  const router = useRouter();
  const { running: started, answers, run, dismiss } = useRuns(() => router.refresh());
  const busy = running || started.includes(JOB);
  const answer = answers[JOB];
  return (
    <>
      <Button look="solid" busy={busy} onClick={() => run(JOB, () => runNow(JOB))} data-testid="refresh-now">
        {busy ? t("refreshing") : t("refreshNow")}
      </Button>
      <div aria-live="polite" className="order-last basis-full">
        {answer ? (
          <div className="bg-raised p-3" data-testid="run-answer" data-kind={answer.kind}>
            <RunAnswerNotice answer={answer} onClose={() => dismiss(JOB)} />
          </div>
        ) : null}
      </div>
    </>
  );
}

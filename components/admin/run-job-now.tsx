"use client";

import { useRouter } from "next/navigation";
import { RunAnswerNotice } from "@/components/admin/run-answer";
import { useRuns } from "@/components/admin/use-runs";
import { Button } from "@/components/ui/button";
import { runNow } from "@/lib/admin/actions";

interface RunJobNowProps {
  job: string;
  /** Somebody's run is under way already. */
  running: boolean;
  /** What the button says, idle and while the job runs. */
  words: { idle: string; running: string };
  testId: string;
}

/** The main button of a job's own page: runs it now, and tells how it ended. */
export function RunJobNow({ job, running, words, testId }: RunJobNowProps) {
  const router = useRouter();
  const { running: started, answers, run, dismiss } = useRuns(() => router.refresh());
  const busy = running || started.includes(job);
  const answer = answers[job];
  return (
    <>
      <Button look="solid" busy={busy} onClick={() => run(job, () => runNow(job))} data-testid={testId}>
        {busy ? words.running : words.idle}
      </Button>
      <div aria-live="polite" className="order-last basis-full">
        {answer ? (
          <div className="bg-raised p-3" data-testid="run-answer" data-kind={answer.kind}>
            <RunAnswerNotice answer={answer} onClose={() => dismiss(job)} />
          </div>
        ) : null}
      </div>
    </>
  );
}

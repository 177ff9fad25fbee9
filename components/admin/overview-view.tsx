"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ClosingDialog } from "@/components/admin/closing-dialog";
import { JobTable } from "@/components/admin/job-table";
import { NotificationBacklog } from "@/components/admin/notifications/backlog";
import { PartTitle } from "@/components/admin/page-title";
import { Pushes } from "@/components/admin/pushes";
import { Sinks } from "@/components/admin/sinks";
import { SummaryLine } from "@/components/admin/summary-line";
import { useOverview } from "@/components/admin/use-overview";
import { useRuns } from "@/components/admin/use-runs";
import { Time } from "@/components/time/time";
import { Notice } from "@/components/ui/notice";
import { runNow } from "@/lib/admin/actions";
import type { JobRow, Overview } from "@/lib/admin/overview";

/** The overview, alive: what the server rendered first, kept up to date by polling. */
export function OverviewView({ initial }: { initial: Overview }) {
  const t = useTranslations("overview");
  const signIn = useTranslations("signIn");
  const [asking, setAsking] = useState(false);
  const { running, answers, run, dismiss } = useRuns(() => reload());
  const { overview, stale, reload } = useOverview(initial, running.length > 0);

  const start = (name: string) => run(name, () => runNow(name));
  const ask = (job: JobRow) => (job.previews ? setAsking(true) : start(job.name));

  return (
    <>
      <h1 className="text-small text-faint">{t("title")}</h1>
      <SummaryLine jobs={overview.jobs} sinks={overview.sinks} />
      <div role="status">
        {stale ? (
          <div className="mt-4">
            <Notice
              tone="stale"
              title={t.rich("stale", {
                time: () => <Time at={overview.at} absolute />,
                reason: t(`staleReason.${stale}`),
              })}
              actions={
                stale === "signed_out" ? (
                  <Link href="/sign-in?next=/admin" className="link">
                    {signIn("title")}
                  </Link>
                ) : null
              }
            />
          </div>
        ) : null}
      </div>
      <PartTitle id="jobs">{t("jobs")}</PartTitle>
      <JobTable jobs={overview.jobs} running={running} answers={answers} onRun={ask} onDismiss={dismiss} />
      <PartTitle>{t("waitsTitle")}</PartTitle>
      <Sinks sinks={overview.sinks} onChange={reload} />
      <Pushes pushes={overview.pushes} />
      <NotificationBacklog backlog={overview.backlog} />
      <ClosingDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          start("finalize-ranking");
        }}
      />
    </>
  );
}

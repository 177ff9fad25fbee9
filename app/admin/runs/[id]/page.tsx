import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AutoRefresh } from "@/components/admin/auto-refresh";
import { FailureWords } from "@/components/admin/failure-words";
import { PageTitle, PartTitle } from "@/components/admin/page-title";
import { RunAttempts } from "@/components/admin/run-attempts";
import { RunFacts } from "@/components/admin/run-facts";
import { Unavailable } from "@/components/admin/unavailable";
import { Empty, Notice } from "@/components/ui/notice";
import { StateMark } from "@/components/ui/state-mark";
import { attempt } from "@/lib/admin/attempt";
import { readRun } from "@/lib/admin/runs";
import { appContext } from "@/lib/platform/context";
import { requireAdminOn } from "@/lib/platform/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("runs"))("title") };
}

/** One run: how it ended and why, what it counted, and each attempt. */
export default async function RunPage({ params }: { params: Promise<{ id: string }> }) {
  const [t, { id }] = await Promise.all([getTranslations(), params]);
  const found = await attempt(async () => {
    await requireAdminOn(`/admin/runs/${encodeURIComponent(id)}`);
    return readRun(appContext("page"), id);
  });
  const back = (
    <Link href="/admin/runs" className="link">
      {t("runs.detail.toRuns")}
    </Link>
  );
  if (!found.ok) {
    return (
      <>
        <PageTitle title={t("runs.title")} />
        <Unavailable away={found.away} />
      </>
    );
  }
  const run = found.value;
  if (!run) {
    return (
      <Empty title={t("runs.detail.notFound")}>
        <p>{t("runs.detail.notFoundWhat")}</p>
        {back}
      </Empty>
    );
  }
  return (
    <>
      <PageTitle title={t("runs.detail.title", { job: run.job })}>
        <StateMark kind={run.status}>{t(`states.${run.status}`)}</StateMark> · {back}
      </PageTitle>
      {run.status === "running" ? <AutoRefresh seconds={5} /> : null}
      {run.error ? (
        <Notice tone="error" title={t("runs.detail.error")}>
          <FailureWords failure={run.error} />
        </Notice>
      ) : null}
      <PartTitle>{t("runs.detail.facts")}</PartTitle>
      <RunFacts run={run} />
      <PartTitle>{t("runs.detail.history")}</PartTitle>
      <RunAttempts attempts={run.attempts} />
    </>
  );
}

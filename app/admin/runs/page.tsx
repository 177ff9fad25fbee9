import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AutoRefresh } from "@/components/admin/auto-refresh";
import { PageTitle } from "@/components/admin/page-title";
import { RunFilters } from "@/components/admin/run-filters";
import { RunTable } from "@/components/admin/run-table";
import { Unavailable } from "@/components/admin/unavailable";
import { DurationChart } from "@/components/charts/duration-chart";
import { buttonLook } from "@/components/ui/button";
import { Empty } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import { readDurations, readRuns } from "@/lib/admin/runs";
import { oneOf, pathWith, type SearchParams } from "@/lib/admin/search-params";
import { registry } from "@/lib/jobs/registry";
import { appContext } from "@/lib/platform/context";
import { requireAdminOn } from "@/lib/platform/session";

const PATH = "/admin/runs";
const REFRESH_SECONDS = 10;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("runs"))("title") };
}

/** The ledger, newest first; for one job also how long its runs took. */
export default async function RunsPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, params] = await Promise.all([getTranslations("runs"), searchParams]);
  const filter = {
    job: oneOf(params, "job"),
    status: oneOf(params, "status"),
    trigger: oneOf(params, "trigger"),
  };
  const cursor = oneOf(params, "before");
  const filtered = Object.values(filter).some((value) => value !== null);
  const found = await attempt(async () => {
    await requireAdminOn(pathWith(PATH, filter));
    const ctx = appContext("page");
    const [page, durations] = await Promise.all([
      readRuns(ctx, filter, cursor),
      filter.job && !cursor ? readDurations(ctx, filter.job) : null,
    ]);
    return { ...page, durations };
  });
  return (
    <>
      <PageTitle title={filter.job ?? t("title")}>{t("lead")}</PageTitle>
      <RunFilters filter={filter} jobs={registry.map((job) => job.name)} />
      {found.ok ? (
        <>
          {found.value.durations ? <DurationChart runs={found.value.durations} /> : null}
          {found.value.runs.length > 0 ? (
            <RunTable runs={found.value.runs} />
          ) : (
            <Empty title={filtered ? t("emptyFiltered") : t("empty")}>
              <p>{filtered ? t("emptyFilteredWhat") : t("emptyWhat")}</p>
              {filtered ? (
                <Link href={PATH} className="link">
                  {t("filters.clear")}
                </Link>
              ) : null}
            </Empty>
          )}
          {cursor ? null : <AutoRefresh seconds={REFRESH_SECONDS} />}
          <nav className="mt-4 flex gap-2">
            {cursor ? (
              <Link href={pathWith(PATH, filter)} className={buttonLook()}>
                {t("newest")}
              </Link>
            ) : null}
            {found.value.next ? (
              <Link href={pathWith(PATH, { ...filter, before: found.value.next })} className={buttonLook()}>
                {t("older")}
              </Link>
            ) : null}
          </nav>
        </>
      ) : (
        <Unavailable away={found.away} />
      )}
    </>
  );
}

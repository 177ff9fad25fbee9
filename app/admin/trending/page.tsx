import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AutoRefresh } from "@/components/admin/auto-refresh";
import { RunJobNow } from "@/components/admin/run-job-now";
import { NoMatch } from "@/components/admin/trending/no-match";
import { NothingTrends } from "@/components/admin/trending/nothing-trends";
import { Pages } from "@/components/admin/trending/pages";
import { PartsKey } from "@/components/admin/trending/parts-key";
import { StandingNotice } from "@/components/admin/trending/standing-notice";
import { TrendingSummary } from "@/components/admin/trending/summary";
import { TopicFilters } from "@/components/admin/trending/topic-filters";
import { TopicTable } from "@/components/admin/trending/topic-table";
import { Unavailable } from "@/components/admin/unavailable";
import { buttonLook } from "@/components/ui/button";
import { attempt } from "@/lib/admin/attempt";
import type { SearchParams } from "@/lib/admin/search-params";
import { trendingAddress, trendingFilterOf } from "@/lib/admin/trending-filter";
import { readTrending } from "@/lib/admin/trending-page";
import { appContext } from "@/lib/platform/context";
import { trendingEnv } from "@/lib/platform/env";
import { requireAdminOn } from "@/lib/platform/session";

/** `refresh-trending` started from here runs inside this route's function. */
export const maxDuration = 300;

const REFRESH_SECONDS = 30;
const REFRESH_WHILE_RUNNING_SECONDS = 2;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("trending"))("title") };
}

/** What trends in a window and why, how fresh the counts are, or why nothing trends. */
export default async function TrendingPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, params] = await Promise.all([getTranslations("trending"), searchParams]);
  const windows = trendingEnv().TRENDING_WINDOWS;
  const filter = trendingFilterOf(params, windows);
  const first = windows[0] ?? filter.window;
  const found = await attempt(async () => {
    await requireAdminOn(trendingAddress(filter, first));
    return readTrending(appContext("page"), filter);
  });
  const title = <h1 className="text-small text-faint">{t("title")}</h1>;
  if (!found.ok) {
    return (
      <>
        {title}
        <Unavailable away={found.away} />
      </>
    );
  }
  const page = found.value;
  const { standing, topics, absence, countedAt, profile, weights } = page;
  const running = standing.runs.running !== null;
  return (
    <>
      {title}
      <TrendingSummary page={page} filter={filter} />
      <div className="mb-6 flex flex-wrap items-center gap-2">
        {standing.enabled ? (
          <RunJobNow
            job="refresh-trending"
            running={running}
            words={{ idle: t("refreshNow"), running: t("refreshing") }}
            testId="refresh-now"
          />
        ) : null}
        <Link href="/admin/trending/weights" className={buttonLook()}>
          {t("weights")}
        </Link>
      </div>
      <StandingNotice standing={standing} />
      <TopicFilters filter={filter} windows={windows} />
      {topics.length > 0 && countedAt ? (
        <>
          <PartsKey profile={profile} weights={weights} />
          <TopicTable topics={topics} window={filter.window} first={first} countedAt={countedAt} />
        </>
      ) : absence ? (
        <NothingTrends absence={absence} window={filter.window} />
      ) : (
        <NoMatch filter={filter} first={first} />
      )}
      <Pages page={page} filter={filter} first={first} />
      <AutoRefresh seconds={running ? REFRESH_WHILE_RUNNING_SECONDS : REFRESH_SECONDS} />
    </>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageTitle, PartTitle } from "@/components/admin/page-title";
import { BackToTrending } from "@/components/admin/trending/back";
import { NoSuchTopic } from "@/components/admin/trending/no-such-topic";
import { ScoreHistory } from "@/components/admin/trending/score-history";
import { StandingNotice } from "@/components/admin/trending/standing-notice";
import { TopicPosts } from "@/components/admin/trending/topic-posts";
import { TopicWindows } from "@/components/admin/trending/topic-windows";
import { Unavailable } from "@/components/admin/unavailable";
import { Time } from "@/components/time/time";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Empty } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import type { SearchParams } from "@/lib/admin/search-params";
import { topicAddress, windowOf } from "@/lib/admin/trending-filter";
import { countText, scoreText } from "@/lib/admin/trending-numbers";
import { readTopic } from "@/lib/admin/trending-topic";
import { appContext } from "@/lib/platform/context";
import { trendingEnv } from "@/lib/platform/env";
import { requireAdminOn } from "@/lib/platform/session";

interface TopicPageProps {
  params: Promise<{ topic: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("trending"))("title") };
}

/** One topic: why it trends in each window, how its score went, and what was posted last. */
export default async function TopicPage({ params, searchParams }: TopicPageProps) {
  const [t, names, { topic: raw }, query] = await Promise.all([
    getTranslations("trending.topic"),
    getTranslations("trending.windows"),
    params,
    searchParams,
  ]);
  const windows = trendingEnv().TRENDING_WINDOWS;
  const window = windowOf(query, windows);
  const first = windows[0] ?? window;
  const topicId = decoded(raw);
  const found = await attempt(async () => {
    await requireAdminOn(topicAddress(topicId, window, first));
    return readTopic(appContext("page"), topicId, window);
  });
  if (!found.ok) {
    return (
      <>
        <PageTitle title={topicId}>
          <BackToTrending />
        </PageTitle>
        <Unavailable away={found.away} />
      </>
    );
  }
  const detail = found.value;
  if (!detail) return <NoSuchTopic />;
  const { standing } = detail;
  const here = detail.windows.find((one) => one.window === window)?.found;
  const silent = detail.windows.every((one) => one.found === null);
  return (
    <>
      <PageTitle title={detail.name}>
        {t("id", { id: topicId })} · <BackToTrending />
      </PageTitle>
      <StandingNotice standing={standing} />
      {silent ? (
        <Empty title={t("silent")}>
          {detail.latestPostAt
            ? t.rich("silentWhat", { time: () => <Time at={detail.latestPostAt} absolute tense="past" /> })
            : t("silentNever")}
        </Empty>
      ) : (
        <>
          <p className="mb-4" data-testid="place">
            {here
              ? t("leads", {
                  rank: countText(here.rank),
                  window: names(window),
                  score: scoreText(here.score),
                })
              : t("absent", { window: names(window) })}{" "}
            <span className="text-faint">
              {t.rich("counted", { time: () => <Time at={standing.windowEnd} tense="past" /> })}
            </span>
          </p>
          <TopicWindows windows={detail.windows} />
        </>
      )}
      {silent && detail.points.length === 0 ? null : (
        <>
          <PartTitle>{t("history")}</PartTitle>
          <LinkTabs
            label={t("historyOf")}
            className="mb-3"
            tabs={windows.map((name) => ({
              href: topicAddress(topicId, name, first),
              name: names(name),
              current: name === window,
            }))}
          />
          <ScoreHistory points={detail.points} />
          <PartTitle>{t("posts", { window: names(window) })}</PartTitle>
          <TopicPosts posts={detail.posts} />
        </>
      )}
    </>
  );
}

/** An address somebody cut short is no address of a topic. */
function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

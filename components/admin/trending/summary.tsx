import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import type { TrendingPage } from "@/lib/admin/trending-page";
import type { WindowName } from "@/lib/trending/types";

/** The first sentences of the page: what trends, when it was counted and will be again, and what proves the counts. */
export function TrendingSummary({ page, window }: { page: TrendingPage; window: WindowName }) {
  const t = useTranslations("trending.summary");
  const names = useTranslations("trending.windows");
  const space = useLocale() === "ja" ? "" : " ";
  const { standing, first, total, countedAt, live } = page;
  const { nextAt, verified, enabled, runs } = standing;
  const time = (at: string, tense: "past" | "future") => () => <Time at={at} tense={tense} />;
  return (
    <div className="mb-4" data-testid="summary">
      <p className="text-title">
        {first === null
          ? page.absence
            ? t("nothing", { window: names(window) })
            : t("listed", { count: total, window: names(window) })
          : t("leads", { topic: first, count: total, window: names(window) })}
        {space}
        {countedAt === null || live ? null : t.rich("counted", { time: time(countedAt, "past"), nobr })}
        {live ? t("live") : null}
        {space}
        {runs.running
          ? t("refreshing")
          : nextAt
            ? t.rich("next", { time: time(nextAt, "future"), nobr })
            : enabled
              ? null
              : t("off")}
      </p>
      <p className="text-faint" data-testid="proof">
        {verified === null
          ? t("unproved")
          : t.rich(verified.drift === 0 ? "proved" : "drifted", {
              count: verified.drift,
              time: () => <Time at={verified.at} absolute tense="past" />,
            })}
      </p>
    </div>
  );
}

function nobr(chunks: ReactNode) {
  return <span className="whitespace-nowrap">{chunks}</span>;
}

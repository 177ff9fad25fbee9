import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import type { TrendingFilter } from "@/lib/admin/trending-filter";
import type { TrendingPage } from "@/lib/admin/trending-page";

/** The first sentences of the page: what trends, when it was counted and will be again, and what proves the counts. */
export function TrendingSummary({ page, filter }: { page: TrendingPage; filter: TrendingFilter }) {
  const t = useTranslations("trending.summary");
  const names = useTranslations("trending.windows");
  const space = useLocale() === "ja" ? "" : " ";
  const { window, query } = filter;
  const { standing, first, total, countedAt } = page;
  const { nextAt, verified, enabled, runs } = standing;
  const time = (at: string, tense: "past" | "future") => () => <Time at={at} tense={tense} />;
  // A sentence of its own where nothing was counted before it.
  const begins = countedAt === null ? "yes" : "no";
  return (
    <div className="mb-4" data-testid="summary">
      <p className="text-title">
        {leading()}
        {space}
        {countedAt === null ? null : t.rich("counted", { time: time(countedAt, "past"), nobr })}
        {space}
        {runs.running
          ? t("refreshing", { begins })
          : nextAt
            ? t.rich("next", { begins, time: time(nextAt, "future"), nobr })
            : enabled
              ? null
              : t("off", { begins })}
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

  function leading(): string {
    const facts = { count: total, window: names(window) };
    if (countedAt === null) return t("unknown");
    if (page.absence) return t("nothing", facts);
    if (first !== null) return t("leads", { ...facts, topic: first });
    return query === null ? t("listed", facts) : t("matching", { ...facts, query });
  }
}

function nobr(chunks: ReactNode) {
  return <span className="whitespace-nowrap">{chunks}</span>;
}

import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button";
import { type TrendingFilter, trendingAddress } from "@/lib/admin/trending-filter";
import { countText } from "@/lib/admin/trending-numbers";
import type { TrendingPage } from "@/lib/admin/trending-page";
import type { WindowName } from "@/lib/trending/types";

interface PagesProps {
  page: TrendingPage;
  filter: TrendingFilter;
  first: WindowName;
}

/** On to the next topics, back to the first, and where one is. Nothing when all fit on one page. */
export function Pages({ page, filter, first }: PagesProps) {
  const t = useTranslations("trending.pages");
  const { topics, next, total } = page;
  const [top] = topics;
  const last = topics.at(-1);
  if (!top || !last || (next === null && filter.after === null)) return null;
  return (
    <nav aria-label={t("label")} className="mt-4 flex flex-wrap items-center gap-2">
      {filter.after ? (
        <Link href={trendingAddress({ ...filter, after: null }, first)} className={buttonLook()}>
          {t("first")}
        </Link>
      ) : null}
      {next ? (
        <Link href={trendingAddress({ ...filter, after: next }, first)} rel="next" className={buttonLook()}>
          {t("next")}
        </Link>
      ) : null}
      <span className="text-small text-faint tabular-nums">
        {filter.query === null
          ? t("where", { from: countText(top.rank), to: countText(last.rank), total: countText(total) })
          : t("found", { total: countText(total) })}
      </span>
    </nav>
  );
}

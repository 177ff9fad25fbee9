import Link from "next/link";
import { useTranslations } from "next-intl";
import { Empty } from "@/components/ui/notice";
import { type TrendingFilter, trendingAddress } from "@/lib/admin/trending-filter";
import type { WindowName } from "@/lib/trending/types";

/** No topic where the reader looked: none is called so, or the page lies beyond the end. */
export function NoMatch({ filter, first }: { filter: TrendingFilter; first: WindowName }) {
  const t = useTranslations("trending.noMatch");
  const beyond = filter.after !== null;
  return (
    <Empty title={beyond ? t("beyond") : t("title", { query: filter.query ?? "" })}>
      {beyond ? null : <p>{t("what")}</p>}
      <Link href={trendingAddress({ ...filter, query: null, after: null }, first)} className="link">
        {t("first")}
      </Link>
    </Empty>
  );
}

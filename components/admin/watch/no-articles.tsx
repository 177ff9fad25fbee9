import Link from "next/link";
import { useTranslations } from "next-intl";
import { Empty } from "@/components/ui/notice";
import { pathWith } from "@/lib/admin/search-params";
import { paramsOf } from "@/lib/admin/watch-filter";
import type { ArticleFilter } from "@/lib/admin/watch-states";

/** Why the list is empty and what to do: nothing is watched, nothing matches, or the page lies beyond the end. */
export function NoArticles({ filter, beyond }: { filter: ArticleFilter; beyond: boolean }) {
  const t = useTranslations("watch.empty");
  if (beyond) {
    return (
      <Empty title={t("beyond")}>
        <Link href={pathWith("/admin/watch", paramsOf(filter))} className="link">
          {t("toFirst")}
        </Link>
      </Empty>
    );
  }
  if (filter.user === null && filter.query === null) {
    return filter.state === "all" ? (
      <Empty title={t("none")}>
        {t.rich("noneWhat", {
          add: (words) => (
            <Link href="/admin/watch/new" className="link">
              {words}
            </Link>
          ),
          import: (words) => (
            <Link href="/admin/watch/import" className="link">
              {words}
            </Link>
          ),
        })}
      </Empty>
    ) : (
      <Empty title={t(`noneOf.${filter.state}`)} />
    );
  }
  return (
    <Empty title={t("noMatch")}>
      <p>{t("noMatchWhat")}</p>
      <Link href="/admin/watch" className="link">
        {t("clear")}
      </Link>
    </Empty>
  );
}

import Form from "next/form";
import { useTranslations } from "next-intl";
import { AutoSubmit } from "@/components/admin/auto-submit";
import { INPUT } from "@/components/admin/watch/field";
import { LinkTabs } from "@/components/ui/link-tabs";
import { pathWith } from "@/lib/admin/search-params";
import { paramsOf } from "@/lib/admin/watch-filter";
import { ARTICLE_STATES, type ArticleFilter, type ArticleState } from "@/lib/admin/watch-states";

interface ArticleFiltersProps {
  filter: ArticleFilter;
  counts: Record<ArticleState, number>;
  users: string[];
}

/** Which articles to show: states with how many there are, owner, and words of title, keyword or address. */
export function ArticleFilters({ filter, counts, users }: ArticleFiltersProps) {
  const t = useTranslations("watch.filters");
  return (
    <>
      <Form
        action="/admin/watch"
        className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2"
        key={JSON.stringify(filter)}
      >
        {filter.state === "all" ? null : <input type="hidden" name="state" value={filter.state} />}
        <label className="inline-flex items-center gap-1.5 text-small text-faint max-md:w-full">
          <span className="whitespace-nowrap max-md:w-12">{t("search")}</span>
          <input
            type="search"
            name="q"
            defaultValue={filter.query ?? ""}
            placeholder={t("searchWhat")}
            className={`${INPUT} h-8 md:w-64`}
          />
        </label>
        <label className="inline-flex items-center gap-1.5 text-small text-faint max-md:w-full">
          <span className="whitespace-nowrap max-md:w-12">{t("user")}</span>
          <input
            name="user"
            list="watch-users"
            autoComplete="off"
            defaultValue={filter.user ?? ""}
            placeholder={t("anyUser")}
            className={`${INPUT} h-8 md:w-40`}
          />
        </label>
        <datalist id="watch-users">
          {users.map((user) => (
            <option key={user} value={user} />
          ))}
        </datalist>
        <AutoSubmit label={t("apply")} />
      </Form>
      <LinkTabs
        label={t("state")}
        className="mb-2 flex-wrap max-md:gap-x-3"
        tabs={ARTICLE_STATES.map((state) => ({
          href: pathWith("/admin/watch", paramsOf({ ...filter, state })),
          name: t(`states.${state}`, { count: counts[state] }),
          current: filter.state === state,
        }))}
      />
    </>
  );
}

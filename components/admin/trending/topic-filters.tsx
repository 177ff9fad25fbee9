import Form from "next/form";
import { useTranslations } from "next-intl";
import { AutoSubmit } from "@/components/admin/auto-submit";
import { INPUT } from "@/components/admin/watch/field";
import { LinkTabs } from "@/components/ui/link-tabs";
import { TRENDING_PATH, type TrendingFilter, trendingAddress } from "@/lib/admin/trending-filter";
import type { WindowName } from "@/lib/trending/types";

/** Which ranking to show: its window, and topics by name or id. */
export function TopicFilters({ filter, windows }: { filter: TrendingFilter; windows: WindowName[] }) {
  const t = useTranslations("trending");
  const first = windows[0] ?? filter.window;
  return (
    <>
      <LinkTabs
        label={t("window")}
        className="mb-3"
        tabs={windows.map((window) => ({
          href: trendingAddress({ window, query: filter.query, after: null }, first),
          name: t(`windows.${window}`),
          current: filter.window === window,
        }))}
      />
      <Form action={TRENDING_PATH} className="mb-3" key={JSON.stringify(filter)}>
        {filter.window === first ? null : <input type="hidden" name="window" value={filter.window} />}
        <label className="inline-flex items-center gap-1.5 text-small text-faint max-md:w-full">
          <span className="whitespace-nowrap">{t("search.label")}</span>
          <input
            type="search"
            name="q"
            defaultValue={filter.query ?? ""}
            placeholder={t("search.what")}
            className={`${INPUT} h-8 md:w-64`}
          />
        </label>{" "}
        <AutoSubmit label={t("search.apply")} />
      </Form>
    </>
  );
}

import Form from "next/form";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LinkTabs } from "@/components/ui/link-tabs";
import { addressOf, NOTIFICATIONS_PATH, type NotificationFilter } from "@/lib/admin/notification-filter";
import { type StateCounts, totalOf } from "@/lib/admin/notifications";

const TABS = ["pending", "sent", "partly", "failed", "uncertain", "suppressed"] as const;

interface FiltersProps {
  filter: NotificationFilter;
  /** How many the rest of the filter leaves in each state; null while that is unknown. */
  counts: StateCounts | null;
}

/** Which notifications to show: their state, and narrower. Every choice is an address that can be sent to somebody. */
export function NotificationFilters({ filter, counts }: FiltersProps) {
  const t = useTranslations("notifications");
  const total = counts ? totalOf(counts) : null;
  const shown = TABS.filter((state) => state !== "partly" || filter.state === state || counts?.partly);
  const name = (words: string, count: number | null | undefined) =>
    count == null ? words : `${words} ${count.toLocaleString("en-US")}`;
  return (
    <>
      <Search key={filter.query} filter={filter} />
      <div className="-mx-4 overflow-x-auto px-4 whitespace-nowrap md:mx-0 md:px-0">
        <LinkTabs
          label={t("states.label")}
          className="min-w-max tabular-nums"
          tabs={[null, ...shown].map((state) => ({
            href: addressOf({ ...filter, state }),
            name: name(t(`states.${state ?? "all"}`), state ? counts?.[state] : total),
            current: filter.state === state,
          }))}
        />
      </div>
    </>
  );
}

function Search({ filter }: { filter: NotificationFilter }) {
  const t = useTranslations("notifications.filters");
  const { state, user, article, query } = filter;
  const hidden = Object.entries({ state, user, article }).filter(([, value]) => value !== null);
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2">
      <Form action={NOTIFICATIONS_PATH} role="search" className="flex max-md:w-full gap-2">
        {hidden.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value ?? ""} />
        ))}
        <input
          type="search"
          name="q"
          aria-label={t("search")}
          placeholder={t("placeholder")}
          defaultValue={query ?? ""}
          maxLength={300}
          className="h-8 w-72 min-w-0 rounded-sm border border-line-strong bg-paper px-2 placeholder:text-faint hover:border-ink max-md:h-10 max-md:flex-1"
        />
        <Button type="submit">{t("apply")}</Button>
      </Form>
      {user ? <Only what={t("user", { user })} href={addressOf({ ...filter, user: null })} /> : null}
      {article ? (
        <Only what={t("article", { article })} href={addressOf({ ...filter, article: null })} />
      ) : null}
    </div>
  );
}

/** A narrowing that is in force, and the way out of it. */
function Only({ what, href }: { what: string; href: string }) {
  const t = useTranslations("notifications.filters");
  return (
    <Link
      href={href}
      aria-label={t("remove", { what })}
      className="inline-flex h-8 max-w-full items-center gap-1.5 rounded-sm bg-accent-wash px-2 text-accent no-underline hover:underline max-md:h-10"
    >
      <span className="truncate">{what}</span>
      <span aria-hidden="true">×</span>
    </Link>
  );
}

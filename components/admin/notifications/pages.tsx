import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button";
import { addressOf, type NotificationFilter } from "@/lib/admin/notification-filter";

interface PagesProps {
  filter: NotificationFilter;
  /** From 1. */
  page: number;
  shown: number;
  total: number;
  size: number;
}

/** Where in a long list the reader is, and the ways on. */
export function Pages({ filter, page, shown, total, size }: PagesProps) {
  const t = useTranslations("notifications");
  const before = (page - 1) * size;
  if (shown === 0 || total <= size) return null;
  return (
    <nav aria-label={t("title")} className="mt-4 flex flex-wrap items-center gap-2">
      {page > 1 ? (
        <Link href={addressOf(filter, page - 1)} rel="prev" className={buttonLook()}>
          {t("newer")}
        </Link>
      ) : null}
      {before + shown < total ? (
        <Link href={addressOf(filter, page + 1)} rel="next" className={buttonLook()}>
          {t("older")}
        </Link>
      ) : null}
      <span className="text-small text-faint tabular-nums">
        {t("page", { from: before + 1, to: before + shown, total })}
      </span>
    </nav>
  );
}

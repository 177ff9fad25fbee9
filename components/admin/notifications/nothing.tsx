import Link from "next/link";
import { useTranslations } from "next-intl";
import { Empty } from "@/components/ui/notice";
import { addressOf, NOTIFICATIONS_PATH, type NotificationFilter } from "@/lib/admin/notification-filter";

interface NothingProps {
  filter: NotificationFilter;
  /** A page after the last one. */
  beyond: boolean;
}

/** A list without lines: why, and the way on. */
export function Nothing({ filter, beyond }: NothingProps) {
  const t = useTranslations("notifications");
  if (beyond) {
    return (
      <Empty title={t("empty.beyond")}>
        <p>{t("empty.beyondWhat")}</p>
        <Link href={addressOf(filter)} className="link">
          {t("empty.first")}
        </Link>
      </Empty>
    );
  }
  const narrowed = filter.user !== null || filter.article !== null || filter.query !== null;
  const why = narrowed ? "filtered" : (filter.state ?? "none");
  return (
    <Empty title={t(`empty.${why}`)}>
      <p>{t(`empty.${why}What`)}</p>
      {narrowed ? (
        <Link href={NOTIFICATIONS_PATH} className="link">
          {t("filters.clear")}
        </Link>
      ) : null}
    </Empty>
  );
}

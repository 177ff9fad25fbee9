import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import { addressOf } from "@/lib/admin/notification-filter";
import type { NotificationPage } from "@/lib/admin/notifications";

const TROUBLES = ["failed", "uncertain", "partly"] as const;

/** The first sentence of the page: what waits, when it goes, what went wrong. */
export function NotificationSummary({
  page,
}: {
  page: Pick<NotificationPage, "all" | "nextRunAt" | "lastRun">;
}) {
  const t = useTranslations("notifications.summary");
  const space = useLocale() === "ja" ? "" : " ";
  const { all, nextRunAt, lastRun } = page;
  return (
    <p className="text-title" data-testid="summary">
      {lastRun?.status === "running"
        ? t.rich("running", { count: all.pending, progress: progress(), nobr })
        : t.rich("waiting", {
            count: all.pending,
            time: () => <Time at={nextRunAt} tense="future" />,
            nobr,
          })}
      {TROUBLES.filter((state) => all[state] > 0).map((state) => (
        <span key={state}>
          {space}
          <Link
            href={addressOf({ state, user: null, article: null, query: null })}
            className="font-medium hover:underline"
          >
            {t(state, { count: all[state] })}
          </Link>
        </span>
      ))}
    </p>
  );

  function progress(): string {
    const now = lastRun?.progress;
    return now?.total ? t("progress", { done: now.done, total: now.total }) : "";
  }
}

function nobr(chunks: ReactNode) {
  return <span className="whitespace-nowrap">{chunks}</span>;
}

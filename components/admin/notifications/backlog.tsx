"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { addressOf } from "@/lib/admin/notification-filter";
import type { Overview } from "@/lib/admin/overview";

const STATES = ["pending", "failed", "uncertain", "partly"] as const;

/** Notifications that wait or went wrong, each number a way to its list. */
export function NotificationBacklog({ backlog }: { backlog: Overview["backlog"] }) {
  const t = useTranslations("notifications");
  const shown = STATES.filter((state) => backlog[state] > 0);
  return (
    <div
      className="flex min-h-9 flex-wrap items-center gap-x-6 border-b border-line py-1.5"
      data-testid="backlog"
    >
      <h3 className="font-medium">{t("title")}</h3>
      {shown.length === 0 ? <p className="text-faint">{t("backlogNone")}</p> : null}
      {shown.map((state) => (
        <Link
          key={state}
          href={addressOf({ state, user: null, article: null, query: null })}
          className="flex gap-1.5 no-underline tabular-nums hover:underline"
        >
          <span className={state === "pending" ? "text-faint" : "text-failed"}>{t(`states.${state}`)}</span>
          <span>{backlog[state].toLocaleString("en-US")}</span>
        </Link>
      ))}
    </div>
  );
}

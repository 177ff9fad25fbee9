import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AutoRefresh } from "@/components/admin/auto-refresh";
import { FailureWords } from "@/components/admin/failure-words";
import { NotificationFilters } from "@/components/admin/notifications/filters";
import { NotificationList } from "@/components/admin/notifications/list";
import { Nothing } from "@/components/admin/notifications/nothing";
import { Pages } from "@/components/admin/notifications/pages";
import { ResendAll } from "@/components/admin/notifications/resend-all";
import { NotificationSummary } from "@/components/admin/notifications/summary";
import { RunJobNow } from "@/components/admin/run-job-now";
import { Unavailable } from "@/components/admin/unavailable";
import { buttonLook } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import { addressOf, filterOf } from "@/lib/admin/notification-filter";
import { PAGE, readNotifications, totalOf } from "@/lib/admin/notifications";
import type { SearchParams } from "@/lib/admin/search-params";
import { appContext } from "@/lib/platform/context";
import { requireAdminOn } from "@/lib/platform/session";

/** `send-notifications` started from here runs inside this route's function. */
export const maxDuration = 300;

const REFRESH_SECONDS = 20;
const REFRESH_WHILE_RUNNING_SECONDS = 2;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notifications"))("title") };
}

/** Notifications and what became of them: why each was or was not sent, and when it will be. */
export default async function NotificationsPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, params] = await Promise.all([getTranslations("notifications"), searchParams]);
  const { filter, page } = filterOf(params);
  const found = await attempt(async () => {
    await requireAdminOn(addressOf(filter, page));
    return readNotifications(appContext("page"), filter, page);
  });
  const title = <h1 className="text-small text-faint">{t("title")}</h1>;
  if (!found.ok) {
    return (
      <>
        {title}
        <Unavailable away={found.away} />
      </>
    );
  }
  const { lines, counts, nextRunAt, lastRun } = found.value;
  const running = lastRun?.status === "running";
  const total = filter.state ? counts[filter.state] : totalOf(counts);
  const resendable = counts.failed + counts.uncertain + counts.partly > 0 && filter.state !== "suppressed";
  return (
    <>
      {title}
      <NotificationSummary page={found.value} />
      <div className="mt-4 mb-6 flex flex-wrap items-center gap-2">
        <RunJobNow
          job="send-notifications"
          running={running}
          words={{ idle: t("runNow"), running: t("running") }}
          testId="run-send-notifications"
        />
        <Link href="/admin/notifications/preview" className={buttonLook()}>
          {t("preview")}
        </Link>
        {resendable && filter.state !== "pending" ? (
          <ResendAll key={addressOf(filter)} filter={filter} nextRunAt={nextRunAt} />
        ) : null}
      </div>
      {lastRun?.status === "failed" && lastRun.failure ? (
        <div className="mb-6">
          <Notice
            tone="error"
            title={
              <Link href={`/admin/runs/${lastRun.id}`} className="hover:underline">
                {t("lastRunFailed")}
              </Link>
            }
          >
            <FailureWords failure={lastRun.failure} />
          </Notice>
        </div>
      ) : null}
      <NotificationFilters filter={filter} counts={counts} />
      {lines.length > 0 ? (
        <NotificationList lines={lines} filter={filter} nextRunAt={nextRunAt} />
      ) : (
        <Nothing filter={filter} beyond={total > 0} />
      )}
      <Pages filter={filter} page={page} shown={lines.length} total={total} size={PAGE} />
      <AutoRefresh seconds={running ? REFRESH_WHILE_RUNNING_SECONDS : REFRESH_SECONDS} />
    </>
  );
}

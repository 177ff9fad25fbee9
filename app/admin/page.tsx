import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OverviewView } from "@/components/admin/overview-view";
import { PageTitle } from "@/components/admin/page-title";
import { Unavailable } from "@/components/admin/unavailable";
import { attempt } from "@/lib/admin/attempt";
import { readOverview } from "@/lib/admin/overview";
import { appContext } from "@/lib/platform/context";
import { requireAdminOn } from "@/lib/platform/session";

/** Jobs started from here run inside this route's function. */
export const maxDuration = 300;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("overview"))("title") };
}

/** Are all jobs on time, and what waits? */
export default async function OverviewPage() {
  const overview = await attempt(async () => {
    await requireAdminOn("/admin");
    return readOverview(appContext("page"));
  });
  if (overview.ok) return <OverviewView initial={overview.value} />;
  const t = await getTranslations("overview");
  return (
    <>
      <PageTitle title={t("title")} />
      <Unavailable away={overview.away} />
    </>
  );
}

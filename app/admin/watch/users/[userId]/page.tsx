import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/admin/page-title";
import { Unavailable } from "@/components/admin/unavailable";
import { BackToWatch } from "@/components/admin/watch/back";
import { NextDigest } from "@/components/admin/watch/next-digest";
import { UserForm } from "@/components/admin/watch/user-form";
import { buttonLook } from "@/components/ui/button";
import { Empty } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import { oneOf, pathWith, type SearchParams } from "@/lib/admin/search-params";
import { readUser } from "@/lib/admin/watch-users";
import { zonesAt } from "@/lib/admin/watch-zones";
import { appContext } from "@/lib/platform/context";
import { requireAdminOn } from "@/lib/platform/session";

interface UserPageProps {
  params: Promise<{ userId: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("watch.settings"))("title") };
}

/** One owner: when the next digest would reach them, and their settings. */
export default async function UserPage({ params, searchParams }: UserPageProps) {
  const [t, { userId: raw }, query] = await Promise.all([
    getTranslations("watch.settings"),
    params,
    searchParams,
  ]);
  const userId = decodeURIComponent(raw);
  const ctx = appContext("page");
  const found = await attempt(async () => {
    await requireAdminOn(`/admin/watch/users/${raw}`);
    return readUser(ctx, userId);
  });
  if (!found.ok) {
    return (
      <>
        <PageTitle title={userId}>
          <BackToWatch to="users" />
        </PageTitle>
        <Unavailable away={found.away} />
      </>
    );
  }
  const user = found.value;
  if (!user) {
    return (
      <>
        <PageTitle title={userId}>
          <BackToWatch to="users" />
        </PageTitle>
        <Empty title={t("notFound")}>
          <p className="mb-2">{t("notFoundWhat")}</p>
          <Link href={pathWith("/admin/watch/new-user", { user: userId })} className={buttonLook()}>
            {t("add")}
          </Link>
        </Empty>
      </>
    );
  }
  return (
    <>
      <PageTitle title={userId}>
        <Link href={pathWith("/admin/watch", { user: userId })} className="link">
          {t("articles")}
        </Link>{" "}
        ·{" "}
        <Link href={pathWith("/admin/notifications", { user: userId })} className="link">
          {t("notifications")}
        </Link>{" "}
        · <BackToWatch to="users" />
      </PageTitle>
      <NextDigest user={user} isNew={oneOf(query, "saved") === "new"} />
      <UserForm settings={user.settings} zones={zonesAt(ctx.now())} />
    </>
  );
}

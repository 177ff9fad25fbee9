import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/admin/page-title";
import { Unavailable } from "@/components/admin/unavailable";
import { BackToWatch } from "@/components/admin/watch/back";
import { UserForm } from "@/components/admin/watch/user-form";
import { attempt } from "@/lib/admin/attempt";
import { oneOf, type SearchParams } from "@/lib/admin/search-params";
import { zonesAt } from "@/lib/admin/watch-zones";
import { requireAdminOn } from "@/lib/platform/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("watch.settings"))("newTitle") };
}

/** The settings of another owner. Beside `users`, whose own pages may have any name. */
export default async function NewUserPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, params] = await Promise.all([getTranslations("watch.settings"), searchParams]);
  const admin = await attempt(() => requireAdminOn("/admin/watch/new-user"));
  return (
    <>
      <PageTitle title={t("newTitle")}>
        <BackToWatch to="users" />
      </PageTitle>
      {admin.ok ? (
        <UserForm settings={null} userId={oneOf(params, "user")} zones={zonesAt(new Date())} />
      ) : (
        <Unavailable away={admin.away} />
      )}
    </>
  );
}

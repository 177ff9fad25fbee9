import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/admin/page-title";
import { Unavailable } from "@/components/admin/unavailable";
import { ArticleForm } from "@/components/admin/watch/article-form";
import { BackToWatch } from "@/components/admin/watch/back";
import { attempt } from "@/lib/admin/attempt";
import { oneOf, type SearchParams } from "@/lib/admin/search-params";
import { readUserIds } from "@/lib/admin/watch-article";
import { appContext } from "@/lib/platform/context";
import { requireAdminOn } from "@/lib/platform/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("watch.form"))("newTitle") };
}

/** The form for another article. */
export default async function NewArticlePage({ searchParams }: { searchParams: SearchParams }) {
  const [t, params] = await Promise.all([getTranslations("watch.form"), searchParams]);
  const users = await attempt(async () => {
    await requireAdminOn("/admin/watch/new");
    return readUserIds(appContext("page"));
  });
  return (
    <>
      <PageTitle title={t("newTitle")}>
        <BackToWatch />
      </PageTitle>
      {users.ok ? (
        <ArticleForm article={null} users={users.value} userId={oneOf(params, "user")} />
      ) : (
        <Unavailable away={users.away} />
      )}
    </>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/admin/page-title";
import { Unavailable } from "@/components/admin/unavailable";
import { ArticleForm } from "@/components/admin/watch/article-form";
import { NoSuchArticle } from "@/components/admin/watch/no-such-article";
import { attempt } from "@/lib/admin/attempt";
import { readArticle, readUserIds } from "@/lib/admin/watch-article";
import { appContext } from "@/lib/platform/context";
import { requireAdminOn } from "@/lib/platform/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("watch.form"))("editTitle") };
}

/** The form of an article that is watched. */
export default async function EditArticlePage({ params }: { params: Promise<{ articleId: string }> }) {
  const [t, { articleId: raw }] = await Promise.all([getTranslations("watch.form"), params]);
  const found = await attempt(async () => {
    await requireAdminOn(`/admin/watch/${raw}/edit`);
    const ctx = appContext("page");
    const [article, users] = await Promise.all([readArticle(ctx, decodeURIComponent(raw)), readUserIds(ctx)]);
    return { article, users };
  });
  if (!found.ok) {
    return (
      <>
        <PageTitle title={t("editTitle")} />
        <Unavailable away={found.away} />
      </>
    );
  }
  const { article, users } = found.value;
  if (!article) return <NoSuchArticle />;
  return (
    <>
      <PageTitle title={t("editTitle")}>{article.title}</PageTitle>
      <ArticleForm article={article} users={users} />
    </>
  );
}

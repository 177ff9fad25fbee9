import { useTranslations } from "next-intl";
import { PageTitle } from "@/components/admin/page-title";
import { BackToWatch } from "@/components/admin/watch/back";
import { Empty } from "@/components/ui/notice";

/** An address of an article that is not there (any more). */
export function NoSuchArticle() {
  const t = useTranslations("watch.detail");
  return (
    <>
      <PageTitle title={t("notFound")} />
      <Empty title={t("notFoundWhat")}>
        <BackToWatch />
      </Empty>
    </>
  );
}

import { useTranslations } from "next-intl";
import { PageTitle } from "@/components/admin/page-title";
import { BackToTrending } from "@/components/admin/trending/back";
import { Empty } from "@/components/ui/notice";

/** An address of a topic that is not there (any more). */
export function NoSuchTopic() {
  const t = useTranslations("trending.topic");
  return (
    <>
      <PageTitle title={t("notFound")} />
      <Empty title={t("notFoundWhat")}>
        <BackToTrending />
      </Empty>
    </>
  );
}

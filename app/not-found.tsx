import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PublicFrame } from "@/components/public-frame";
import { Notice } from "@/components/ui/notice";

/** Any address that leads nowhere. */
export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  return (
    <PublicFrame>
      <h1 className="mt-8 mb-4 text-title font-medium">{t("title")}</h1>
      <Notice
        title={t("what")}
        actions={
          <Link href="/" className="link">
            {t("home")}
          </Link>
        }
      />
    </PublicFrame>
  );
}

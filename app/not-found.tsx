import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";

/** Any address that leads nowhere. */
export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  return (
    <main className="mx-auto max-w-[60rem] px-4 py-16">
      <h1 className="mb-4 text-title font-medium">{t("title")}</h1>
      <Notice
        title={t("what")}
        actions={
          <Link href="/" className="link">
            {t("home")}
          </Link>
        }
      />
    </main>
  );
}

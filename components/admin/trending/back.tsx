import Link from "next/link";
import { useTranslations } from "next-intl";
import { TRENDING_PATH } from "@/lib/admin/trending-filter";

/** The way back to the ranking. */
export function BackToTrending() {
  const t = useTranslations("trending.topic");
  return (
    <Link href={TRENDING_PATH} className="link">
      {t("back")}
    </Link>
  );
}

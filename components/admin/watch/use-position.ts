import { useTranslations } from "next-intl";
import { positionText } from "@/lib/admin/watch-rank";

/** Says a position in the reader's language: `4`, `7.3`; null is "not ranked". For server and browser alike. */
export function usePosition(): (position: number | null) => string {
  const t = useTranslations("watch");
  return (position) => (position === null ? t("notRanked") : positionText(position));
}

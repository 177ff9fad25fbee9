import { useTranslations } from "next-intl";
import { countText, scoreText, signedText, weightText } from "@/lib/admin/trending-numbers";
import type { ScoredPart } from "@/lib/trending/rules";

/** Says a part of a score as a sum: `420 posts × 0.6 = 252.0`. For server and browser alike. */
export function usePartWords(): (part: ScoredPart) => string {
  const t = useTranslations("trending.parts");
  return ({ part, count, weight, points }) =>
    t("sum", {
      what:
        part === "participantDelta"
          ? t(`counted.${part}`, { count: signedText(count) })
          : t(`counted.${part}`, { count, shown: countText(count) }),
      weight: weightText(weight),
      points: scoreText(points),
    });
}

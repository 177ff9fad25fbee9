import Link from "next/link";
import { useTranslations } from "next-intl";
import { partLook } from "@/components/admin/trending/part-look";
import { weightText } from "@/lib/admin/trending-numbers";
import { SCORE_PARTS, type ScoreWeights } from "@/lib/trending/types";

/** What a score is made of under the profile in force, and how each part is drawn. */
export function PartsKey({ profile, weights }: { profile: string; weights: ScoreWeights }) {
  const t = useTranslations("trending");
  return (
    <p className="mb-2 flex flex-wrap items-baseline gap-x-4 text-small text-faint" data-testid="parts-key">
      <span>
        {t.rich("key", {
          profile,
          link: (words) => (
            <Link href="/admin/trending/weights" className="link">
              {words}
            </Link>
          ),
        })}
      </span>
      {SCORE_PARTS.filter((part) => weights[part] !== 0).map((part) => (
        <span key={part} className="inline-flex items-baseline gap-1.5 whitespace-nowrap">
          <span
            className="inline-block h-2 w-3"
            style={partLook(part, weights[part] < 0)}
            aria-hidden="true"
          />
          {t(`parts.names.${part}`)} × {weightText(weights[part])}
        </span>
      ))}
    </p>
  );
}

import Link from "next/link";
import { useTranslations } from "next-intl";
import { FailureWords } from "@/components/admin/failure-words";
import { Time } from "@/components/time/time";
import { Notice } from "@/components/ui/notice";
import type { TrendingStanding } from "@/lib/admin/trending-standing";

/** What is wrong with the figures, what readers of the API get meanwhile, and what to do. Nothing when all is well. */
export function StandingNotice({ standing }: { standing: TrendingStanding }) {
  const t = useTranslations("trending.stale");
  const { stale, staleMinutes, enabled, runs, windowEnd } = standing;
  const { failing, running } = runs;
  if (stale === null && !failing && enabled) return null;
  // Nothing was ever counted: the empty page says why.
  if (windowEnd === null && !failing) return null;
  const progress = running?.progress;
  const building = stale === "building";
  return (
    <div className="mb-6" data-testid="standing" data-stale={stale ?? "no"} role="status">
      <Notice
        tone={failing ? "error" : "stale"}
        title={
          stale === "old"
            ? t.rich("old", { time: () => <Time at={windowEnd} tense="past" />, minutes: staleMinutes })
            : building
              ? t("building")
              : failing
                ? t("failing", { count: failing.times })
                : stale === "missing"
                  ? t("missing")
                  : t("disabled")
        }
        actions={
          failing ? (
            <Link href={`/admin/runs/${failing.id}`} className="link">
              {t("seeRun")}
            </Link>
          ) : null
        }
      >
        {stale !== null ? <p>{t("readers")}</p> : null}
        {failing && (stale === "old" || building) ? (
          <p className="mt-2 font-medium text-ink">{t("failing", { count: failing.times })}</p>
        ) : null}
        {failing ? <FailureWords failure={failing.failure} /> : null}
        {failing?.resting ? <p>{t("resting")}</p> : null}
        {!enabled ? (
          <p>{t("todoEnable")}</p>
        ) : failing ? null : building ? (
          <p>
            {running
              ? progress
                ? t("buildingProgress", { done: progress.done })
                : t("buildingRuns")
              : t("buildingStopped")}
          </p>
        ) : stale === "missing" ? (
          <p>{t("todoMissing")}</p>
        ) : stale === "old" ? (
          <p>{t("todoOld")}</p>
        ) : null}
      </Notice>
    </div>
  );
}

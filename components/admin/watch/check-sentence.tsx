import Link from "next/link";
import { useTranslations } from "next-intl";
import { ReadingFailure } from "@/components/admin/watch/reading-failure";
import { Time } from "@/components/time/time";
import { type MarkKind, StateMark } from "@/components/ui/state-mark";
import type { CheckStanding } from "@/lib/admin/watch-standing";

const MARKS: Record<CheckStanding["kind"], MarkKind> = {
  running: "running",
  judged: "succeeded",
  partial: "late",
  mass_loss: "late",
  stopped: "failed",
  waiting: "waiting",
};

/** How the check of the ranks went: one sentence, then what each source gave. */
export function CheckSentence({ standing, articles }: { standing: CheckStanding; articles: number }) {
  const t = useTranslations("watch.check");
  const { kind, check, runId, nextAt } = standing;
  const shown = check && (kind === "waiting" || kind === "stopped" || check.isToday) ? check : null;
  return (
    <section aria-label={t("label")} className="mb-6">
      <p data-testid="check-sentence" data-kind={kind}>
        <StateMark kind={MARKS[kind]}>{t(`state.${kind}`)}</StateMark> ·{" "}
        <Sentence standing={standing} articles={articles} />{" "}
        {nextAt && kind !== "running" ? (
          <span className="text-faint">
            {t.rich("next", { time: () => <Time at={nextAt} tense="future" /> })}
          </span>
        ) : null}{" "}
        {runId ? (
          <Link href={`/admin/runs/${runId}`} className="link whitespace-nowrap">
            {t("seeRun")}
          </Link>
        ) : null}
      </p>
      {shown && shown.sources.length > 0 ? (
        <ul
          className="mt-1 flex flex-wrap gap-x-6 text-small text-faint"
          aria-label={t("sources", { day: shown.day })}
        >
          {kind === "waiting" || kind === "stopped" ? <li>{t("sources", { day: shown.day })}</li> : null}
          {shown.sources.map((source) => (
            <li key={source.source}>
              <span className="text-ink">{sourceName(source.source)}</span>{" "}
              {t("counts", {
                articles: source.articles,
                ok: source.ok,
                notRanked: source.notRanked,
                failed: source.failed,
              })}
              {source.firstError ? (
                <>
                  {" · "}
                  <ReadingFailure error={source.firstError} short />
                </>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );

  function sourceName(source: string): string {
    return source === "serper" ? "Serper" : source === "search-console" ? "Search Console" : source;
  }
}

function Sentence({ standing, articles }: { standing: CheckStanding; articles: number }) {
  const t = useTranslations("watch.check");
  const { kind, check, progress } = standing;
  if (kind === "running") {
    return progress?.total
      ? t("running", { done: progress.done, total: progress.total })
      : t("runningOpen", { done: progress?.done ?? 0 });
  }
  if (kind === "stopped") return t("stopped");
  if (kind === "waiting" || !check)
    return check ? t("waiting", { day: check.day }) : t("never", { count: articles });
  const broken = check.sources.reduce((worst, source) => (source.lost > worst.lost ? source : worst), {
    lost: 0,
    rankedBefore: 0,
    source: "",
  });
  if (kind === "mass_loss") return t("massLoss", broken);
  return t(kind, { articles: check.articles, failed: check.failed, notRanked: check.notRanked });
}

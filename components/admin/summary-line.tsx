"use client";

import { useLocale, useTranslations } from "next-intl";
import { Time } from "@/components/time/time";
import type { Overview } from "@/lib/admin/overview";
import { summarise } from "@/lib/admin/summary";

/** The first sentence of the overview: how things stand, what runs, what comes next. */
export function SummaryLine({ jobs }: { jobs: Overview["jobs"] }) {
  const t = useTranslations("overview.summary");
  const { standing, running, next } = summarise(
    jobs.map((job) => ({ ...job, late: job.punctuality === "late" })),
  );
  const space = useLocale() === "ja" ? "" : " ";
  const bad = standing.kind === "failing" || standing.kind === "late";
  return (
    <p className="text-title" data-testid="summary">
      <span className={bad ? "font-medium" : ""}>{words()}</span>
      {space}
      {running.length > 0 ? t("running", { names: running.join(", ") }) + space : ""}
      {next ? t.rich("next", { name: next.name, time: () => <Time at={next.at} tense="future" /> }) : null}
    </p>
  );

  function words(): string {
    if ("names" in standing) {
      const { kind, total, names } = standing;
      return t(kind, { count: names.length, total, names: names.join(", ") });
    }
    return standing.kind === "none" ? t("none") : t(standing.kind, { count: standing.total });
  }
}

"use client";

import { useLocale, useTranslations } from "next-intl";
import { Time } from "@/components/time/time";
import type { Overview } from "@/lib/admin/overview";
import { summarise } from "@/lib/admin/summary";

/** The first sentence of the overview: how things stand, what is stuck, what runs, what comes next. */
export function SummaryLine({ jobs, sinks }: Pick<Overview, "jobs" | "sinks">) {
  const t = useTranslations("overview.summary");
  const { standing, running, next } = summarise(
    jobs.map((job) => ({ ...job, late: job.punctuality === "late" })),
  );
  const undelivered = sinks.reduce((sum, sink) => sum + sink.failed, 0);
  const space = useLocale() === "ja" ? "" : " ";
  const bad = standing.kind === "failing" || standing.kind === "late";
  return (
    <p className="text-title" data-testid="summary">
      <span className={bad ? "font-medium" : ""}>{words()}</span>
      {space}
      {undelivered > 0 ? t("undelivered", { count: undelivered }) + space : ""}
      {running.length > 0 ? t("running", { names: running.join(", ") }) + space : ""}
      {next
        ? t.rich("next", {
            name: next.name,
            time: () => <Time at={next.at} tense="future" />,
            nobr: (chunks) => <span className="whitespace-nowrap">{chunks}</span>,
          })
        : null}
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

import { useTranslations } from "next-intl";
import { type MarkKind, StateMark } from "@/components/ui/state-mark";
import type { ThemeStage } from "@/lib/admin/theme-state";

const MARKS: Record<ThemeStage, MarkKind> = {
  open: "running",
  submissions_closed: "due",
  overdue: "late",
  finalized: "succeeded",
  empty: "canceled",
};

/** How far a theme is, as shape and word. */
export function ThemeStageMark({ stage, version }: { stage: ThemeStage; version: number | null }) {
  const t = useTranslations("contest.state");
  return (
    <StateMark kind={MARKS[stage]}>
      {stage === "finalized" ? t("finalized", { version: version ?? 1 }) : t(stage)}
    </StateMark>
  );
}

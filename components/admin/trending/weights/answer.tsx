import { useTranslations } from "next-intl";
import type { WeighingAnswer } from "@/components/admin/trending/weights/use-weighing";
import { Time } from "@/components/time/time";
import { Notice } from "@/components/ui/notice";
import { weightText } from "@/lib/admin/trending-numbers";
import { SCORE_PARTS, type ScoreWeights } from "@/lib/trending/types";

interface WeighingAnswerProps {
  answer: WeighingAnswer | null;
  /** The profile in the form. */
  name: string;
  inForce: boolean;
}

/** How saving or switching ended: what happened, what was kept, what to do. */
export function WeighingNotice({ answer, name, inForce }: WeighingAnswerProps) {
  const t = useTranslations("trending.weighing");
  const weightsOf = (weights: ScoreWeights) =>
    SCORE_PARTS.map((part) => `${t(`columns.${part}`)} ${weightText(weights[part])}`).join(", ");
  switch (answer?.kind) {
    case undefined:
      return null;
    case "saved":
      return (
        <Notice tone="good" title={t(inForce ? "done.savedInForce" : "done.saved", { profile: name })} />
      );
    case "chosen":
      return <Notice tone="good" title={t("done.used", { profile: answer.profile })} />;
    case "problems":
      return (
        <Notice tone="error" title={t("problems.mend", { count: Object.keys(answer.problems).length })} />
      );
    case "changed":
      return (
        <Notice
          tone="stale"
          title={t.rich("refused.changed", { time: () => <Time at={answer.updatedAt} tense="past" /> })}
        >
          {t("refused.changedWhat", { weights: weightsOf(answer.weights) })}
        </Notice>
      );
    case "switched":
      return (
        <Notice tone="stale" title={t("refused.switched", { profile: answer.profile })}>
          {t("refused.switchedWhat")}
        </Notice>
      );
    case "reweighed":
      return (
        <Notice tone="stale" title={t("refused.reweighed")}>
          {t("refused.reweighedWhat")}
        </Notice>
      );
    case "refused":
      return <Notice tone="error" title={t(`refused.${answer.why}`)} />;
  }
}

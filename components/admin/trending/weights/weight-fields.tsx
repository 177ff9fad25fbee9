"use client";

import { useTranslations } from "next-intl";
import type { useWeighing } from "@/components/admin/trending/weights/use-weighing";
import { Field, fieldProps, INPUT } from "@/components/admin/watch/field";
import { readWeights, type WeightProblems } from "@/lib/admin/trending-weight-form";
import { SCORE_PARTS } from "@/lib/trending/types";

interface WeightFieldsProps {
  form: ReturnType<typeof useWeighing>;
  isNew: boolean;
  /** What the last attempt to save found wrong. */
  problems: WeightProblems;
}

/** A name for a new profile, and a field for each weight; what is wrong stands beside it as it is typed. */
export function WeightFields({ form, isNew, problems }: WeightFieldsProps) {
  const t = useTranslations("trending.weighing");
  const read = readWeights(form.texts);
  const wrong = read.ok ? {} : read.problems;
  return (
    <>
      {isNew ? (
        <Field
          name="profile-name"
          label={t("name")}
          hint={t("nameHint")}
          error={problems.name ? t(`problems.${problems.name}`) : undefined}
          className="mb-4 max-w-72"
        >
          <input
            {...fieldProps("profile-name", problems.name)}
            value={form.name}
            onChange={(event) => form.setName(event.target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className={`${INPUT} h-9`}
          />
        </Field>
      ) : null}
      <div className="grid grid-cols-2 gap-x-4 gap-y-2 md:grid-cols-6">
        {SCORE_PARTS.map((part) => (
          <Field
            key={part}
            name={`weight-${part}`}
            label={t(`columns.${part}`)}
            error={wrong[part] ? t("problems.weight") : undefined}
          >
            <input
              {...fieldProps(`weight-${part}`, wrong[part])}
              value={form.texts[part]}
              onChange={(event) => form.setText(part, event.target.value)}
              inputMode="decimal"
              autoComplete="off"
              className={`${INPUT} h-9 text-right tabular-nums`}
            />
          </Field>
        ))}
      </div>
      <p className="text-small text-faint">{t("weightHint")}</p>
    </>
  );
}

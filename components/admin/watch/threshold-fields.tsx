import { useTranslations } from "next-intl";
import { Field, fieldProps, INPUT } from "@/components/admin/watch/field";
import { HOUSE, THRESHOLDS, type ThresholdName } from "@/lib/admin/watch-effective";

interface ThresholdFieldsProps {
  values: Record<ThresholdName, number | null> | null;
  problemOf: (name: ThresholdName) => string | undefined;
  /** Whose figure an empty field stands for. */
  empty: "owner" | "house";
}

/** How much must happen before an owner is told, and how long it stays quiet after. */
export function ThresholdFields({ values, problemOf, empty }: ThresholdFieldsProps) {
  const t = useTranslations("watch");
  return (
    <div className="grid grid-cols-2 gap-x-6 gap-y-3 md:grid-cols-3">
      {THRESHOLDS.map((name) => (
        <Field
          key={name}
          name={name}
          label={t(`thresholds.${name}.label`)}
          hint={t(`thresholds.${name}.hint`)}
          error={problemOf(name)}
        >
          <input
            {...fieldProps(name, problemOf(name))}
            type="number"
            inputMode="numeric"
            min={name === "notification_cooldown_days" ? 0 : 1}
            step={1}
            defaultValue={values?.[name] ?? ""}
            placeholder={empty === "owner" ? t("form.ofOwner") : t("form.ofHouse", { value: HOUSE[name] })}
            className={`${INPUT} h-9 tabular-nums`}
          />
        </Field>
      ))}
    </div>
  );
}

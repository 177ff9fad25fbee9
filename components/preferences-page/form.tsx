"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PreferencesState } from "@/app/preferences/actions";
import type { PreferencesView } from "@/app/preferences/read-preferences";
import { Check, Group, INPUT, Labelled } from "@/components/preferences-page/field";
import { Outcome } from "@/components/preferences-page/outcome";
import { ZoneField } from "@/components/preferences-page/zone-field";
import { Button } from "@/components/ui/button";
import { CHANGE_KINDS } from "@/lib/watch/types";

interface PreferencesFormProps {
  token: string;
  view: PreferencesView;
  state: PreferencesState;
  action: (form: FormData) => void;
  pending: boolean;
}

type FieldName = "notification_time" | "notification_cooldown_days" | "drop_threshold" | "rise_threshold";

/** Everything a user may choose. What was typed stays when it could not be saved. */
export function PreferencesForm({ token, view, state, action, pending }: PreferencesFormProps) {
  const t = useTranslations("preferences");
  const { chosen, email, slack, defaults } = view;
  const [typed, setTyped] = useState<Record<FieldName, string>>({
    notification_time: chosen.notification_time,
    notification_cooldown_days: String(chosen.notification_cooldown_days ?? ""),
    drop_threshold: String(chosen.drop_threshold ?? ""),
    rise_threshold: String(chosen.rise_threshold ?? ""),
  });
  const [wanted, setWanted] = useState(CHANGE_KINDS.filter((kind) => !chosen.muted_kinds.includes(kind)));
  const [locale, setLocale] = useState(chosen.locale);
  const [on, setOn] = useState({ email: email?.on ?? false, slack: slack?.on ?? false });

  const errorOf = (name: FieldName | "timezone") =>
    state?.kind === "invalid" && state.fields.includes(name) ? t(`errors.${name}`) : null;
  const field = (name: FieldName) => ({
    name,
    value: typed[name],
    onChange: (event: { target: { value: string } }) => setTyped({ ...typed, [name]: event.target.value }),
    className: INPUT,
  });
  const figures = { inputMode: "numeric", autoComplete: "off" } as const;
  return (
    <form action={action} noValidate>
      <input type="hidden" name="token" value={token} />
      <Group title={t("when")}>
        <ZoneField initial={chosen.timezone} error={errorOf("timezone")} />
        <Labelled label={t("time")} hint={t("timeHint")} error={errorOf("notification_time")}>
          {(attributes) => <input {...attributes} type="time" {...field("notification_time")} />}
        </Labelled>
        <Labelled
          label={t("cooldown")}
          hint={t("cooldownHint", { days: defaults.cooldownDays })}
          error={errorOf("notification_cooldown_days")}
        >
          {(attributes) => (
            <input
              {...attributes}
              {...figures}
              placeholder={String(defaults.cooldownDays)}
              {...field("notification_cooldown_days")}
            />
          )}
        </Labelled>
      </Group>
      <Group title={t("what")}>
        <fieldset>
          <legend className="mb-1 font-medium">{t("kinds")}</legend>
          {CHANGE_KINDS.map((kind) => (
            <Check
              key={kind}
              name="kinds"
              value={kind}
              checked={wanted.includes(kind)}
              onChange={({ target }) =>
                setWanted(target.checked ? [...wanted, kind] : wanted.filter((other) => other !== kind))
              }
            >
              {t(`kindNames.${kind}`)}
            </Check>
          ))}
        </fieldset>
        {(["drop", "rise"] as const).map((way) => (
          <Labelled
            key={way}
            label={t(way)}
            hint={t("thresholdHint", { places: defaults[way] })}
            error={errorOf(`${way}_threshold`)}
          >
            {(attributes) => (
              <input
                {...attributes}
                {...figures}
                placeholder={String(defaults[way])}
                {...field(`${way}_threshold`)}
              />
            )}
          </Labelled>
        ))}
      </Group>
      <Group title={t("where")}>
        <fieldset>
          <legend className="mb-1 font-medium">{t("channels")}</legend>
          {email ? (
            <Check
              name="email"
              checked={on.email && !email.broken}
              disabled={email.broken !== null}
              onChange={({ target }) => setOn({ ...on, email: target.checked })}
            >
              {t("email", { email: email.address })}
            </Check>
          ) : null}
          {slack ? (
            <Check
              name="slack"
              checked={on.slack}
              onChange={({ target }) => setOn({ ...on, slack: target.checked })}
            >
              {t("slack", { slack: slack.address })}
            </Check>
          ) : null}
          {email || slack ? null : <p className="text-faint">{t("noChannel")}</p>}
        </fieldset>
        <Labelled label={t("locale")} error={null}>
          {(attributes) => (
            <select
              {...attributes}
              name="locale"
              value={locale}
              onChange={({ target }) => setLocale(target.value === "ja" ? "ja" : "en")}
              className={INPUT}
            >
              <option value="ja">{t("locales.ja")}</option>
              <option value="en">{t("locales.en")}</option>
            </select>
          )}
        </Labelled>
      </Group>
      <div className="mt-8 space-y-3">
        <Outcome state={state} of={["saved", "invalid", "expired", "gone", "tooMany", "unavailable"]} />
        <Button type="submit" name="intent" value="save" look="solid" busy={pending} className="h-11 w-full">
          {pending ? t("saving") : t("save")}
        </Button>
      </div>
    </form>
  );
}

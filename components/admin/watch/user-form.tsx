"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Field, fieldProps, INPUT } from "@/components/admin/watch/field";
import { MutedKinds } from "@/components/admin/watch/muted-kinds";
import { ThresholdFields } from "@/components/admin/watch/threshold-fields";
import { useKeptForm } from "@/components/admin/watch/use-kept-form";
import { Button, buttonLook } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { saveUser } from "@/lib/admin/watch-user-actions";
import type { SettingsField } from "@/lib/admin/watch-user-form";
import type { StoredSettings } from "@/lib/notify/settings";

interface UserFormProps {
  /** Null: of somebody new. */
  settings: StoredSettings | null;
  userId?: string | null;
  /** The zones to choose from, each with its time now. */
  zones: { name: string; now: string }[];
}

/** Where and when somebody is told, and of what; errors stand beside their fields. */
export function UserForm({ settings, userId = null, zones }: UserFormProps) {
  const t = useTranslations("watch.settings");
  const form = useTranslations("watch.form");
  const common = useTranslations("common.actions");
  const [state, action, pending] = useActionState(saveUser.bind(null, settings === null), null);
  const kept = useKeptForm(action, state);
  const problems = state && "problems" in state ? state.problems : {};
  const problemOf = (name: SettingsField) => {
    const problem = problems[name];
    if (problem === "taken") return t("taken");
    return problem ? t(`problems.${name}`) : undefined;
  };
  const input = (name: SettingsField) => ({
    ...fieldProps(name, problems[name]),
    className: `${INPUT} h-9`,
  });

  return (
    <form {...kept} className="max-w-3xl space-y-8">
      <fieldset className="grid gap-x-6 gap-y-3 md:grid-cols-2">
        <legend className="mb-3 font-medium">{t("where")}</legend>
        {settings ? (
          <input type="hidden" name="user_id" value={settings.user_id} />
        ) : (
          <Field
            name="user_id"
            label={t("userId")}
            hint={t("userIdHint")}
            error={problemOf("user_id")}
            className="md:col-span-2"
          >
            <input {...input("user_id")} defaultValue={userId ?? ""} />
          </Field>
        )}
        <Field name="email" label={t("email")} hint={t("emailHint")} error={problemOf("email")}>
          <input {...input("email")} type="email" defaultValue={settings?.email ?? ""} />
          <Check name="email_enabled" checked={settings?.email_enabled ?? true} label={t("emailEnabled")} />
        </Field>
        <Field
          name="slack_channel"
          label={t("slack")}
          hint={t("slackHint")}
          error={problemOf("slack_channel")}
        >
          <input
            {...input("slack_channel")}
            placeholder="C0123ABCD"
            defaultValue={settings?.slack_channel ?? ""}
          />
          <Check name="slack_enabled" checked={settings?.slack_enabled ?? true} label={t("slackEnabled")} />
        </Field>
        <Field name="locale" label={t("locale")} error={problemOf("locale")}>
          <select {...input("locale")} defaultValue={settings?.locale ?? "ja"}>
            <option value="ja">日本語</option>
            <option value="en">English</option>
          </select>
        </Field>
      </fieldset>

      <fieldset className="grid gap-x-6 gap-y-3 md:grid-cols-2">
        <legend className="mb-3 font-medium">{t("when")}</legend>
        <Field name="timezone" label={t("timezone")} hint={t("timezoneHint")} error={problemOf("timezone")}>
          <input
            {...input("timezone")}
            list="zones"
            autoComplete="off"
            spellCheck={false}
            defaultValue={settings?.timezone ?? "Asia/Tokyo"}
          />
          <datalist id="zones">
            {zones.map(({ name, now }) => (
              <option key={name} value={name}>
                {now}
              </option>
            ))}
          </datalist>
        </Field>
        <Field
          name="notification_time"
          label={t("time")}
          hint={t("timeHint")}
          error={problemOf("notification_time")}
        >
          <input
            {...input("notification_time")}
            type="time"
            defaultValue={settings?.notification_time ?? "09:00"}
          />
        </Field>
      </fieldset>

      <fieldset>
        <legend className="font-medium">{t("what")}</legend>
        <p className="mb-3 text-faint">{t("whatHint")}</p>
        <ThresholdFields values={settings} problemOf={problemOf} empty="house" />
        <MutedKinds kinds={settings?.muted_kinds ?? []} />
      </fieldset>

      <div role="alert">
        {state && "refused" in state ? (
          <Notice tone="error" title={form(`refused.${state.refused}`)}>
            {form("refused.kept")}
          </Notice>
        ) : Object.keys(problems).length > 0 && !pending ? (
          <Notice tone="error" title={form("mend", { count: Object.keys(problems).length })}>
            {form("refused.kept")}
          </Notice>
        ) : null}
        {state && "saved" in state && !pending ? <Notice tone="good" title={t("saved")} /> : null}
      </div>
      <div className="flex gap-2">
        <Button type="submit" look="solid" busy={pending} data-testid="save">
          {pending ? form("saving") : settings ? form("save") : t("add")}
        </Button>
        <Link href="/admin/watch/users" className={buttonLook()}>
          {settings ? common("back") : common("cancel")}
        </Link>
      </div>
    </form>
  );
}

function Check({ name, checked, label }: { name: string; checked: boolean; label: string }) {
  return (
    <label className="inline-flex items-center gap-2">
      <input type="checkbox" name={name} defaultChecked={checked} className="accent-ink" />
      {label}
    </label>
  );
}

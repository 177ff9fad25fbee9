"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { changePreferences } from "@/app/preferences/actions";
import type { PreferencesView } from "@/app/preferences/read-preferences";
import { EmailState, timeIn } from "@/components/preferences-page/email-state";
import { PreferencesForm } from "@/components/preferences-page/form";

/** A user's own page: when the next digest would come, the way out, and everything they may choose. */
export function PreferencesPageView({ token, view }: { token: string; view: PreferencesView }) {
  const t = useTranslations("preferences");
  const [state, action, pending] = useActionState(changePreferences, null);
  const change = { token, view, state, action, pending };
  return (
    <>
      <h1 className="mb-2 font-serif text-title font-medium">{t("title")}</h1>
      <p data-testid="next-digest">{next()}</p>
      <p className="mb-4 text-faint">{t("onlyWhen")}</p>
      <EmailState {...change} />
      <PreferencesForm key={`${view.email?.on}`} {...change} />
    </>
  );

  function next(): ReactNode {
    const { nextAt, chosen, email, slack } = view;
    if (!nextAt) return t("nextNone");
    const to = { email: email?.address ?? "", slack: slack?.address ?? "" };
    const by = email?.on && slack?.on ? "both" : email?.on ? "email" : "slack";
    return t.rich("next", {
      time: timeIn(nextAt, chosen.timezone),
      where: t(`by.${by}`, to),
      nobr: (chunks) => <span className="font-medium">{chunks}</span>,
    });
  }
}

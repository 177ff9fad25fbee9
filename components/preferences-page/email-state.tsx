"use client";

import { useTranslations } from "next-intl";
import type { PreferencesState } from "@/app/preferences/actions";
import type { PreferencesView } from "@/app/preferences/read-preferences";
import { Outcome } from "@/components/preferences-page/outcome";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { zonedTime } from "@/lib/notify/messages/figures";

interface EmailStateProps {
  token: string;
  view: PreferencesView;
  state: PreferencesState;
  action: (form: FormData) => void;
  pending: boolean;
}

/** Whether e-mail comes, and the one button that stops it or lets it come again. */
export function EmailState({ token, view, state, action, pending }: EmailStateProps) {
  const t = useTranslations("preferences");
  const { email, unsubscribedAt, chosen } = view;
  if (!email) return null;
  if (email.broken) {
    return (
      <Notice tone="error" title={t(email.broken, { email: email.address })}>
        <p>{t(`${email.broken}Todo`)}</p>
      </Notice>
    );
  }
  return (
    <form action={action} className="space-y-3">
      <input type="hidden" name="token" value={token} />
      <Outcome state={state} of={["unsubscribed", "subscribed"]} />
      {unsubscribedAt ? <p>{t("unsubscribed", { time: timeIn(unsubscribedAt, chosen.timezone) })}</p> : null}
      <Button
        type="submit"
        name="intent"
        value={email.on ? "unsubscribe" : "subscribe"}
        look={email.on ? "line" : "solid"}
        busy={pending}
        className="h-11"
        data-testid={email.on ? "unsubscribe" : "subscribe"}
      >
        {pending ? t("unsubscribing") : t(email.on ? "unsubscribe" : "subscribe")}
      </Button>
    </form>
  );
}

/** On the user's clocks; a zone that another program wrote may be none. */
export function timeIn(at: string, zone: string): string {
  try {
    return zonedTime(at, zone);
  } catch {
    return zonedTime(at, "UTC");
  }
}

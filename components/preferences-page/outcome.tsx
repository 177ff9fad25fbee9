"use client";

import { useTranslations } from "next-intl";
import type { PreferencesState } from "@/app/preferences/actions";
import { Notice } from "@/components/ui/notice";

type Kind = NonNullable<PreferencesState>["kind"];

/** How a change ended, where it was asked for. The region is there before its words, so that they are read out. */
export function Outcome({ state, of }: { state: PreferencesState; of: Kind[] }) {
  const t = useTranslations("preferences");
  return (
    <div role="status" data-testid="outcome">
      {state && of.includes(state.kind) ? <Words kind={state.kind} /> : null}
    </div>
  );

  function Words({ kind }: { kind: Kind }) {
    if (kind === "saved" || kind === "unsubscribed" || kind === "subscribed") {
      return <Notice tone="good" title={t(`done.${kind}`)} />;
    }
    return <Notice tone="error" title={t(`problems.${kind}`)} />;
  }
}

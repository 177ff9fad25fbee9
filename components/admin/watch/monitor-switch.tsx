"use client";

import { useTranslations } from "next-intl";
import { useOptimistic, useState, useTransition } from "react";
import { setMonitored } from "@/lib/admin/watch-actions";

interface MonitorSwitchProps {
  id: string;
  title: string;
  monitored: boolean;
}

/** Whether an article is read every day. Switches at once, and back with a word when it did not work. */
export function MonitorSwitch({ id, title, monitored }: MonitorSwitchProps) {
  const t = useTranslations("watch.switch");
  const [shown, show] = useOptimistic(monitored);
  const [failed, setFailed] = useState(false);
  const [pending, startTransition] = useTransition();
  const change = () =>
    startTransition(async () => {
      show(!shown);
      const answer = await setMonitored(id, !shown).catch(() => ({ ok: false }));
      setFailed(!answer.ok);
    });
  return (
    <span className="relative z-1 inline-flex items-center gap-1.5">
      <button
        type="button"
        role="switch"
        aria-checked={shown}
        aria-label={t("label", { title })}
        aria-busy={pending || undefined}
        onClick={change}
        className={`h-4.5 w-8 rounded-full border p-px transition-colors ${shown ? "border-ink bg-ink" : "border-line-strong bg-paper"}`}
      >
        <span
          className={`block size-3.5 rounded-full transition-transform ${shown ? "translate-x-3.5 bg-paper" : "bg-line-strong"}`}
        />
      </button>
      <span role="status" className="text-small text-failed">
        {failed ? t("failed") : ""}
      </span>
    </span>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

/** A long text in short, with a button that copies it whole. */
export function CopyText({ text, shown }: { text: string; shown: number }) {
  const t = useTranslations("common.actions");
  const [said, setSaid] = useState<"copied" | "copyFailed" | null>(null);
  const copy = async () => {
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setSaid(done ? "copied" : "copyFailed");
    setTimeout(() => setSaid(null), 2_000);
  };
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <code className="font-mono text-small break-all" data-tip={text}>
        {text.length > shown ? `${text.slice(0, shown)}…` : text}
      </code>
      <button type="button" className="link text-small" onClick={copy}>
        {t("copy")}
      </button>
      <span role="status" className="text-small text-faint">
        {said ? t(said) : ""}
      </span>
    </span>
  );
}

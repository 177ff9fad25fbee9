"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Field, fieldProps, INPUT } from "@/components/admin/watch/field";
import { ImportLook } from "@/components/admin/watch/import-look";
import { useImport } from "@/components/admin/watch/use-import";
import { Button, buttonLook } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ImportKind } from "@/lib/admin/watch-sheet";

/** A sheet from a file or the clipboard: looked at first, then written. `today`: JST. */
export function Importer({ kind, today }: { kind: ImportKind; today: string }) {
  const t = useTranslations("watch.importing");
  const { stage, look, write, again } = useImport(kind, today);
  const file = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const busy = stage.at === "looking" || stage.at === "writing";

  const start = async () => {
    const chosen = file.current?.files?.[0];
    const bytes = chosen
      ? new Uint8Array(await chosen.arrayBuffer())
      : new TextEncoder().encode(text.current?.value ?? "");
    if (bytes.length === 0) file.current?.focus();
    else await look(bytes);
  };

  return (
    <div className="max-w-3xl space-y-6">
      <div className={stage.at === "choosing" ? "space-y-4" : "hidden"}>
        <Field name="sheet-file" label={t("file")} hint={t("limits")}>
          <input
            ref={file}
            {...fieldProps("sheet-file", undefined)}
            type="file"
            accept=".csv,text/csv,text/plain"
            className="block w-full text-faint file:mr-3 file:h-9 file:rounded-sm file:border file:border-solid file:border-line-strong/60 file:bg-paper file:px-3 file:text-ink hover:file:border-ink"
          />
        </Field>
        <Field name="sheet-text" label={t("paste")}>
          <textarea
            ref={text}
            {...fieldProps("sheet-text", undefined)}
            rows={7}
            spellCheck={false}
            placeholder={t(`example.${kind}`)}
            className={`${INPUT} py-1.5 font-mono text-small whitespace-pre`}
          />
        </Field>
        <Button look="solid" onClick={start} data-testid="look">
          {t("look")}
        </Button>
      </div>

      <div aria-live="polite" className="space-y-6">
        {busy ? <Progress stage={stage} /> : null}
        {stage.at === "looked" ? <ImportLook kind={kind} look={stage.look} /> : null}
        {stage.at === "done" ? (
          <>
            <Notice tone="good" title={t(`done.${kind}`, { fresh: stage.fresh, changed: stage.changed })}>
              {kind === "observations" ? t("judgedNext") : t("readNext")}
            </Notice>
            <ImportLook kind={kind} look={stage.look} after />
          </>
        ) : null}
        {stage.at === "refused" ? (
          <Notice tone="error" title={t(`refused.${stage.why}`)}>
            {t("refused.kept", { count: stage.written })}
          </Notice>
        ) : null}
      </div>

      {stage.at === "looked" ? (
        <div className="flex flex-wrap gap-2">
          {stage.look.parts.length > 0 ? (
            <Button look="solid" onClick={() => write(stage.look)} data-testid="import">
              {t("import", { count: stage.look.fresh + stage.look.changed })}
            </Button>
          ) : null}
          <Button onClick={again}>{t("other")}</Button>
        </div>
      ) : null}
      {stage.at === "done" || stage.at === "refused" ? (
        <div className="flex flex-wrap gap-2">
          <Link href="/admin/watch" className={buttonLook("solid")}>
            {t("toArticles")}
          </Link>
          <Button onClick={again}>{t("again")}</Button>
        </div>
      ) : null}
    </div>
  );

  function Progress({ stage }: { stage: { at: string; done: number; total: number } }) {
    return (
      <div className="space-y-1">
        <p>{t(stage.at === "looking" ? "looking" : "writing", { done: stage.done, total: stage.total })}</p>
        <progress
          aria-label={t("progress")}
          max={Math.max(stage.total, 1)}
          value={stage.total === 0 ? undefined : stage.done}
          className="h-1.5 w-full accent-ink"
        />
      </div>
    );
  }
}

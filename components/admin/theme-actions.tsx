"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ClosingPreviews } from "@/components/admin/closing-preview";
import { FailureWords } from "@/components/admin/failure-words";
import { RunAnswerNotice } from "@/components/admin/run-answer";
import { useRuns } from "@/components/admin/use-runs";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { finalizeTheme, previewClosing } from "@/lib/admin/actions";
import type { ThemeStage } from "@/lib/admin/theme-state";

type Preview = Awaited<ReturnType<typeof previewClosing>>;

const UNANSWERED: Preview = {
  ok: false,
  failure: { code: "unanswered", message: "no answer", permanent: false },
};

/** Dry run, finalize and force for one theme. Force asks first, showing what it would change. */
export function ThemeActions({ themeId, stage }: { themeId: string; stage: ThemeStage }) {
  const t = useTranslations();
  const router = useRouter();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [looking, setLooking] = useState(false);
  const [asking, setAsking] = useState(false);
  const { running, answers, run, dismiss } = useRuns(() => router.refresh());
  const busy = running.includes(themeId);
  const answer = answers[themeId];
  const closing = stage === "open";
  const forcing = stage === "finalized" || closing;

  const look = async () => {
    setLooking(true);
    setPreview(null);
    setPreview(await previewClosing(themeId).catch(() => UNANSWERED));
    setLooking(false);
  };
  const finalize = (force: boolean) => {
    setAsking(false);
    setPreview(null);
    run(themeId, () => finalizeTheme(themeId, force));
  };
  const ask = () => {
    setAsking(true);
    look();
  };

  return (
    <section aria-label={t("theme.actions")} className="my-6">
      <div className="flex flex-wrap gap-2">
        <Button busy={looking && !asking} onClick={look} data-testid="dry-run">
          {t("theme.dryRun")}
        </Button>
        {forcing ? (
          <Button look="danger" busy={busy} onClick={ask} data-testid="force">
            {busy ? t("theme.working") : closing ? t("theme.forceClose") : t("theme.force")}
          </Button>
        ) : (
          <Button look="solid" busy={busy} onClick={() => finalize(false)} data-testid="finalize">
            {busy ? t("theme.working") : t("theme.finalize")}
          </Button>
        )}
      </div>
      <div aria-live="polite">
        {preview && !asking ? (
          <div className="mt-3 bg-raised p-3" data-testid="preview">
            <PreviewWords preview={preview} />
          </div>
        ) : null}
        {answer ? (
          <div className="mt-3 bg-raised p-3" data-testid="answer" data-kind={answer.kind}>
            <RunAnswerNotice answer={answer} onClose={() => dismiss(themeId)} />
          </div>
        ) : null}
      </div>
      <Dialog
        open={asking}
        onClose={() => {
          setAsking(false);
          setPreview(null);
        }}
        title={closing ? t("theme.confirmClose") : t("theme.confirmForce")}
        lead={closing ? t("theme.confirmCloseLead") : t("theme.confirmForceLead")}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("common.actions.cancel")}</Button>
            <Button
              look="danger"
              disabled={looking || !wouldChange(preview)}
              onClick={() => finalize(true)}
              data-testid="confirm-force"
            >
              {closing ? t("theme.confirmCloseYes") : t("theme.confirmYes")}
            </Button>
          </>
        }
      >
        <div aria-live="polite" className="min-h-16">
          {preview ? (
            <PreviewWords preview={preview} />
          ) : (
            <p className="text-faint">{t("run.confirmLoading")}</p>
          )}
        </div>
      </Dialog>
    </section>
  );
}

function wouldChange(preview: Preview | null): boolean {
  if (!preview?.ok) return false;
  return preview.themes.some(({ outcome }) => outcome !== "unchanged" && outcome !== "theme_not_found");
}

function PreviewWords({ preview }: { preview: Preview }) {
  const t = useTranslations("theme.preview");
  if (preview.ok) return <ClosingPreviews themes={preview.themes} />;
  return (
    <Notice tone="error" title={t("failed")}>
      <FailureWords failure={preview.failure} />
    </Notice>
  );
}

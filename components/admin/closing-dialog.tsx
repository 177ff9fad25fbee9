"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ClosingPreviews } from "@/components/admin/closing-preview";
import { FailureWords } from "@/components/admin/failure-words";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { previewClosing } from "@/lib/admin/actions";

type Preview = Awaited<ReturnType<typeof previewClosing>>;

interface ClosingDialogProps {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks before rankings are closed, showing by a dry run what would happen. */
export function ClosingDialog({ open, onClose, onConfirm }: ClosingDialogProps) {
  const t = useTranslations();
  const [preview, setPreview] = useState<Preview | null>(null);
  useEffect(() => {
    if (!open) return;
    let wanted = true;
    setPreview(null);
    previewClosing(null)
      .catch(
        (): Preview => ({
          ok: false,
          failure: { code: "unanswered", message: "no answer", permanent: false },
        }),
      )
      .then((answer) => wanted && setPreview(answer));
    return () => {
      wanted = false;
    };
  }, [open]);
  const nothing = preview?.ok && preview.themes.length === 0;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("run.confirmTitle")}
      lead={t("run.confirmLead")}
      actions={
        <>
          <Button onClick={onClose}>{t("common.actions.cancel")}</Button>
          <Button look="solid" disabled={preview === null} onClick={onConfirm} data-testid="confirm-run">
            {t("run.confirmRun")}
          </Button>
        </>
      }
    >
      <div aria-live="polite" className="min-h-16">
        {preview === null ? <p className="text-faint">{t("run.confirmLoading")}</p> : null}
        {nothing ? <p>{t("run.confirmNothing")}</p> : null}
        {preview?.ok && !nothing ? <ClosingPreviews themes={preview.themes} /> : null}
        {preview && !preview.ok ? (
          <Notice tone="error" title={t("run.confirmFailed")}>
            <FailureWords failure={preview.failure} />
          </Notice>
        ) : null}
      </div>
    </Dialog>
  );
}

"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button, buttonLook } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { deleteArticle, setMonitored } from "@/lib/admin/watch-actions";

interface ArticleActionsProps {
  id: string;
  title: string;
  monitored: boolean;
  /** What would go with it. */
  kept: { readings: number; waiting: number };
}

/** Edit, pause or go on, delete: the last one asks first and says what goes. */
export function ArticleActions({ id, title, monitored, kept }: ArticleActionsProps) {
  const t = useTranslations("watch.actions");
  const common = useTranslations("common.actions");
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState(false);
  const [pending, startTransition] = useTransition();
  const act = (what: () => Promise<{ ok: boolean }>) =>
    startTransition(async () => {
      setFailed(false);
      const answer = await what().catch((error: unknown) => {
        // Next's own signal that the page changes passes through here.
        if (error instanceof Error && "digest" in error) throw error;
        return { ok: false };
      });
      // Nothing comes back of a deletion that leads to another page.
      if (answer && !answer.ok) setFailed(true);
    });
  return (
    <section aria-label={t("label")} className="mb-6">
      <div className="flex flex-wrap gap-2">
        <Link href={`/admin/watch/${encodeURIComponent(id)}/edit`} className={buttonLook()}>
          {t("edit")}
        </Link>
        <Button busy={pending} onClick={() => act(() => setMonitored(id, !monitored))} data-testid="pause">
          {monitored ? t("pause") : t("resume")}
        </Button>
        <Button look="danger" onClick={() => setAsking(true)} data-testid="delete">
          {t("delete")}
        </Button>
      </div>
      <div role="alert">
        {failed ? (
          <div className="mt-3">
            <Notice tone="error" title={t("failed")}>
              {t("failedWhat")}
            </Notice>
          </div>
        ) : null}
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("confirm", { title })}
        lead={t("confirmLead", kept)}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{common("cancel")}</Button>
            <Button
              look="danger"
              busy={pending}
              data-testid="confirm-delete"
              onClick={() => {
                setAsking(false);
                act(() => deleteArticle(id));
              }}
            >
              {t("confirmYes")}
            </Button>
          </>
        }
      >
        <p>{t("confirmInstead")}</p>
      </Dialog>
    </section>
  );
}

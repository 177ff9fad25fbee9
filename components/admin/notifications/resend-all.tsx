"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { ResendAnswerWords } from "@/components/admin/notifications/resend-answer";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import {
  previewResend,
  type ResendAnswer,
  type ResendPreview,
  resendAll,
} from "@/lib/admin/notification-actions";
import type { NotificationFilter } from "@/lib/admin/notification-filter";

/** Sends again what failed or is uncertain among all that match, after saying how many that is. */
export function ResendAll({ filter, nextRunAt }: { filter: NotificationFilter; nextRunAt: string }) {
  const t = useTranslations("notifications.resend");
  const common = useTranslations("common.actions");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [asking, setAsking] = useState(false);
  const [preview, setPreview] = useState<ResendPreview | null>(null);
  const [answer, setAnswer] = useState<ResendAnswer | null>(null);
  const messages = preview?.ok ? preview.email + preview.slack : 0;

  const ask = async () => {
    setAsking(true);
    setAnswer(null);
    setPreview(null);
    setPreview(await previewResend(filter).catch((): ResendPreview => ({ ok: false, why: "unanswered" })));
  };
  const send = () => {
    setAsking(false);
    startTransition(async () => {
      setAnswer(await resendAll(filter).catch((): ResendAnswer => ({ ok: false, why: "unanswered" })));
      router.refresh();
    });
  };
  return (
    <>
      <Button busy={pending} onClick={ask} data-testid="resend-all">
        {pending ? t("working") : t("all")}
      </Button>
      <span role="status" className="text-small text-faint" data-testid="resend-all-answer">
        {answer ? <ResendAnswerWords answer={answer} nextRunAt={nextRunAt} /> : null}
      </span>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={preview?.ok ? t("allTitle", { count: messages }) : t("all")}
        lead={t("allLead")}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{common("cancel")}</Button>
            {messages > 0 ? (
              <Button look="danger" onClick={send} data-testid="confirm-resend-all">
                {t("allConfirm", { count: messages })}
              </Button>
            ) : null}
          </>
        }
      >
        <div aria-live="polite" className="min-h-16 space-y-1">
          <PreviewWords preview={preview} />
        </div>
      </Dialog>
    </>
  );
}

function PreviewWords({ preview }: { preview: ResendPreview | null }) {
  const t = useTranslations("notifications.resend");
  if (!preview) return <p className="text-faint">{t("counting")}</p>;
  if (!preview.ok) return <p>{t(preview.why)}</p>;
  const { email, slack, uncertain, leftOut } = preview;
  if (email + slack === 0) return <p>{t("allNone")}</p>;
  return (
    <>
      <p>{t("allCount", { email, slack, both: email > 0 && slack > 0 ? "yes" : "no" })}</p>
      {uncertain > 0 ? <p className="text-failed">{t("allUncertain", { count: uncertain })}</p> : null}
      {leftOut > 0 ? <p className="text-faint">{t("allLeftOut", { count: leftOut })}</p> : null}
    </>
  );
}

"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { ResendAnswerWords } from "@/components/admin/notifications/resend-answer";
import { Time } from "@/components/time/time";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { type ResendAnswer, resend } from "@/lib/admin/notification-actions";
import type { DeliveryRow } from "@/lib/admin/notification-row";

interface ResendOneProps {
  /** Of the article, to name the button by. */
  title: string;
  deliveries: Pick<DeliveryRow, "id" | "channel" | "status" | "sent_at" | "can_resend">[];
  nextRunAt: string;
}

/** Sends a digest's messages once more: those that did not arrive, else all, and asks before anything arrives twice. */
export function ResendOne({ title, deliveries, nextRunAt }: ResendOneProps) {
  const t = useTranslations("notifications.resend");
  const channels = useTranslations("notifications.channels");
  const common = useTranslations("common.actions");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [asking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<ResendAnswer | null>(null);

  const possible = deliveries.filter((delivery) => delivery.can_resend);
  const missed = possible.filter(({ status }) => status !== "sent");
  const chosen = missed.length > 0 ? missed : possible;
  if (chosen.length === 0 && !answer) return null;

  const send = () => {
    setAsking(false);
    startTransition(async () => {
      const ids = chosen.map(({ id }) => id);
      setAnswer(await resend(ids).catch((): ResendAnswer => ({ ok: false, why: "unanswered" })));
      router.refresh();
    });
  };
  const repeats = chosen.some(({ status }) => status !== "failed");
  return (
    <>
      {chosen.length > 0 ? (
        <Button
          busy={pending}
          onClick={() => (repeats ? setAsking(true) : send())}
          aria-label={t("oneOf", { title })}
          data-testid="resend"
        >
          {pending ? t("working") : t("one")}
        </Button>
      ) : null}
      <div aria-live="polite" className="text-left text-small whitespace-normal text-faint">
        {answer ? <ResendAnswerWords answer={answer} nextRunAt={nextRunAt} /> : null}
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("again")}
        lead={t("againLead")}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{common("cancel")}</Button>
            <Button look="danger" onClick={send} data-testid="confirm-resend">
              {t("confirm")}
            </Button>
          </>
        }
      >
        <ul className="space-y-1 text-left">
          {chosen.map(({ id, channel, status, sent_at }) => (
            <li key={id}>
              {status === "sent"
                ? t.rich("arrived", {
                    channel: channels(channel),
                    at: () => <Time at={sent_at} absolute />,
                  })
                : t(status === "uncertain" ? "perhaps" : "retry", { channel: channels(channel) })}
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}

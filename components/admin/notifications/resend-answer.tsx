"use client";

import { useTranslations } from "next-intl";
import { Time } from "@/components/time/time";
import type { ResendAnswer } from "@/lib/admin/notification-actions";

/** What asking to send again came to. */
export function ResendAnswerWords({ answer, nextRunAt }: { answer: ResendAnswer; nextRunAt: string }) {
  const t = useTranslations("notifications.resend");
  if (!answer.ok) return t(answer.why);
  return (
    <>
      {t("done", { count: answer.messages })}{" "}
      {answer.messages === 0
        ? t("doneNone")
        : t.rich("doneWhat", { time: () => <Time at={nextRunAt} absolute /> })}
    </>
  );
}

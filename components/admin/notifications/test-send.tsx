"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { useReason } from "@/components/admin/notifications/why";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { sendTest, type TestAnswer } from "@/lib/admin/notification-test-send";

/** Sends a real message to one address or channel, and tells how it ended. */
export function TestSend() {
  const t = useTranslations("notifications");
  const locale = useLocale();
  const [answer, send, pending] = useActionState(sendTest, null);
  const [channel, setChannel] = useState("email");
  const email = channel === "email";
  const wrong = answer?.end.kind === "recipient";
  return (
    <form action={send} className="space-y-3" noValidate>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Select
          label={t("test.channel")}
          name="channel"
          value={channel}
          onChange={(event) => setChannel(event.target.value)}
        >
          <option value="email">{t("channels.email")}</option>
          <option value="slack">{t("channels.slack")}</option>
        </Select>
        <Select label={t("test.language")} name="locale" defaultValue={answer?.asked.locale ?? locale}>
          <option value="ja">日本語</option>
          <option value="en">English</option>
        </Select>
        <label className="inline-flex items-center gap-1.5 text-small text-faint max-md:w-full">
          <span className="whitespace-nowrap">{t(email ? "test.address" : "test.slackChannel")}</span>
          <input
            key={`${channel} ${answer?.asked.recipient}`}
            name="recipient"
            type={email ? "email" : "text"}
            placeholder={email ? "name@example.com" : "#channel"}
            defaultValue={answer?.asked.channel === channel ? answer.asked.recipient : ""}
            autoComplete={email ? "email" : "off"}
            required
            aria-invalid={wrong || undefined}
            aria-describedby="test-answer"
            className="h-8 w-64 min-w-0 rounded-sm border border-line-strong bg-paper px-2 text-ink placeholder:text-faint aria-invalid:border-failed max-md:h-10 max-md:flex-1"
          />
        </label>
        <Button type="submit" look="solid" busy={pending} data-testid="send-test">
          {pending ? t("test.sending") : t("test.send")}
        </Button>
      </div>
      <div id="test-answer" aria-live="polite" data-testid="test-answer" data-kind={answer?.end.kind}>
        {answer && !pending ? <Answer answer={answer} /> : null}
      </div>
    </form>
  );
}

function Answer({ answer: { asked, end } }: { answer: TestAnswer }) {
  const t = useTranslations("notifications");
  const reason = useReason();
  if (!("deliveryId" in end)) {
    const key = end.kind === "recipient" ? (`${end.kind}_${asked.channel}` as const) : end.kind;
    return <Notice tone="error" title={t(`test.${key}`)} />;
  }
  const { what, todo } = reason(end.error);
  const why = end.kind === "sent" ? "" : what;
  return (
    <Notice
      tone={end.kind === "sent" ? "good" : end.kind === "waiting" ? "stale" : "error"}
      title={t(`test.${end.kind}`, { recipient: asked.recipient, reason: why })}
      actions={
        <Link href={`/admin/notifications/${end.deliveryId}`} className="link">
          {t("test.see")}
        </Link>
      }
    >
      {end.kind !== "sent" && todo ? <p>{todo}</p> : null}
      {end.error ? (
        <p className="font-mono text-small">
          {end.error.code}: {end.error.message}
        </p>
      ) : null}
    </Notice>
  );
}

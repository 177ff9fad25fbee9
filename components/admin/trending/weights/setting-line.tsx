"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { WeighingNotice } from "@/components/admin/trending/weights/answer";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type ChooseAnswer, chooseProfile } from "@/lib/admin/trending-actions";

interface SettingLineProps {
  setting: { name: string; exists: boolean };
  inForce: string;
  /** Somebody chose the profile in force on this page. */
  chosen: boolean;
}

/** Who decides which profile is in force: this page or the setting; and the way back to the setting. */
export function SettingLine({ setting, inForce, chosen }: SettingLineProps) {
  const t = useTranslations("trending.weighing");
  const router = useRouter();
  const [answer, setAnswer] = useState<ChooseAnswer | null>(null);
  const [pending, startTransition] = useTransition();
  const leave = () =>
    startTransition(async () => {
      setAnswer(
        await chooseProfile(null, { inForce, updatedAt: null }).catch(
          () => ({ kind: "refused", why: "unanswered" }) as const,
        ),
      );
      router.refresh();
    });
  return (
    <div className="mb-6 space-y-3">
      {setting.exists ? null : (
        <Notice tone="error" title={t("settingGone", { setting: setting.name })}>
          {t("settingGoneWhat")}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="text-faint" data-testid="decides">
          {chosen
            ? t("leaveWhat", { profile: inForce, setting: setting.name })
            : t("settingWhat", { setting: setting.name })}
        </p>
        {chosen && setting.exists ? (
          <Button busy={pending} onClick={leave} data-testid="leave">
            {t("leave")}
          </Button>
        ) : null}
      </div>
      <div role="status" data-testid="left">
        {answer?.kind === "chosen" ? (
          <Notice tone="good" title={t("done.left", { profile: answer.profile })} />
        ) : (
          <WeighingNotice answer={answer} name={inForce} inForce />
        )}
      </div>
    </div>
  );
}

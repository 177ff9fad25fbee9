"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { WeighingNotice } from "@/components/admin/trending/weights/answer";
import { useWeighing } from "@/components/admin/trending/weights/use-weighing";
import { WeightFields } from "@/components/admin/trending/weights/weight-fields";
import { WeightPreview } from "@/components/admin/trending/weights/weight-preview";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Preview, ProfileRow } from "@/lib/admin/trending-weights";
import type { ScoreWeights, WindowName } from "@/lib/trending/types";

interface WeightEditorProps {
  /** Null: a new one. */
  profile: ProfileRow | null;
  inForce: { name: string; weights: ScoreWeights };
  /** The setting's profile, which cannot be deleted. */
  setting: string;
  windows: WindowName[];
  countedAt: string | null;
  /** The comparison for the weights it starts with, in the first of the windows. */
  preview: Preview;
}

/** A profile's weights, and beside them what the ranking would become; nothing is in force before it is asked for. */
export function WeightEditor({ profile, inForce, setting, windows, countedAt, preview }: WeightEditorProps) {
  const t = useTranslations("trending.weighing");
  const [asking, setAsking] = useState(false);
  const form = useWeighing(profile, inForce);
  const used = profile?.name === inForce.name;
  const problems = form.answer?.kind === "problems" ? form.answer.problems : {};
  const removable = profile !== null && !used && profile.name !== "default" && profile.name !== setting;
  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!form.pending) form.save();
        }}
      >
        <WeightFields form={form} isNew={profile === null} problems={problems} />
        <div className="mt-4 flex flex-wrap items-center gap-2">
          <Button
            type="submit"
            look={profile && !form.dirty ? "line" : "solid"}
            busy={form.pending}
            data-testid="save"
          >
            {form.pending ? t("saving") : t(used ? "saveInForce" : "save")}
          </Button>
          {profile && !used ? (
            <Button
              look={form.dirty ? "line" : "solid"}
              busy={form.pending}
              disabled={form.dirty}
              aria-describedby={form.dirty ? "save-first" : undefined}
              onClick={() => form.choose(profile.name)}
              data-testid="use"
            >
              {t("use")}
            </Button>
          ) : null}
          {removable ? (
            <Button look="danger" onClick={() => setAsking(true)} data-testid="remove">
              {t("remove")}
            </Button>
          ) : null}
          {profile && !used && form.dirty ? (
            <span id="save-first" className="text-small text-faint">
              {t("saveFirst")}
            </span>
          ) : null}
        </div>
        <div className="mt-4" role="status" data-testid="answer" data-kind={form.answer?.kind}>
          <WeighingNotice answer={form.answer} name={form.name} inForce={used} />
        </div>
      </form>
      <WeightPreview
        texts={form.texts}
        weights={form.weights}
        inForce={inForce.weights}
        windows={windows}
        countedAt={countedAt}
        first={preview}
      />
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("removeAsk", { profile: form.name })}
        lead={t("removeLead")}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("cancel")}</Button>
            <Button
              look="danger"
              busy={form.pending}
              data-testid="confirm-remove"
              onClick={() => {
                setAsking(false);
                form.remove();
              }}
            >
              {t("remove")}
            </Button>
          </>
        }
      />
    </>
  );
}

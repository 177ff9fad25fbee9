"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { PartTitle } from "@/components/admin/page-title";
import { PreviewTable } from "@/components/admin/trending/weights/preview-table";
import { usePreview } from "@/components/admin/trending/weights/use-preview";
import { Time } from "@/components/time/time";
import { Empty, Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { sameWeights, type WeightTexts } from "@/lib/admin/trending-weight-form";
import type { Preview } from "@/lib/admin/trending-weights";
import type { ScoreWeights, WindowName } from "@/lib/trending/types";

interface WeightPreviewProps {
  texts: WeightTexts;
  /** Null while a field is no weight. */
  weights: ScoreWeights | null;
  inForce: ScoreWeights;
  windows: WindowName[];
  countedAt: string | null;
  /** The comparison for these weights in the first of the windows. */
  first: Preview;
}

/** What the ranking would become with the weights in the form, saved or not. */
export function WeightPreview({ texts, weights, inForce, windows, countedAt, first }: WeightPreviewProps) {
  const t = useTranslations("trending.weighing.preview");
  const names = useTranslations("trending.windows");
  const [window, setWindow] = useState<WindowName>(windows[0] ?? "24h");
  const { preview, settled, failed } = usePreview(
    texts,
    window,
    JSON.stringify(inForce),
    weights !== null,
    first,
  );
  return (
    <section aria-labelledby="preview" data-testid="preview" data-settled={settled}>
      <PartTitle id="preview">{t("title")}</PartTitle>
      <div className="mb-2 flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <Select
          label={t("window")}
          value={window}
          onChange={(event) => setWindow(windows.find((name) => name === event.target.value) ?? window)}
        >
          {windows.map((name) => (
            <option key={name} value={name}>
              {names(name)}
            </option>
          ))}
        </Select>
        <p className="text-faint" role="status">
          {weights === null
            ? t("invalid")
            : !settled && !failed
              ? t("loading")
              : sameWeights(weights, inForce)
                ? t("same")
                : preview.rows.length > 0 && countedAt
                  ? t.rich("lead", {
                      count: preview.rows.length,
                      window: names(window),
                      time: () => <Time at={countedAt} tense="past" />,
                    })
                  : null}
        </p>
      </div>
      {failed ? <Notice tone="error" title={t("failed")} /> : null}
      {preview.rows.length > 0 ? (
        <div className={settled ? "" : "opacity-60"}>
          <PreviewTable preview={preview} />
        </div>
      ) : (
        <Empty title={t("nothing")} />
      )}
    </section>
  );
}

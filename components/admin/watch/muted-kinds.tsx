"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CHANGE_KINDS, type ChangeKind } from "@/lib/watch/types";

interface MutedKindsProps {
  /** Null: as the owner has it. */
  kinds: ChangeKind[] | null;
  /** Whether it may be left to the owner. */
  inherits?: boolean;
}

/** The kinds of change somebody does not want to hear of; of an article also: as its owner has it. */
export function MutedKinds({ kinds, inherits = false }: MutedKindsProps) {
  const t = useTranslations("watch");
  const [own, setOwn] = useState(!inherits || kinds !== null);
  return (
    <fieldset className="mt-4">
      <legend>{t("form.muted")}</legend>
      {inherits ? (
        <div className="mt-1 flex flex-wrap gap-x-6">
          {(["owner", "article"] as const).map((by) => (
            <label key={by} className="inline-flex items-center gap-2 py-1">
              <input
                type="radio"
                name="muted_by"
                value={by}
                checked={own === (by === "article")}
                onChange={() => setOwn(by === "article")}
                className="accent-ink"
              />
              {t(`form.mutedBy.${by}`)}
            </label>
          ))}
        </div>
      ) : null}
      <div className={own ? "mt-1 grid grid-cols-2 gap-x-6 md:grid-cols-3" : "hidden"}>
        {CHANGE_KINDS.map((kind) => (
          <label key={kind} className="inline-flex items-center gap-2 py-1">
            <input
              type="checkbox"
              name="muted_kinds"
              value={kind}
              defaultChecked={kinds?.includes(kind)}
              className="accent-ink"
            />
            {t(`kinds.${kind}`)}
          </label>
        ))}
      </div>
      <p className="mt-1 text-small text-faint">{t("form.mutedHint")}</p>
    </fieldset>
  );
}

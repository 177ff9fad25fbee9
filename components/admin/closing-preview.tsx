"use client";

import { useTimeZone, useTranslations } from "next-intl";
import type { ClosingPreview, PlaceChange } from "@/lib/admin/closing-preview";
import { minuteTime } from "@/lib/i18n/time";

/** What closing would do, theme by theme: the outcome in words, then what would change. */
export function ClosingPreviews({ themes }: { themes: ClosingPreview[] }) {
  const t = useTranslations("theme.preview");
  if (themes.length === 0) return <p>{t("noneDue")}</p>;
  return (
    <ul className="space-y-4">
      {themes.map((preview) => (
        <li key={preview.theme}>
          <p className="font-medium">{preview.title ?? preview.theme}</p>
          <Outcome preview={preview} />
          {preview.examples.length > 0 ? <Changes preview={preview} /> : null}
        </li>
      ))}
    </ul>
  );
}

function Outcome({ preview }: { preview: ClosingPreview }) {
  const t = useTranslations("theme.preview");
  const zone = useTimeZone() ?? "Asia/Tokyo";
  const time = preview.closesAt ? minuteTime(new Date(preview.closesAt), zone) : "";
  const { added, removed, moved, recounted } = preview.changes;
  const counted =
    preview.version === null ? [] : ([{ added }, { removed }, { moved }, { recounted }] as const);
  const told = [
    added > 0 ? t("added", { count: added }) : null,
    removed > 0 ? t("removed", { count: removed }) : null,
    moved > 0 ? t("moved", { count: moved }) : null,
    recounted > 0 ? t("recounted", { count: recounted }) : null,
  ].filter((words) => words !== null);
  return (
    <p>
      {t(preview.outcome, { entries: preview.entries, version: preview.version ?? 0, time })}
      {counted.length > 0 && told.length > 0 ? (
        <span className="block text-faint">{told.join(" · ")}</span>
      ) : null}
    </p>
  );
}

function Changes({ preview }: { preview: ClosingPreview }) {
  const t = useTranslations("theme.preview");
  const { added, removed, moved } = preview.changes;
  const more = added + removed + moved - preview.examples.length;
  return (
    <ul className="mt-1 border-t border-line text-small tabular-nums">
      {preview.examples.map((change) => (
        <li key={change.workId} className="flex gap-3 border-b border-line py-1">
          <span className="w-20 shrink-0 text-right">{placeOf(change)}</span>
          <span className="min-w-0 truncate">{change.title ?? change.workId}</span>
        </li>
      ))}
      {more > 0 ? <li className="py-1 text-faint">{t("more", { count: more })}</li> : null}
    </ul>
  );

  function placeOf(change: PlaceChange): string {
    return change.kind === "moved" ? `${change.from} → ${change.to}` : t(change.kind, { count: 1 });
  }
}

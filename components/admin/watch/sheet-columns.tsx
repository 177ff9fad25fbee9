import { useTranslations } from "next-intl";
import type { ImportKind } from "@/lib/admin/watch-sheet";

const COLUMNS: Record<ImportKind, { needed: string[]; free: string[] }> = {
  articles: {
    needed: ["user_id", "url", "keyword"],
    free: [
      "id",
      "title",
      "source",
      "property",
      "country",
      "language",
      "is_monitored",
      "competitors",
      "drop_threshold",
      "rise_threshold",
      "top_10_threshold",
      "top_3_threshold",
      "lost_after_days",
      "notification_cooldown_days",
      "muted_kinds",
    ],
  },
  observations: {
    needed: ["checked_on", "position"],
    free: ["article_id", "user_id", "url", "keyword", "status"],
  },
};

/** Which columns a sheet must and may have, and what its rows do. */
export function SheetColumns({ kind }: { kind: ImportKind }) {
  const t = useTranslations("watch.importing");
  const { needed, free } = COLUMNS[kind];
  return (
    <div className="mb-6 max-w-3xl space-y-1 text-faint">
      <p>{t(`lead.${kind}`)}</p>
      <p>
        {t("needed")} <Names names={needed} />
      </p>
      <p>
        {t("free")} <Names names={free} />
      </p>
    </div>
  );
}

function Names({ names }: { names: string[] }) {
  return names.map((name, place) => (
    <span key={name}>
      {place > 0 ? ", " : null}
      <code className="text-ink">{name}</code>
    </span>
  ));
}

import { useTranslations } from "next-intl";

interface RankChangeProps {
  /** The rank in the other ranking; null when the work is not in it. */
  rank: number | null;
  /** Places gained there, positive is up; null when it cannot be compared. */
  gained: number | null;
}

/** A work's place in the other ranking, marked with an arrow where it is another one. */
export function RankChange({ rank, gained }: RankChangeProps) {
  const t = useTranslations("theme");
  if (rank === null) return <span className="text-small text-faint">{t("unranked")}</span>;
  if (!gained) return <span className="text-faint">{rank.toLocaleString("en-US")}</span>;
  const up = gained > 0;
  const count = Math.abs(gained);
  return (
    <span className="whitespace-nowrap">
      <span className="text-small text-accent">
        <span aria-hidden="true">
          {up ? "▲" : "▼"}
          {count}
        </span>
        <span className="sr-only">{t(up ? "up" : "down", { count })}</span>
      </span>{" "}
      {rank.toLocaleString("en-US")}
    </span>
  );
}

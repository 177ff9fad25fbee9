import { useTranslations } from "next-intl";
import { usePosition } from "@/components/admin/watch/use-position";
import { placesGained } from "@/lib/admin/watch-rank";
import type { Observation } from "@/lib/watch/types";

interface RankNowProps {
  latest: Observation | null;
  /** The last position before that one. */
  previous: { position: number; on: string } | null;
  /** A reading of an earlier day than this (JST) says its day. */
  asOf?: string;
}

/** Where an article stands and how it moved: arrow and places, never colour alone. What is unknown says so. */
export function RankNow({ latest, previous, asOf }: RankNowProps) {
  const t = useTranslations("watch.now");
  const position = usePosition();
  if (!latest) return <span className="text-faint">{t("unread")}</span>;
  const day =
    !asOf || latest.checkedOn >= asOf ? null : (
      <span className="text-small text-faint">{latest.checkedOn.slice(5)}</span>
    );
  if (latest.status !== "ok") {
    const failed = latest.status === "failed";
    return (
      <span className="md:inline-flex md:flex-col md:items-end md:leading-tight max-md:space-x-1.5">
        <span className={failed ? "text-late" : "text-failed"}>
          <span aria-hidden="true">{failed ? "△" : "✕"}</span> {t(latest.status)} {day}
        </span>
        {previous ? (
          <span className="text-small text-faint">
            {t("last", { position: position(previous.position), day: previous.on.slice(5) })}
          </span>
        ) : null}
      </span>
    );
  }
  const gained = previous && latest.position !== null ? placesGained(previous.position, latest.position) : 0;
  return (
    <span className="space-x-1.5">
      {day}
      {previous ? <Move gained={gained} /> : <span className="text-small text-faint">{t("new")}</span>}
      <span className="inline-block min-w-[2.5ch] text-right font-medium">{position(latest.position)}</span>
    </span>
  );
}

/** Places gained (up) or lost (down). */
export function Move({ gained }: { gained: number }) {
  const t = useTranslations("watch.now");
  if (gained === 0) return null;
  const up = gained > 0;
  const places = Math.abs(gained);
  return (
    <span className={`text-small ${up ? "text-succeeded" : "text-failed"}`}>
      <span aria-hidden="true">
        {up ? "▲" : "▼"}
        {places}
      </span>
      <span className="sr-only">{t(up ? "up" : "down", { places })}</span>
    </span>
  );
}

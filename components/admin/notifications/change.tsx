import { useTranslations } from "next-intl";
import type { NotificationRow } from "@/lib/admin/notification-row";
import { positionFigure } from "@/lib/notify/messages/figures";
import { CHANGE_KINDS, type ChangeKind } from "@/lib/watch/types";

const FALLS: readonly ChangeKind[] = ["lost_ranking", "left_top_3", "left_top_10", "drop"];

/** What changed: its kind in words, and the positions before and after. */
export function Change({ row }: { row: Pick<NotificationRow, "kind" | "notification_data"> }) {
  const t = useTranslations("notifications");
  const { previous, current } = row.notification_data;
  const kind = CHANGE_KINDS.find((known) => known === row.kind);
  const figure = (side: typeof previous) =>
    side?.position == null ? t("notRanked") : positionFigure(side.position);
  const words = { from: figure(previous), to: figure(current) };
  return (
    <>
      {previous || current ? (
        <span className="whitespace-nowrap">
          <span className="sr-only">{t("positions", words)}</span>
          <span aria-hidden="true">
            {words.from} <span className="text-faint">→</span> <span className="font-medium">{words.to}</span>
          </span>
        </span>
      ) : null}{" "}
      <span className={`text-small md:block ${kind && FALLS.includes(kind) ? "text-failed" : "text-faint"}`}>
        {kind ? t(`kinds.${kind}`) : row.kind}
      </span>
    </>
  );
}

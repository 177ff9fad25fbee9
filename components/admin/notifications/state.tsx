import { useTranslations } from "next-intl";
import { type MarkKind, StateMark } from "@/components/ui/state-mark";
import type { DeliveryRow, NotificationRow } from "@/lib/admin/notification-row";

const MARKS: Record<NotificationRow["state"] | "partly", MarkKind> = {
  pending: "queued",
  sent: "succeeded",
  partly: "late",
  failed: "failed",
  uncertain: "late",
  suppressed: "skipped",
};

/** A notification's state as shape and word. */
export function NotificationMark({ row }: { row: Pick<NotificationRow, "state" | "deliveries"> }) {
  const t = useTranslations("notifications.states");
  const missed = row.deliveries.some(({ status }) => status === "failed" || status === "uncertain");
  const state = row.state === "sent" && missed ? "partly" : row.state;
  return <StateMark kind={MARKS[state]}>{t(state)}</StateMark>;
}

/** The state of one message. */
export function DeliveryMark({ status }: { status: DeliveryRow["status"] }) {
  const t = useTranslations("notifications.states");
  if (status === "sending") return <StateMark kind="running">{t("sending")}</StateMark>;
  return <StateMark kind={MARKS[status]}>{t(status)}</StateMark>;
}

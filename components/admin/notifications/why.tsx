import { useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import type { ClosedChannel, DeliveryEnd, Explanation } from "@/lib/admin/notification-explain";
import { reasonKey } from "@/lib/admin/notification-reasons";
import type { DeliveryError } from "@/lib/admin/notification-row";
import { minuteTime } from "@/lib/i18n/time";

/** Why a notification was or was not sent, in a sentence, and below it what to do, if anything. */
export function Why({ explanation }: { explanation: Explanation }) {
  const t = useTranslations("notifications");
  return (
    <>
      <Sentence explanation={explanation} /> <Todo words={todo()} />
    </>
  );

  function todo(): string | null {
    switch (explanation.code) {
      case "no_settings":
      case "unknown_zone":
      case "no_channel":
        return t(`todo.${explanation.code}`);
      default:
        return null;
    }
  }
}

function Sentence({ explanation }: { explanation: Explanation }) {
  const t = useTranslations("notifications.why");
  const reasons = useClosedWords();
  switch (explanation.code) {
    case "suppressed_cooldown":
      return explanation.until ? t.rich("cooldown", { until: at(explanation.until) }) : t("cooldown_open");
    case "suppressed_muted":
      return t("muted");
    case "suppressed_expired":
      return t("expired");
    case "no_settings":
    case "composing":
      return t(explanation.code);
    case "unknown_zone":
      return t("unknown_zone", { timezone: explanation.timezone });
    case "no_channel":
      return t("no_channel", { reasons: reasons(explanation.closed) });
    case "due": {
      const { time, timezone, runAt } = explanation;
      return t.rich("due", { time, timezone, run: at(runAt) });
    }
    case "waits": {
      const { time, timezone, runAt, after } = explanation;
      const words = { time, timezone, run: at(runAt) };
      return after ? t.rich("waits_next", { ...words, date: after }) : t.rich("waits", words);
    }
    case "sent_unknown":
      return t.rich("sent_unknown", { at: at(explanation.at) });
    case "deliveries":
      return explanation.ends.map((end) => (
        <span key={end.channel} className="block">
          <DeliveryWhy end={end} />
        </span>
      ));
  }
}

/** What became of a digest on one channel, and what to do where it did not arrive. */
export function DeliveryWhy({ end }: { end: DeliveryEnd }) {
  const t = useTranslations("notifications");
  const reason = useReason();
  const channel = t(`channels.${end.channel}`);
  switch (end.code) {
    case "sent": {
      const key = end.report ? (`why.sent_${end.report}` as const) : "why.sent";
      const words = t.rich(key, { channel, at: at(end.at), report: at(end.reportAt ?? end.at) });
      if (end.report !== "bounced" && end.report !== "complained") return words;
      return (
        <>
          {words} <Todo words={t(`reasons.${end.report}.todo`)} />
        </>
      );
    }
    case "sending":
      return t("why.sending", { channel });
    case "next_run":
      return t.rich("why.next_run", { channel, run: at(end.runAt) });
    case "again": {
      const words = { channel, reason: reason(end.error).what, run: at(end.runAt) };
      return (
        <>
          {end.at ? t.rich("why.again", { ...words, at: at(end.at) }) : t.rich("why.again_now", words)}{" "}
          <Todo words={reason(end.error).todo} />
        </>
      );
    }
    case "failed":
    case "uncertain": {
      const { what, todo } = reason(end.error);
      return (
        <>
          {t(`why.${end.code}`, { channel, reason: what })}{" "}
          <Todo words={todo ?? (end.code === "uncertain" ? t("todo.repeats") : null)} />
        </>
      );
    }
  }
}

function Todo({ words }: { words: string | null }) {
  return words ? <span className="text-faint">{words}</span> : null;
}

/** Words for an error: known codes have them, others are shown as they are. */
export function useReason(): (error: DeliveryError | null) => { what: string; todo: string | null } {
  const t = useTranslations("notifications");
  return (error) => {
    if (!error) return { what: t("why.unknown"), todo: null };
    const key = reasonKey(error.code);
    if (key) return { what: t(`reasons.${key}.what`), todo: t(`reasons.${key}.todo`) };
    return { what: error.message ? `${error.code}, ${error.message}` : error.code, todo: null };
  };
}

function useClosedWords(): (closed: ClosedChannel[]) => string {
  const t = useTranslations("notifications");
  const zone = useTimeZone() ?? "Asia/Tokyo";
  return (closed) =>
    closed
      .map(({ channel, why, since }) =>
        t(`closed.${why}`, {
          channel: t(`channels.${channel}`),
          since: since ? minuteTime(new Date(since), zone) : "",
        }),
      )
      .join(" ");
}

/** An instant inside a sentence. */
function at(instant: string): () => ReactNode {
  return () => <Time at={instant} absolute />;
}

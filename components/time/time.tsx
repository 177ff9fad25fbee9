"use client";

import { useTimeZone, useTranslations } from "next-intl";
import { useNow } from "@/components/time/now-provider";
import { exactTime, minuteTime, relativeTime } from "@/lib/i18n/time";

interface TimeProps {
  /** ISO 8601; null shows the word for "never". */
  at: string | null;
  /** What is known of it: keeps a clock that lags a little from calling the past "in a moment". */
  tense?: "past" | "future";
  /** Say the instant itself even when it is near. */
  absolute?: boolean;
  /** Without a tooltip of its own, for use inside a link or a button. */
  plain?: boolean;
}

/** An instant: relative up to a day, absolute with its zone after; exact on hover, focus and tap. */
export function Time({ at, tense, absolute = false, plain = false }: TimeProps) {
  const t = useTranslations("common.time");
  const zone = useTimeZone() ?? "Asia/Tokyo";
  const now = useNow();
  if (at === null) return <span className="text-faint">{t("never")}</span>;

  const date = new Date(at);
  const shown = relativeTime(date, nowFor(date, now, tense));
  const exact = exactTime(date, zone);
  const text = absolute || shown.kind === "absolute" ? minuteTime(date, zone) : wordsOf(shown);
  if (plain) return <time dateTime={at}>{text}</time>;
  return (
    <button
      type="button"
      data-tip={exact}
      className="cursor-default whitespace-nowrap rounded-xs text-left [font:inherit] decoration-line-strong decoration-dotted underline-offset-[0.3em] hover:underline"
    >
      <time dateTime={at}>{text}</time>
      {text === exact ? null : <span className="sr-only"> ({exact})</span>}
    </button>
  );

  function wordsOf(relative: ReturnType<typeof relativeTime>): string {
    return "count" in relative
      ? t(relative.kind, { count: relative.count })
      : t(relative.kind === "soon" ? "soon" : "now");
  }
}

function nowFor(date: Date, now: number, tense: TimeProps["tense"]): Date {
  const at = date.getTime();
  if (tense === "past") return new Date(Math.max(now, at));
  if (tense === "future") return new Date(Math.min(now, at - 1));
  return new Date(now);
}

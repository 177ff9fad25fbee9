"use client";

import Link from "next/link";
import { useTimeZone, useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { useDuration } from "@/components/time/use-duration";
import { countStrip, type StripRun, type StripSlot } from "@/lib/admin/run-strip";
import { exactTime } from "@/lib/i18n/time";

const SLOTS = 30;
const BAR = 5;
const PITCH = 7;
const HEIGHT = 26;
const WIDTH = SLOTS * PITCH;

const FILLS: Record<StripRun["status"], string> = {
  succeeded: "var(--succeeded)",
  failed: "var(--failed)",
  lost: "var(--failed)",
  running: "var(--accent)",
  skipped: "var(--skipped)",
  queued: "var(--skipped)",
  canceled: "var(--skipped)",
};

/**
 * A job's last runs: height is duration, colour outcome, and a failed bar also stands on a notch. A gap
 * is a scheduled run nobody did. One stop of the tab key; arrows go from run to run, Enter opens it.
 */
export function RunStrip({ job, slots: all }: { job: string; slots: StripSlot[] }) {
  const t = useTranslations("runs.strip");
  const describe = useDescription();
  const list = useRef<HTMLUListElement>(null);
  const slots = all.slice(-SLOTS);
  const [chosen, setChosen] = useState<number | null>(null);
  const current = Math.min(chosen ?? slots.length - 1, slots.length - 1);
  if (slots.length === 0)
    return <span className="text-small text-faint">{t("summary", countStrip(slots))}</span>;

  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = Math.min(Math.max(current + step, 0), slots.length - 1);
    setChosen(next);
    const bar = list.current?.children[next]?.firstElementChild;
    if (bar instanceof HTMLElement) bar.focus();
  };

  return (
    <ul
      ref={list}
      aria-label={`${t("label", { job })}: ${t("summary", countStrip(slots))}`}
      className="flex items-end border-b border-line"
      style={{ width: WIDTH, height: HEIGHT }}
      onKeyDown={move}
    >
      {slots.map((slot, index) => {
        const bar = {
          "aria-label": describe(slot),
          "data-tip": describe(slot),
          tabIndex: index === current ? 0 : -1,
          onFocus: () => setChosen(index),
          className: "flex h-full w-full items-end justify-center rounded-xs hover:bg-line",
        };
        return (
          <li key={slot.kind === "run" ? slot.id : `gap ${slot.before}`} className="h-full w-[7px]">
            {slot.kind === "run" ? (
              <Link href={`/admin/runs/${slot.id}`} prefetch={false} {...bar}>
                <Bar slot={slot} />
              </Link>
            ) : (
              <button type="button" {...bar}>
                <Bar slot={slot} />
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Bar({ slot }: { slot: StripSlot }) {
  if (slot.kind === "gap") {
    return <span className="block h-full w-px border-l border-dotted border-line-strong" />;
  }
  const failed = slot.status === "failed" || slot.status === "lost";
  const hollow = slot.status === "skipped" || slot.status === "queued" || slot.status === "canceled";
  return (
    <span
      className={`block ${slot.status === "running" ? "motion-safe:animate-[breathe_1.6s_ease-in-out_infinite]" : ""}`}
      style={{
        width: BAR,
        height: `${Math.round(slot.height * 100)}%`,
        background: hollow ? "transparent" : FILLS[slot.status],
        border: hollow ? `1px solid ${FILLS[slot.status]}` : undefined,
        clipPath: failed
          ? "polygon(0 0, 100% 0, 100% calc(100% - 5px), 0 calc(100% - 5px), 0 calc(100% - 3px), 100% calc(100% - 3px), 100% 100%, 0 100%)"
          : undefined,
        minHeight: failed ? 9 : 2,
      }}
    />
  );
}

/** Words for a slot: outcome, exact start with its zone, duration. */
function useDescription(): (slot: StripSlot) => string {
  const t = useTranslations();
  const duration = useDuration();
  const zone = useTimeZone() ?? "Asia/Tokyo";
  return (slot) => {
    if (slot.kind === "gap") {
      return slot.before === null
        ? t("runs.strip.gapOpen", { count: slot.missed })
        : t("runs.strip.gap", { count: slot.missed, at: exactTime(new Date(slot.before), zone) });
    }
    const at = slot.startedAt ? exactTime(new Date(slot.startedAt), zone) : t("runs.notYet");
    if (slot.status === "running") return t("runs.strip.running", { at });
    const state = t(`states.${slot.status}`);
    if (slot.durationMs === null) return `${state}, ${at}`;
    return t("runs.strip.run", { state, at, duration: duration(slot.durationMs) });
  };
}

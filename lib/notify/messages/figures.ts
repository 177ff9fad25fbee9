import { minuteTime } from "@/lib/i18n/time";

/**
 * A position as figures: `12`, or for an average `12.4`. Two decimals where one would round to a whole
 * number: 10.04 is not 10, and has left the top 10.
 */
export function positionFigure(position: number): string {
  if (Number.isInteger(position)) return String(position);
  const short = position.toFixed(1);
  return short.endsWith(".0") ? position.toFixed(2) : short;
}

/** Places between two positions as they are shown, as figures; null where one of them is not known. */
export function placesBetween(from: number | null, to: number | null): string | null {
  if (from === null || to === null) return null;
  const places = Math.abs(Number(positionFigure(to)) - Number(positionFigure(from)));
  return String(Math.round(places * 100) / 100);
}

/** `2026-11-22 09:00 JST (Asia/Tokyo)`: an instant (ISO 8601) on the clocks of a zone, which it names. */
export function zonedTime(instant: string, zone: string): string {
  const time = minuteTime(new Date(instant), zone);
  return time.endsWith(` ${zone}`) ? time : `${time} (${zone})`;
}

/** Month and day of a date (`YYYY-MM-DD`), from 1. */
export function monthAndDay(date: string): { month: number; day: number } {
  const [, month = 1, day = 1] = date.split("-").map(Number);
  return { month, day };
}

/**
 * Times as the interface says them. Built from figures rather than from a locale's own formats, so
 * that server and browser print the same text whatever data their ICU has.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How to say an instant: relative up to a day, absolute after. */
export type RelativeTime =
  | { kind: "now" | "soon" | "absolute" }
  | { kind: "agoMinutes" | "agoHours" | "inMinutes" | "inHours"; count: number };

/** Where an instant lies from now; whole minutes below an hour, whole hours below a day. */
export function relativeTime(at: Date, now: Date): RelativeTime {
  const distance = at.getTime() - now.getTime();
  const size = Math.abs(distance);
  if (size >= DAY) return { kind: "absolute" };
  const ahead = distance > 0;
  if (size < MINUTE) return { kind: ahead ? "soon" : "now" };
  if (size < HOUR)
    return { kind: ahead ? "inMinutes" : "agoMinutes", count: wholeUnits(size, MINUTE, ahead) };
  return { kind: ahead ? "inHours" : "agoHours", count: wholeUnits(size, HOUR, ahead) };
}

/** What is past is rounded down; what is ahead to the nearest, so that "in 5 min" does not flicker to 4 at once. */
function wholeUnits(size: number, unit: number, ahead: boolean): number {
  return ahead ? Math.max(1, Math.round(size / unit)) : Math.floor(size / unit);
}

/** `2026-11-22 22:00:05 JST`: an instant on the clocks of a zone, to the second. */
export function exactTime(at: Date, zone: string): string {
  const { date, time, seconds } = wallClock(at, zone);
  return `${date} ${time}:${seconds} ${zoneLabel(zone, at)}`;
}

/** `2026-11-22 22:00 JST`: to the minute. */
export function minuteTime(at: Date, zone: string): string {
  const { date, time } = wallClock(at, zone);
  return `${date} ${time} ${zoneLabel(zone, at)}`;
}

/** `22:00`: the time of day on the clocks of a zone, for axes whose title names the zone. */
export function clockTime(at: Date, zone: string): string {
  return wallClock(at, zone).time;
}

/** `11-22`: the day on the calendar of a zone, for axes whose title names the zone. */
export function monthDay(at: Date, zone: string): string {
  return wallClock(at, zone).date.slice(5);
}

/** `JST`, `UTC`, or for other zones the offset in force at that instant, as `UTC+1` or `UTC-3:30`. */
export function zoneLabel(zone: string, at: Date): string {
  if (zone === "Asia/Tokyo") return "JST";
  if (zone === "UTC") return "UTC";
  const name = partsOf(at, zone, { timeZoneName: "longOffset" }).timeZoneName ?? "GMT";
  const offset = /^GMT([+-])(\d{2}):(\d{2})$/.exec(name);
  if (!offset) return "UTC";
  const [, sign, hours, minutes] = offset;
  return `UTC${sign}${Number(hours)}${minutes === "00" ? "" : `:${minutes}`}`;
}

/** A length of time in the unit that reads best. */
export type Duration =
  | { kind: "ms" | "s"; count: string }
  | { kind: "min"; minutes: number; seconds: number }
  | { kind: "h"; hours: number; minutes: number };

/** Milliseconds below a second, then seconds (one decimal below ten), minutes, hours. */
export function durationOf(ms: number): Duration {
  if (ms < 1_000) return { kind: "ms", count: String(Math.round(ms)) };
  if (ms < 9_950) return { kind: "s", count: (ms / 1_000).toFixed(1) };
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return { kind: "s", count: String(seconds) };
  if (seconds < 3_600) return { kind: "min", minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
  return { kind: "h", hours: Math.floor(seconds / 3_600), minutes: Math.floor((seconds % 3_600) / 60) };
}

function wallClock(at: Date, zone: string): { date: string; time: string; seconds: string } {
  const part = partsOf(at, zone, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  return {
    date: `${part.year}-${part.month}-${part.day}`,
    time: `${part.hour}:${part.minute}`,
    seconds: part.second ?? "00",
  };
}

function partsOf(at: Date, zone: string, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const parts = formatter(zone, options).formatToParts(at);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Formatters are costly to make and a page shows hundreds of times. */
function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${Object.keys(options).join()}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone, calendar: "gregory" });
    formatters.set(key, found);
  }
  return found;
}

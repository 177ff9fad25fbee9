import { Temporal } from "temporal-polyfill";

const JST = "Asia/Tokyo";

function inJst(instant: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(JST);
}

/** The business day (`YYYY-MM-DD`) in Japan at an instant. */
export function jstDate(instant: Date): string {
  return inJst(instant).toPlainDate().toString();
}

/** A business day moved by whole days: `addDays("2026-11-22", -1)` is `"2026-11-21"`. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The instant of a wall-clock time (`HH:MM`) in Japan on a business day. */
export function jstInstant(date: string, time: string): Date {
  const zoned = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: JST, plainTime: time });
  return new Date(zoned.epochMilliseconds);
}

/** The first instant strictly after `after` at which clocks in Japan show `time` (`HH:MM`). */
export function nextJstTime(after: Date, time: string): Date {
  const today = jstInstant(jstDate(after), time);
  return today > after ? today : jstInstant(addDays(jstDate(after), 1), time);
}

/** Whether a name is an IANA time zone this runtime knows, e.g. `Asia/Tokyo`. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/** The date (`YYYY-MM-DD`) that calendars in a zone show at an instant. @throws RangeError for an unknown zone */
export function zonedDate(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/**
 * The instant at which clocks in a zone show a time (`HH:MM`) on a date. A time that occurs twice is its first
 * occurrence; one that is skipped is moved past the gap (RFC 5545, Temporal's "compatible").
 */
export function zonedInstant(date: string, time: string, timeZone: string): Date {
  const zoned = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: time });
  return new Date(zoned.epochMilliseconds);
}

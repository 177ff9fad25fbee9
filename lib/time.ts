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

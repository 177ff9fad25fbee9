import { addDays, isTimeZone, zonedDate, zonedInstant } from "@/lib/time";

/** When a user wants digests, and for which of their local dates they already have one. */
export interface DigestSchedule {
  timezone: string;
  /** `HH:MM` on the user's own clocks. */
  notificationTime: string;
  digestedDates: string[];
}

export type DigestPlan =
  | { status: "due"; localDate: string; dueAt: Date }
  /** Not yet: `at` is the instant from which the next hourly run will take it. */
  | { status: "later"; at: Date }
  | { status: "invalid_timezone" };

/**
 * How long after its time a digest of the day before is still sent. A run at the full hour meets 23:30 only
 * after midnight, and one run may be missed; later than this it would only wake people up.
 */
const CATCH_UP_MS = 3 * 3_600_000;

/**
 * Whether a user's digest is due at an instant: their clocks have reached the notification time, and the
 * local date has no digest yet (seed 003, ステップ2: 通知時刻に達している場合). Works on instants throughout, so that
 * skipped and repeated hours need no special case.
 */
export function planDigest(schedule: DigestSchedule, now: Date): DigestPlan {
  const { timezone, notificationTime, digestedDates } = schedule;
  if (!isTimeZone(timezone)) return { status: "invalid_timezone" };
  const today = zonedDate(now, timezone);
  const timeOn = (date: string) => zonedInstant(date, notificationTime, timezone);

  const yesterday = addDays(today, -1);
  const sinceYesterdays = now.getTime() - timeOn(yesterday).getTime();
  const candidates = sinceYesterdays <= CATCH_UP_MS && now < timeOn(today) ? [yesterday, today] : [today];
  for (const localDate of candidates) {
    const dueAt = timeOn(localDate);
    if (dueAt <= now && !digestedDates.includes(localDate)) return { status: "due", localDate, dueAt };
  }
  const ahead = [today, addDays(today, 1), addDays(today, 2)].find(
    (date) => timeOn(date) > now && !digestedDates.includes(date),
  );
  return { status: "later", at: timeOn(ahead ?? addDays(today, 2)) };
}

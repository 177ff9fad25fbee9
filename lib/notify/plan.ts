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
  const wanted = (date: string) => !digestedDates.includes(date);

  const todays = timeOn(today);
  if (todays <= now) {
    if (wanted(today)) return { status: "due", localDate: today, dueAt: todays };
    const tomorrow = addDays(today, 1);
    return { status: "later", at: timeOn(wanted(tomorrow) ? tomorrow : addDays(today, 2)) };
  }
  const yesterday = addDays(today, -1);
  const yesterdays = timeOn(yesterday);
  if (wanted(yesterday) && now.getTime() - yesterdays.getTime() <= CATCH_UP_MS) {
    return { status: "due", localDate: yesterday, dueAt: yesterdays };
  }
  return { status: "later", at: wanted(today) ? todays : timeOn(addDays(today, 1)) };
}

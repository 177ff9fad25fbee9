import { Cron } from "croner";

/** The latest instant at or before `now` at which a UTC cron expression fires; null if it never has. */
export function previousOccurrence(schedule: string, now: Date): Date | null {
  // croner looks strictly before its reference and in whole seconds: ask from the next second.
  const reference = new Date(Math.floor(now.getTime() / 1000) * 1000 + 1000);
  return cron(schedule).previousRuns(1, reference)[0] ?? null;
}

/** The first instant strictly after `now` at which a UTC cron expression fires. */
export function nextOccurrence(schedule: string, now: Date): Date | null {
  return cron(schedule).nextRun(now);
}

function cron(schedule: string): Cron {
  return new Cron(schedule, { timezone: "UTC", paused: true, mode: "5-part" });
}

import { nextOccurrence } from "@/lib/engine/schedule";
import { planDigest } from "@/lib/notify/plan";
import { isTimeZone } from "@/lib/time";

/** What decides whether and when a digest goes out to somebody. */
export interface DigestReceiver {
  timezone: string;
  /** `HH:MM` on their own clocks. */
  notificationTime: string;
  /** Their latest local dates that have a digest already. */
  digestedDates: string[];
  email: EmailState;
  slack: boolean;
}

/** Whether e-mail reaches somebody: why not, if not. */
export type EmailState = "on" | "none" | "off" | "bounced" | "complained" | "unsubscribed";

/** When the next digest would go out: with which hourly run, and by which local time it was due. */
export type NextDigest =
  | { kind: "invalid_timezone" }
  | { kind: "nowhere" }
  | { kind: "at"; at: string; overdue: boolean };

/** The hourly run that takes somebody's next digest, if there is anything to tell by then. */
export function nextDigest(receiver: DigestReceiver, schedule: string, now: Date): NextDigest {
  if (!isTimeZone(receiver.timezone)) return { kind: "invalid_timezone" };
  if (receiver.email !== "on" && !receiver.slack) return { kind: "nowhere" };
  const plan = planDigest(receiver, now);
  if (plan.status === "invalid_timezone") return { kind: "invalid_timezone" };
  // A run at the very instant takes it as well, so the search begins just before it.
  const from = plan.status === "due" ? now : new Date(plan.at.getTime() - 1);
  const tick = nextOccurrence(schedule, from) ?? from;
  return { kind: "at", at: tick.toISOString(), overdue: plan.status === "due" };
}

/** Whether e-mail reaches somebody, from the columns of their settings. */
export function emailState(settings: {
  email: string | null;
  email_enabled: boolean;
  email_disabled_reason: string | null;
}): EmailState {
  if (!settings.email) return "none";
  const reason = settings.email_disabled_reason;
  if (reason === "bounced" || reason === "complained" || reason === "unsubscribed") return reason;
  return settings.email_enabled ? "on" : "off";
}

import { randomUUID } from "node:crypto";
import type { AnyJob, Trigger } from "@/lib/engine/define-job";
import { previousOccurrence } from "@/lib/engine/schedule";

export interface Occurrence {
  occurrence: string;
  scheduledFor: Date | null;
}

/**
 * The ledger key of a scheduled call: the latest instant at which the job should have run. Every
 * duplicate, late or retried delivery of the same cron tick thus names the same occurrence.
 */
export function scheduledOccurrence(job: AnyJob, now: Date): Occurrence | null {
  const due = job.schedule ? previousOccurrence(job.schedule, now) : null;
  return due && { occurrence: due.toISOString(), scheduledFor: due };
}

/** A key of its own for a run that somebody asked for. */
export function requestedOccurrence(trigger: Trigger, now: Date): Occurrence {
  return { occurrence: `${trigger}:${now.toISOString()}:${randomUUID().slice(0, 8)}`, scheduledFor: null };
}

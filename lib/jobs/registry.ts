import type { AnyJob } from "@/lib/engine/define-job";
import { checkPushReceipts } from "@/lib/jobs/check-push-receipts";
import { checkRank } from "@/lib/jobs/check-rank";
import { deliverEvents } from "@/lib/jobs/deliver-events";
import { finalizeRanking } from "@/lib/jobs/finalize-ranking";
import { refreshTrending } from "@/lib/jobs/refresh-trending";
import { sendNotifications } from "@/lib/jobs/send-notifications";
import { sweepOf } from "@/lib/jobs/sweep";

const jobs: AnyJob[] = [
  finalizeRanking,
  deliverEvents,
  checkPushReceipts,
  checkRank,
  sendNotifications,
  refreshTrending,
];

export const sweep = sweepOf(jobs);

/** Every job, in the order an operator reads them. */
export const registry: AnyJob[] = [...jobs, sweep];

/** The job of that name, or undefined. */
export function findJob(name: string): AnyJob | undefined {
  return registry.find((job) => job.name === name);
}

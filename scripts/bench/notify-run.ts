import { runJob } from "@/lib/engine/run-job";
import { sendNotifications } from "@/lib/jobs/send-notifications";
import { appContext } from "@/lib/platform/context";
import { rootLog } from "@/lib/platform/log";

/** What one run of send-notifications cost: answered to the bench. */
export interface NotifyRun {
  ms: number;
  counts: Record<string, number>;
  /** Processor time of this process, user and system. */
  cpuMs: number;
  maxRssMb: number;
}

/** One run in a process of its own, so that its memory and processor time are its own. */
rootLog.level = "silent";
const startedAt = performance.now();
const before = process.cpuUsage();
const report = await runJob(sendNotifications, appContext(), {
  trigger: "manual",
  occurrence: `bench:${new Date().toISOString()}`,
});
if (report.status !== "succeeded") throw new Error(JSON.stringify(report));
const cpu = process.cpuUsage(before);
process.send?.({
  ms: performance.now() - startedAt,
  counts: report.result.counts,
  cpuMs: (cpu.user + cpu.system) / 1000,
  maxRssMb: process.resourceUsage().maxRSS / 1024,
} satisfies NotifyRun);
process.disconnect();

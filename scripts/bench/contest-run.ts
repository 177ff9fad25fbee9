import { runJob } from "@/lib/engine/run-job";
import { finalizeRanking } from "@/lib/jobs/finalize-ranking";
import { appContext } from "@/lib/platform/context";
import { rootLog } from "@/lib/platform/log";

/** What one finalization cost: answered to the bench for each theme id it sends. */
export interface Run {
  ms: number;
  maxRssMb: number;
}

/** Finalizes the themes it is told of, in a process of its own, so that its memory is its own. */
rootLog.level = "silent";
const ctx = appContext();
process.on("message", async (themeId: string) => {
  const startedAt = performance.now();
  const report = await runJob(finalizeRanking, ctx, {
    trigger: "manual",
    occurrence: `bench:${themeId}`,
    input: { theme_id: themeId },
  });
  const ms = performance.now() - startedAt;
  if (report.status !== "succeeded") throw new Error(JSON.stringify(report));
  process.send?.({ ms, maxRssMb: process.resourceUsage().maxRSS / 1024 } satisfies Run);
});

import { runJob } from "@/lib/engine/run-job";
import { finalizeRanking } from "@/lib/jobs/finalize-ranking";
import { appContext } from "@/lib/platform/context";
import { rootLog } from "@/lib/platform/log";

/** One finalization per theme id given, in a process of its own, so that its memory is its own. */
rootLog.level = "silent";
const ctx = appContext();
for (const themeId of process.argv.slice(2)) {
  const startedAt = performance.now();
  const report = await runJob(finalizeRanking, ctx, {
    trigger: "manual",
    occurrence: `bench:${themeId}`,
    input: { theme_id: themeId },
  });
  const ms = performance.now() - startedAt;
  if (report.status !== "succeeded") throw new Error(JSON.stringify(report));
  process.send?.({ themeId, ms, maxRssMb: process.resourceUsage().maxRSS / 1024 });
}
process.disconnect?.();

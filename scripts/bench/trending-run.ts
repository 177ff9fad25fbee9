import { runJob } from "@/lib/engine/run-job";
import { refreshTrending, refreshTrendingInput } from "@/lib/jobs/refresh-trending";
import { appContext } from "@/lib/platform/context";
import { rootLog } from "@/lib/platform/log";
import { readTopics } from "@/lib/trending/store";

/** What the bench asks of the job's process: a run of the job at an instant, or a read as the API does it. */
export type Ask = { run: { now: string; input?: Record<string, unknown> } } | { read: true };

export interface Answer {
  ms: number;
  outcome: string;
  counts: Record<string, number>;
  maxRssMb: number;
}

/** The job in a process of its own, so that its memory is its own. */
rootLog.level = "silent";
const ctx = appContext();
let asked = 0;
process.on("message", async (ask: Ask) => {
  const startedAt = performance.now();
  const { outcome, counts } = "run" in ask ? await run(ask.run) : await read();
  const ms = performance.now() - startedAt;
  process.send?.({
    ms,
    outcome,
    counts,
    maxRssMb: process.resourceUsage().maxRSS / 1024,
  } satisfies Answer);
});

async function run({ now, input = {} }: { now: string; input?: Record<string, unknown> }) {
  asked += 1;
  const report = await runJob(
    refreshTrending,
    { ...ctx, now: () => new Date(now) },
    {
      trigger: "manual",
      occurrence: `bench:${process.pid}:${asked}`,
      input: refreshTrendingInput.parse(input),
    },
  );
  if (report.status !== "succeeded") throw new Error(JSON.stringify(report));
  return report.result;
}

async function read() {
  const weights = {
    posts: 0.6,
    uniqueAuthors: 0.3,
    boosts: 0.1,
    replies: 0,
    bookmarks: 0,
    participantDelta: 0,
  };
  const topics = await readTopics(ctx.db, { window: "24h", weights, limit: 50 });
  return { outcome: "read", counts: { topics: topics.length } };
}

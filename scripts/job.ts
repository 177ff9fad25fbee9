import { existsSync } from "node:fs";
import { flush, init } from "@sentry/node";
import { requestedOccurrence } from "@/lib/engine/occurrence";
import { runJob } from "@/lib/engine/run-job";
import { appContext } from "@/lib/platform/context";
import { ConfigurationError } from "@/lib/platform/env";
import { failureOf } from "@/lib/platform/failure";
import { logTo } from "@/lib/platform/log";
import { readCall, readInput, usage } from "./job-flags";
import { progressView } from "./job-progress";
import { envFromStackFile, readStackFile } from "./local/stack-env";

/** Runs one job by hand, e.g. from GitHub Actions. The log goes to stdout as JSON, the result last. */
async function main(argv: string[]): Promise<number> {
  const call = readCall(argv);
  if (call.kind === "help") {
    console.log(usage(call.job));
    return 0;
  }
  if (call.kind === "wrong") return refuse(`${call.message}\n${usage(call.job)}`);
  const { job } = call;
  loadEnvironment(call.env);
  const read = readInput(job, call.json, call.flags);
  if ("message" in read) return refuse(`${read.message}\n${usage(job)}`);
  const { input } = read;
  if (process.env.SENTRY_DSN)
    init({ dsn: process.env.SENTRY_DSN, environment: call.env, tracesSampleRate: 0 });
  const progress = progressView(job.name, process.stderr);
  // Through the same stream as the report, which must come last; above the bar where they share a terminal.
  const log = logTo({ write: (line) => progress.around(() => process.stdout.write(line)) });
  const ctx = { ...appContext(), log };
  if (call.dryRun) {
    if (!job.dryRun) return refuse(`${job.name} has no dry run`);
    console.log(JSON.stringify({ job: job.name, dry_run: await job.dryRun({ ...ctx, input }) }, null, 2));
    return 0;
  }
  const report = await runJob(job, ctx, {
    trigger: "cli",
    input,
    signal: stopSignal(),
    timeoutSeconds: null,
    onProgress: progress.show,
    ...requestedOccurrence("cli", ctx.now()),
  }).finally(progress.stop);
  if (report.status === "succeeded") await job.afterwards?.(ctx);
  await flush(5_000);
  console.log(JSON.stringify(report, null, 2));
  return report.status === "failed" ? 1 : 0;
}

function refuse(message: string): number {
  console.error(message);
  return 2;
}

/** Settings come from the environment, then `.env.<env>`; for dev also from a running `npm run dev`. */
function loadEnvironment(env: "dev" | "prod"): void {
  if (existsSync(`.env.${env}`)) process.loadEnvFile(`.env.${env}`);
  const stackFile = `${process.env.BANZUKE_DATA_DIR ?? ".local"}/stack.json`;
  if (env === "dev" && !process.env.NEXT_PUBLIC_SUPABASE_URL && existsSync(stackFile)) {
    Object.assign(process.env, envFromStackFile(readStackFile(stackFile)));
  }
  process.env.BANZUKE_ENV = env;
}

/** Ctrl-C or a runner's SIGTERM ends the run as failed, so that its lease does not have to expire. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort(new Error("the run was interrupted"));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return controller.signal;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { code, message } = failureOf(error);
  console.error(`${code}: ${message}`);
  process.exitCode = error instanceof ConfigurationError ? 2 : 1;
}

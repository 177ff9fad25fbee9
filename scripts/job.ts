import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { flush, init } from "@sentry/node";
import type { AnyJob } from "@/lib/engine/define-job";
import { requestedOccurrence } from "@/lib/engine/occurrence";
import { runJob } from "@/lib/engine/run-job";
import { findJob, registry } from "@/lib/jobs/registry";
import { appContext } from "@/lib/platform/context";
import { ConfigurationError } from "@/lib/platform/env";
import { failureOf } from "@/lib/platform/failure";
import { envFromStackFile, readStackFile } from "./local/stack-env";

const USAGE = `usage: npm run job -- <name> [--env dev|prod] [--input '{"json": true}'] [--dry-run]
jobs:  ${registry.map((job) => job.name).join(", ")}
exit:  0 succeeded or nothing to do · 1 failed · 2 bad arguments or configuration`;

/** Runs one job by hand, e.g. from GitHub Actions. The log goes to stdout as JSON, the result last. */
async function main(argv: string[]): Promise<number> {
  const call = parseCall(argv);
  if ("usageError" in call) {
    console.error(call.usageError ? `${call.usageError}\n${USAGE}` : USAGE);
    return call.usageError ? 2 : 0;
  }
  loadEnvironment(call.env);
  if (process.env.SENTRY_DSN)
    init({ dsn: process.env.SENTRY_DSN, environment: call.env, tracesSampleRate: 0 });
  const { job, input } = call;
  const ctx = appContext();
  if (call.dryRun) {
    if (!job.dryRun) {
      console.error(`${job.name} has no dry run`);
      return 2;
    }
    console.log(JSON.stringify({ job: job.name, dry_run: await job.dryRun({ ...ctx, input }) }, null, 2));
    return 0;
  }
  const report = await runJob(job, ctx, {
    trigger: "cli",
    input,
    signal: stopSignal(),
    ...requestedOccurrence("cli", ctx.now()),
  });
  if (report.status === "succeeded") await job.afterwards?.(ctx);
  await flush(5_000);
  console.log(JSON.stringify(report, null, 2));
  return report.status === "failed" ? 1 : 0;
}

interface Call {
  job: AnyJob;
  env: "dev" | "prod";
  input: unknown;
  dryRun: boolean;
}

function parseCall(argv: string[]): Call | { usageError: string } {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    return { usageError: (error as Error).message };
  }
  const { values, positionals } = parsed;
  if (values.help) return { usageError: "" };
  const [name, ...rest] = positionals;
  if (!name) return { usageError: "which job?" };
  if (rest.length > 0) return { usageError: `unexpected: ${rest.join(" ")}` };
  const job = findJob(name);
  if (!job) return { usageError: `there is no job called ${name}` };
  if (values.env !== "dev" && values.env !== "prod") return { usageError: "--env is dev or prod" };
  let json: unknown;
  try {
    json = JSON.parse(values.input);
  } catch {
    return { usageError: "--input is not valid JSON" };
  }
  const input = job.input.safeParse(json);
  if (!input.success) {
    const issues = input.error.issues.map((issue) => `${issue.path.join(".") || "input"}: ${issue.message}`);
    return { usageError: `--input ${issues.join("; ")}` };
  }
  return { job, env: values.env, input: input.data, dryRun: values["dry-run"] };
}

function parse(argv: string[]) {
  return parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      env: { type: "string", default: "dev" },
      input: { type: "string", default: "{}" },
      "dry-run": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
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

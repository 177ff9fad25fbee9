import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { progressLine, readyScreen } from "./dev-screen";
import { messageOf, StackError } from "./errors";
import { resetStack } from "./reset";
import { type Stack, startStack } from "./stack";
import { fixedPorts } from "./stack-ports";

const USAGE = `npm run dev [-- options]
  --port <n>    port of the app (default 3000, or PORT)
  --reset       delete the data of earlier starts first
  --no-ticker   do not call the cron routes on schedule
  --no-app      everything but Next

Environment: BANZUKE_DATA_DIR (.local), BANZUKE_PORT_BASE (54300: Supabase on 54321, PostgreSQL on 54322, …),
BANZUKE_REDIS (auto, redis or memory), DATABASE_URL and REDIS_URL to use servers that run already.
`;

/** Runs the whole stack until Ctrl-C. Returns the exit code: 0 when asked to stop, 1 when something failed, 2 for bad arguments. */
export async function runDev(args: string[]): Promise<number> {
  const flags = readFlags(args);
  if (!flags) return 2;
  if (flags.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const ending = new AbortController();
  let failure: string | undefined;
  // SIGHUP: the terminal was closed. A second Ctrl-C changes nothing: stopping is under way and has its time limits.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => ending.abort());

  const startedAt = performance.now();
  const progress = progressLine(process.stdout);
  const dataDir = resolve(process.env.BANZUKE_DATA_DIR ?? ".local");
  let stack: Stack;
  try {
    if (flags.reset) await resetStack(dataDir);
    stack = await startStack({
      dataDir,
      ports: await fixedPorts({ ...process.env, ...(flags.port !== undefined && { PORT: flags.port }) }),
      app: flags.app ? "dev" : "none",
      ticker: flags.ticker,
      demo: true,
      durable: true,
      redisEngine: redisEngine(process.env.BANZUKE_REDIS),
      databaseUrl: process.env.DATABASE_URL,
      redisUrl: process.env.REDIS_URL,
      signal: ending.signal,
      onProgress: progress.step,
      onFailure: (name, logFile) => {
        if (ending.signal.aborted) return;
        failure = `${name} ended unexpectedly, so everything was stopped: see ${logFile}`;
        ending.abort();
      },
    });
  } catch (error) {
    progress.end();
    if (ending.signal.aborted && !failure) return 0;
    console.error(failure ?? (error instanceof StackError ? error.message : error));
    return 1;
  }
  if (stack.app) await fetch(stack.file.app, { signal: ending.signal }).catch(() => undefined);
  progress.end();
  if (!ending.signal.aborted) {
    process.stdout.write(
      readyScreen(stack.file, dataDir, (performance.now() - startedAt) / 1000, new Date()),
    );
    await aborted(ending.signal);
  }
  process.stdout.write("\n  Stopping …\n");
  await stack.stop();
  if (failure) console.error(failure);
  return failure ? 1 : 0;
}

function readFlags(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      allowNegative: true,
      options: {
        port: { type: "string" },
        reset: { type: "boolean", default: false },
        ticker: { type: "boolean", default: true },
        app: { type: "boolean", default: true },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values;
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${USAGE}`);
    return undefined;
  }
}

function redisEngine(setting: string | undefined): "auto" | "redis" | "memory" {
  if (!setting || setting === "auto") return "auto";
  if (setting === "redis" || setting === "memory") return setting;
  throw new StackError(`BANZUKE_REDIS must be auto, redis or memory, not "${setting}".`);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

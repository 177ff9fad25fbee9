import { type ChildProcess, fork } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { StackError } from "./errors";
import { exitOf, sendSignal } from "./processes";

export type AppOptions = {
  mode: "dev" | "start";
  projectDir: string;
  url: string;
  env: Record<string, string>;
  logFile: string;
  /** Told of every process started: Next itself leads a group of its own. */
  onProcess(name: string, pid: number): void;
  /** Told when Next ends though nobody asked it to. */
  onUnexpectedExit(): void;
};

/** A Next.js server. */
export type App = {
  url: string;
  /** Starts it if need be and resolves when it answers. */
  start(): Promise<void>;
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** SIGKILL to the whole process tree. */
  kill(): Promise<void>;
};

const READY_TIMEOUT_MS = 180_000;
const Started = z.object({ pid: z.int().positive() });

/** A handle on a Next that is not started yet. `start` throws a StackError when it ends before it answers. */
export function createApp(options: AppOptions): App {
  let running: { runner: ChildProcess; group: number } | undefined;
  const start = async () => {
    if (running) return;
    const started = await launch(options);
    running = started;
    started.runner.once("exit", () => {
      sendSignal(-started.group, "SIGKILL");
      if (running !== started) return;
      running = undefined;
      options.onUnexpectedExit();
    });
    await untilItAnswers(options, started.runner);
  };
  const end = async (signalTo: (app: { runner: ChildProcess; group: number }) => void) => {
    const ending = running;
    running = undefined;
    if (!ending) return;
    signalTo(ending);
    await exitOf(ending.runner);
    sendSignal(-ending.group, "SIGKILL");
  };
  const stop = () => end(({ runner }) => runner.kill("SIGTERM"));
  const kill = () => end(({ group }) => sendSignal(-group, "SIGKILL"));
  return {
    url: options.url,
    start,
    stop,
    kill,
    restart: async () => {
      await stop();
      await start();
    },
  };
}

async function launch(options: AppOptions): Promise<{ runner: ChildProcess; group: number }> {
  if (options.mode === "start" && !existsSync(join(options.projectDir, ".next", "BUILD_ID"))) {
    throw new StackError("There is no production build to start: run next build first.");
  }
  const next = fileURLToPath(import.meta.resolve("next/dist/bin/next"));
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, "a", 0o600);
  const args = [next, options.mode, "--port", new URL(options.url).port];
  const runner = fork(fileURLToPath(new URL("./app-runner.ts", import.meta.url)), [JSON.stringify(args)], {
    cwd: options.projectDir,
    env: { ...process.env, ...options.env },
    execArgv: [],
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const { pid } = await new Promise<z.infer<typeof Started>>((resolve, reject) => {
    runner.once("error", reject);
    runner.once("exit", () => reject(new StackError(`Next did not start: see ${options.logFile}`)));
    runner.once("message", (message) => resolve(Started.parse(message)));
  });
  options.onProcess("Next runner", runner.pid ?? 0);
  options.onProcess("Next", pid);
  return { runner, group: pid };
}

/** Any answer will do: the first one compiles the page, so it may take a while. */
async function untilItAnswers({ url, logFile }: AppOptions, runner: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (runner.exitCode !== null || runner.signalCode !== null) {
      throw new StackError(`Next ended before it answered: see ${logFile}`);
    }
    const answered = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(READY_TIMEOUT_MS) }).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new StackError(`Next did not answer at ${url} within ${READY_TIMEOUT_MS / 1000} s: see ${logFile}`);
}

import { type ChildProcess, fork } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { StackError } from "./errors";
import { exitOf } from "./processes";

export type ChildOptions<T> = {
  /** For people: "Supabase". */
  name: string;
  /** The TypeScript file that calls `serveAsChild`. */
  script: URL;
  /** Handed over as JSON. */
  options: unknown;
  logFile: string;
  /** What the child reports when it is ready. */
  ready: z.ZodType<T>;
};

/** A service running in a process of its own. It ends by itself when this process dies. */
export type Child<T> = {
  name: string;
  value: T;
  pid: number;
  logFile: string;
  stop(): Promise<void>;
  onUnexpectedExit(listener: () => void): void;
};

const Failure = z.object({ error: z.string() });

/** Starts a child and waits until it is ready. @throws StackError with the child's own message when it is not */
export async function startChild<T>(options: ChildOptions<T>): Promise<Child<T>> {
  const { name, logFile } = options;
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, "a", 0o600);
  const child = fork(fileURLToPath(options.script), [JSON.stringify(options.options)], {
    execArgv: ["--import", import.meta.resolve("tsx")],
    // Its own process group: Ctrl-C in the terminal reaches the supervisor alone, which stops things in order.
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const value = options.ready.parse(await readyValue(child, name, logFile));
  let stopping = false;
  return {
    name,
    value,
    pid: child.pid ?? 0,
    logFile,
    stop: async () => {
      stopping = true;
      child.kill("SIGTERM");
      const gaveUp = setTimeout(() => child.kill("SIGKILL"), 8_000);
      await exitOf(child);
      clearTimeout(gaveUp);
    },
    onUnexpectedExit: (listener) => {
      child.once("exit", () => {
        if (!stopping) listener();
      });
    },
  };
}

function readyValue(child: ChildProcess, name: string, logFile: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      reject(
        new StackError(
          `${name} ended before it was ready (${signal ?? `exit code ${code}`}): see ${logFile}`,
        ),
      );
    });
    child.once("message", (message) => {
      const failure = Failure.safeParse(message);
      if (failure.success) reject(new StackError(failure.data.error));
      else resolve(message);
    });
  });
}

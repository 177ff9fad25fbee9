import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const PROJECT_DIR = fileURLToPath(new URL("../..", import.meta.url));

/** A command that runs: its process, and what it printed once it has ended. */
export interface Command {
  child: ChildProcess;
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts a command in the project folder with nothing in its environment but PATH, HOME and what is given. */
export function startCommand(file: string, args: string[], env: Record<string, string>): Command {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(file, args, {
    cwd: PROJECT_DIR,
    env: { PATH, HOME, ...env } as unknown as NodeJS.ProcessEnv,
    // A process group of its own, so that a test can press Ctrl-C: a signal to all of it at once.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  return { child, ended: once(child, "close").then(([code]) => ({ code, stdout, stderr })) };
}

import type { ChildProcess } from "node:child_process";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { codeOf } from "./errors";

/** True while a process with this id exists (a zombie counts as gone). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !stateOf(pid).startsWith("Z");
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** The command line of a process, or "" when there is none: tells a survivor from a stranger with a reused id. */
export function commandOf(pid: number): string {
  if (process.platform !== "linux") return ps(pid, "command=");
  return readProc(pid, "cmdline").replaceAll("\0", " ").trim();
}

/** Sends a signal to a process, or to its whole group with a negative id; false when nobody is there. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if (codeOf(error) === "ESRCH") return false;
    throw error;
  }
}

/** Resolves when the child has exited, at once if it already has. */
export function exitOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

/** Polls until the condition holds; false after the time limit. For processes that are not our children. */
export async function waitUntil(condition: () => boolean, timeoutMs: number, everyMs = 15): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return true;
}

function stateOf(pid: number): string {
  if (process.platform !== "linux") return ps(pid, "state=");
  const stat = readProc(pid, "stat");
  return stat.slice(stat.lastIndexOf(")") + 2);
}

/** Linux containers often come without ps. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "";
  }
}

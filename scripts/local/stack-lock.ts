import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { codeOf, StackError } from "./errors";
import { commandOf, isAlive } from "./processes";

const Holder = z.object({ pid: z.int(), command: z.string(), app: z.string() });
type Holder = z.infer<typeof Holder>;

/** The right to run a stack on a data folder. */
export type StackLock = { release(): void };

/**
 * Takes the lock of a data folder; a dead holder's is taken over.
 * @throws StackError with the holder's URL and process id while one runs
 */
export async function lockStack(dataDir: string, app: string): Promise<StackLock> {
  await mkdir(dataDir, { recursive: true });
  const file = lockFile(dataDir);
  const mine: Holder = { pid: process.pid, command: commandOf(process.pid), app };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: "wx", mode: 0o600 });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
      assertStackStopped(dataDir);
      rmSync(file, { force: true });
    }
  }
  throw new StackError(`Another stack is starting on ${dataDir} at this moment: try again.`);
}

/** Throws a StackError with its URL and process id while a stack runs on the data folder. */
export function assertStackStopped(dataDir: string): void {
  const holder = readHolder(lockFile(dataDir));
  if (!holder || holder.pid === process.pid) return;
  if (isAlive(holder.pid) && commandOf(holder.pid) === holder.command) {
    throw new StackError(
      `A stack is already running at ${holder.app} (process ${holder.pid}, data in ${dataDir}): stop it with Ctrl-C in its terminal or kill ${holder.pid}.`,
    );
  }
}

function lockFile(dataDir: string): string {
  return join(dataDir, "stack.lock");
}

function readHolder(file: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

import { spawn } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { z } from "zod";
import { StackError } from "../errors";
import { freePort } from "../ports";
import { commandOf, exitOf, isAlive, sendSignal, waitUntil } from "../processes";
import { connectRedisEngine } from "./redis-engine";
import type { RedisEngine } from "./types";

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

const pidFileSchema = z.object({ pid: z.int().positive(), port: z.int().positive() });

/** The path of `redis-server` on PATH, or undefined when there is none. */
export function findRedisServer(path = process.env.PATH ?? ""): string | undefined {
  const name = process.platform === "win32" ? "redis-server.exe" : "redis-server";
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/**
 * An engine over a `redis-server` of its own, on a free port of 127.0.0.1, keeping its append-only file in `dataDir`.
 * A server that an earlier, killed parent left behind on that folder is stopped first. Throws a StackError with the
 * server's own words when it does not come up. `close()` stops the server.
 */
export async function startRedisServer(
  executable: string,
  dataDir: string,
  attempts = 3,
): Promise<RedisEngine> {
  const folder = resolve(dataDir);
  const pidFile = join(folder, "redis-server.pid");
  await mkdir(folder, { recursive: true });
  await stopSurvivor(pidFile);

  const port = await freePort();
  const settings = {
    port: String(port),
    bind: "127.0.0.1",
    dir: folder,
    appendonly: "yes",
    save: "",
    "maxmemory-policy": "noeviction",
    loglevel: "warning",
    logfile: "redis-server.log",
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(executable, args, { cwd: folder, stdio: "ignore" });
  const killOnExit = () => child.kill("SIGTERM");
  process.once("exit", killOnExit);
  let spawnError: Error | undefined;
  child.once("error", (error) => {
    spawnError = error;
  });
  const hasEnded = () => spawnError !== undefined || child.exitCode !== null || child.signalCode !== null;

  async function stop(): Promise<void> {
    process.off("exit", killOnExit);
    if (!hasEnded()) {
      child.kill("SIGTERM");
      const forced = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
      await exitOf(child);
      clearTimeout(forced);
    }
    await rm(pidFile, { force: true });
  }

  try {
    if (child.pid !== undefined) await writeFile(pidFile, JSON.stringify({ pid: child.pid, port }));
    const engine = await connectWhenReady(`redis://127.0.0.1:${port}`, hasEnded);
    return {
      ...engine,
      async close() {
        await engine.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    const reason = spawnError?.message ?? (await lastLogLine(join(folder, "redis-server.log")));
    // Somebody else took the port between its choice and its use.
    if (/Failed listening/.test(reason) && attempts > 1) {
      return startRedisServer(executable, dataDir, attempts - 1);
    }
    throw new StackError(`redis-server did not start in ${folder}: ${reason}.`, { cause: error });
  }
}

async function stopSurvivor(pidFile: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const record = pidFileSchema.safeParse(parseJson(await readFile(pidFile, "utf8")));
  if (record.success && isOurs(record.data)) {
    const { pid } = record.data;
    sendSignal(pid, "SIGTERM");
    if (!(await waitUntil(() => !isAlive(pid), STOP_TIMEOUT_MS))) {
      sendSignal(pid, "SIGKILL");
      await waitUntil(() => !isAlive(pid), STOP_TIMEOUT_MS);
    }
  }
  await rm(pidFile, { force: true });
}

// redis-server writes its address into its title, which tells it from a stranger that got the same process id.
function isOurs({ pid, port }: z.infer<typeof pidFileSchema>): boolean {
  if (!isAlive(pid)) return false;
  const command = commandOf(pid);
  return command.includes("redis-server") && command.includes(`:${port}`);
}

async function connectWhenReady(url: string, hasEnded: () => boolean): Promise<RedisEngine> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      return await connectRedisEngine(url);
    } catch (error) {
      if (hasEnded() || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function lastLogLine(logFile: string): Promise<string> {
  const log = await readFile(logFile, "utf8").catch(() => "");
  return log.trim().split("\n").at(-1) || "it ended without a word in its log";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

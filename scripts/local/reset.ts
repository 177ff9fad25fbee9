import { readFileSync } from "node:fs";
import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { removePostgres } from "./postgres";
import { commandOf, isAlive, sendSignal, waitUntil } from "./processes";
import { assertStackStopped } from "./stack-lock";
import { endSurvivors } from "./stack-processes";

const RedisPidFile = z.object({ pid: z.int().positive(), port: z.int() });

/** What a stack keeps in its data folder; nothing else there is touched, whatever folder it is. */
const KEPT =
  /^(postgres(\.\w+)*|redis|logs|stack\.(json|lock)|processes\.json|secrets\.json|supabase-keys\.json)$/;

/**
 * Ends what a killed stack left running and deletes its data.
 * @throws StackError while a stack runs on the folder
 */
export async function resetStack(dataDir: string): Promise<void> {
  assertStackStopped(dataDir);
  await endSurvivors(dataDir);
  await stopLeftRedis(join(dataDir, "redis", "redis-server.pid"));
  await removePostgres(dataDir);
  const entries = await readdir(dataDir).catch(() => []);
  for (const entry of entries) {
    if (KEPT.test(entry)) await rm(join(dataDir, entry), { recursive: true, force: true });
  }
  await rmdir(dataDir).catch(() => undefined);
}

async function stopLeftRedis(pidFile: string): Promise<void> {
  const record = readPidFile(pidFile);
  if (!record || !commandOf(record.pid).includes(`:${record.port}`)) return;
  sendSignal(record.pid, "SIGKILL");
  await waitUntil(() => !isAlive(record.pid), 3_000);
}

function readPidFile(file: string): z.infer<typeof RedisPidFile> | undefined {
  try {
    return RedisPidFile.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

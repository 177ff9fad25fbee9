import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { commandOf, isAlive, sendSignal, waitUntil } from "./processes";

const Recorded = z.array(z.object({ name: z.string(), pid: z.int(), command: z.string() }));

/** The processes of a stack, written down so that the next start can end what a kill -9 left behind. */
export type ProcessRecord = { add(name: string, pid: number): void; clear(): void };

/** Begins a new record in the data folder. */
export function recordProcesses(dataDir: string): ProcessRecord {
  const processes: z.infer<typeof Recorded> = [];
  return {
    add: (name, pid) => {
      processes.push({ name, pid, command: commandOf(pid) });
      writeFileSync(recordFile(dataDir), JSON.stringify(processes), { mode: 0o600 });
    },
    clear: () => rmSync(recordFile(dataDir), { force: true }),
  };
}

/** Ends processes that a killed supervisor left, with their groups. One whose id now is somebody else's is left alone. */
export async function endSurvivors(dataDir: string): Promise<void> {
  const survivors = readRecord(dataDir).filter(
    ({ pid, command }) => isAlive(pid) && commandOf(pid) === command,
  );
  for (const { pid } of survivors) sendSignal(-pid, "SIGTERM");
  // Children notice by themselves that their supervisor is gone; this only hurries the slow ones.
  await waitUntil(() => !survivors.some(({ pid }) => isAlive(pid)), 3_000);
  for (const { pid } of survivors) sendSignal(-pid, "SIGKILL");
  await waitUntil(() => !survivors.some(({ pid }) => isAlive(pid)), 3_000);
  rmSync(recordFile(dataDir), { force: true });
}

function recordFile(dataDir: string): string {
  return join(dataDir, "processes.json");
}

function readRecord(dataDir: string): z.infer<typeof Recorded> {
  try {
    return Recorded.parse(JSON.parse(readFileSync(recordFile(dataDir), "utf8")));
  } catch {
    return [];
  }
}

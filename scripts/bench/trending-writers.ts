import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Client } from "pg";
import type { Load } from "./trending-load";
import type { JobProcess } from "./trending-process";
import type { Marked, WritersStart } from "./trending-writers-run";

const CONNECTIONS = [2, 4];
const PAIRS = 4;
const WINDOW_MS = 30_000;
/** Ten times as often as in life, and each refresh moves the window by the five minutes it moves in life. */
const CADENCE_MS = 30_000;
const FIVE_MINUTES_MS = 5 * 60_000;
const LOCK_WAIT_MS = 50;

interface Bench {
  sql: Client;
  job: JobProcess;
  load: Load;
  start: Date;
  postgresUrl: string;
  dataDir: string;
}

/**
 * Connections that insert posts at full speed, one row a statement, each its own transaction. Windows without and with
 * a refresh alternate, in turns of which comes first, so that a slow drift of the machine weighs on both.
 */
export async function benchWriters(bench: Bench): Promise<void> {
  const { sql, load } = bench;
  await sql.query(`alter system set deadlock_timeout = '${LOCK_WAIT_MS}ms'`);
  await sql.query("alter system set log_lock_waits = on");
  await sql.query("select pg_reload_conf()");
  console.log(
    `\nWriters at full speed, ${load.topics} topics, ${load.postsADay} posts in the window; ${PAIRS} pairs of ${WINDOW_MS / 1000} s,` +
      `\na refresh every ${CADENCE_MS / 1000} s (in life: 300 s) that moves the window by five minutes\n`,
  );
  console.log(
    "  connections │ posts/s alone │ with refreshes │    loss │ refresh │ rows new │ p99 alone/with │  slowest alone/with │ lock waits > 50 ms",
  );
  for (const connections of CONNECTIONS) await benchConnections(bench, connections);
  const { drift } = (
    await bench.job.ask({ run: { now: clockOf(bench).toISOString(), input: { verify: true } } })
  ).counts;
  console.log(`\n  drift found by a full computation afterwards: ${drift}`);
  if (drift !== 0) throw new Error(`drift ${drift}`);
}

let moved = 0;
const clockOf = ({ start }: Bench) => new Date(start.getTime() + moved * FIVE_MINUTES_MS);

async function benchConnections(bench: Bench, connections: number): Promise<void> {
  const writers = await startWriters(bench, connections);
  const refreshes: number[] = [];
  let rowsNew = 0;
  const refresh = async () => {
    moved += 1;
    const now = clockOf(bench);
    writers.moveTo(now);
    const { ms, counts } = await bench.job.ask({ run: { now: now.toISOString() } });
    rowsNew = counts.rows_added ?? 0;
    return ms;
  };
  const waitsBefore = lockWaits(bench.dataDir);
  const alone: Marked[] = [];
  const withRefresh: Marked[] = [];
  const windows: Record<"alone" | "with", () => Promise<void>> = {
    alone: async () => {
      await writers.mark();
      await sleep(WINDOW_MS);
      alone.push(await writers.mark());
      // What was written meanwhile must not weigh on the refresh of another window.
      await refresh();
    },
    with: async () => {
      await sleep(CADENCE_MS / 2);
      await writers.mark();
      await sleep(WINDOW_MS / 2);
      const startedAt = Date.now();
      refreshes.push(await refresh());
      await sleep(WINDOW_MS / 2 - (Date.now() - startedAt));
      withRefresh.push(await writers.mark());
      await refresh();
    },
  };
  await sleep(5_000);
  await refresh();
  for (let pair = 0; pair < PAIRS; pair += 1) {
    for (const kind of pair % 2 === 0 ? (["alone", "with"] as const) : (["with", "alone"] as const))
      await windows[kind]();
  }
  await writers.end();
  const before = summed(alone);
  const during = summed(withRefresh);
  const cells = [
    String(connections).padStart(13),
    before.perSecond.toFixed(0).padStart(13),
    during.perSecond.toFixed(0).padStart(14),
    `${((1 - during.perSecond / before.perSecond) * 100).toFixed(1)} %`.padStart(7),
    `${(refreshes.reduce((sum, ms) => sum + ms, 0) / refreshes.length).toFixed(0)} ms`.padStart(7),
    String(rowsNew).padStart(8),
    `${before.p99Ms.toFixed(1)} / ${during.p99Ms.toFixed(1)} ms`.padStart(14),
    `${before.maxMs.toFixed(0)} / ${during.maxMs.toFixed(0)} ms`.padStart(19),
    String(lockWaits(bench.dataDir) - waitsBefore).padStart(18),
  ];
  console.log(cells.join(" │ "));
}

function summed(windows: Marked[]) {
  const inserted = windows.reduce((sum, window) => sum + window.inserted, 0);
  const ms = windows.reduce((sum, window) => sum + window.ms, 0);
  return {
    perSecond: (inserted * 1000) / ms,
    p99Ms: Math.max(...windows.map((window) => window.p99Ms)),
    maxMs: Math.max(...windows.map((window) => window.maxMs)),
  };
}

/** Statements that Postgres logged as waiting for a lock longer than `deadlock_timeout`. */
function lockWaits(dataDir: string): number {
  const log = readFileSync(join(dataDir, "logs", "postgres.log"), "utf8");
  return log.match(/still waiting for/g)?.length ?? 0;
}

async function startWriters(bench: Bench, connections: number) {
  const child = fork(fileURLToPath(new URL("./trending-writers-run.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
  });
  const answer = async () => (await once(child, "message"))[0];
  const { postgresUrl, load } = bench;
  child.send({
    postgresUrl,
    connections,
    topics: load.topics,
    now: clockOf(bench).toISOString(),
  } satisfies WritersStart);
  await answer();
  return {
    /** Posts from now on belong to the five minutes that end here. */
    moveTo: (now: Date) => child.send({ now: now.toISOString() }),
    mark: async (): Promise<Marked> => {
      child.send("mark");
      return answer();
    },
    end: async () => {
      child.disconnect();
      await once(child, "exit");
    },
  };
}

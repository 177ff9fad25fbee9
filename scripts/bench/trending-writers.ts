import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Client } from "pg";
import { median } from "./measure";
import { addPosts, type Load } from "./trending-load";
import type { JobProcess } from "./trending-process";
import type { Marked, Told } from "./trending-writers-run";

const CONNECTIONS = [2, 4];
const ROUNDS = 3;
/** How long writers are watched before a refresh, and after it: what it leaves to vacuum and disk counts too. */
const WATCHED_MS = 10_000;
const CADENCE_MS = 300_000;
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
 * Connections that insert posts at full speed, one row a statement, each its own transaction. A refresh meets them once
 * in 300 s, with all they wrote since the last one: most of that is inserted in bulk at the pace they have shown, so
 * that a round takes a minute. The loss is what they fell short of, in those 300 s, from the refresh's start on.
 */
export async function benchWriters(bench: Bench): Promise<void> {
  const { sql, load } = bench;
  await sql.query(`alter system set deadlock_timeout = '${LOCK_WAIT_MS}ms'`);
  await sql.query("alter system set log_lock_waits = on");
  await sql.query("select pg_reload_conf()");
  console.log(
    `\nWriters at full speed, ${load.topics} topics; a refresh every 300 s with all they wrote since; ${ROUNDS} rounds, median\n`,
  );
  console.log(
    "connections │ posts/s alone │ while refreshing │ refresh │ rows new │ loss in 300 s │     of the rounds │ p99 alone / refreshing │ slowest insert │ lock waits > 50 ms │ load",
  );
  for (const connections of CONNECTIONS) await benchConnections(bench, connections);
  const proof = await bench.job.ask({ run: { now: clockOf(bench).toISOString(), input: { verify: true } } });
  console.log(`\ndrift found by a full computation afterwards: ${proof.counts.drift}`);
  if (proof.counts.drift !== 0) throw new Error(`drift ${proof.counts.drift}`);
}

interface Round {
  alone: Marked;
  during: Marked;
  after: Marked;
  refreshMs: number;
  /** Rows the refresh met; null where it counted everything instead. */
  rowsNew: number | null;
  loss: number;
}

let moved = 0;
const clockOf = ({ start }: Bench) => new Date(start.getTime() + moved * CADENCE_MS);

async function benchConnections(bench: Bench, connections: number): Promise<void> {
  const writers = await startWriters(bench, connections);
  const waitsBefore = lockWaits(bench.dataDir);
  await writers.tell("resume");
  await sleep(WATCHED_MS / 2);
  await writers.tell("mark");
  await sleep(WATCHED_MS);
  let pace = rateOf(await writers.mark());
  const rounds: Round[] = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    await writers.tell("pause");
    moved += 1;
    const now = clockOf(bench);
    await writers.tell({ now: now.toISOString() });
    await addPosts(
      bench.sql,
      bench.load,
      now,
      Math.round((pace * (CADENCE_MS - WATCHED_MS)) / 1000),
      `b${moved}-`,
    );
    await bench.sql.query("checkpoint");
    const round = await measure(bench, writers, now);
    pace = rateOf(round.alone);
    rounds.push(round);
  }
  await writers.end();
  printRow(connections, rounds, lockWaits(bench.dataDir) - waitsBefore);
}

async function measure(bench: Bench, writers: Writers, now: Date): Promise<Round> {
  await writers.tell("resume");
  await sleep(2_000);
  await writers.mark();
  await sleep(WATCHED_MS);
  const alone = await writers.mark();
  const { ms: refreshMs, counts, outcome } = await bench.job.ask({ run: { now: now.toISOString() } });
  const during = await writers.mark();
  await sleep(WATCHED_MS);
  const after = await writers.mark();
  const missing = (window: Marked) => (rateOf(alone) * window.ms) / 1000 - window.inserted;
  const loss = (missing(during) + missing(after)) / ((rateOf(alone) * CADENCE_MS) / 1000);
  return {
    alone,
    during,
    after,
    refreshMs,
    rowsNew: outcome === "rebuilt" ? null : (counts.rows_added ?? 0),
    loss,
  };
}

const rateOf = ({ inserted, ms }: Marked) => (inserted * 1000) / ms;

function printRow(connections: number, rounds: Round[], waits: number): void {
  const of = (value: (round: Round) => number) => median(rounds.map(value));
  const most = (value: (round: Round) => number) => Math.max(...rounds.map(value));
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const losses = rounds.map(({ loss }) => loss);
  const cells = [
    String(connections).padStart(11),
    of(({ alone }) => rateOf(alone))
      .toFixed(0)
      .padStart(13),
    of(({ during }) => rateOf(during))
      .toFixed(0)
      .padStart(16),
    `${of(({ refreshMs }) => refreshMs).toFixed(0)} ms`.padStart(7),
    (rounds.every(({ rowsNew }) => rowsNew === null)
      ? "all"
      : of(({ rowsNew }) => rowsNew ?? Number.NaN).toFixed(0)
    ).padStart(8),
    percent(median(losses)).padStart(13),
    `${percent(Math.min(...losses))} … ${percent(Math.max(...losses))}`.padStart(17),
    `${of(({ alone }) => alone.p99Ms).toFixed(1)} / ${of(({ during }) => during.p99Ms).toFixed(1)} ms`.padStart(
      22,
    ),
    `${most(({ alone, during, after }) => Math.max(alone.maxMs, during.maxMs, after.maxMs)).toFixed(0)} ms`.padStart(
      14,
    ),
    String(waits).padStart(18),
    (loadavg()[0] ?? 0).toFixed(1).padStart(4),
  ];
  console.log(cells.join(" │ "));
}

/** Statements that Postgres logged as waiting for a lock longer than `deadlock_timeout`. */
function lockWaits(dataDir: string): number {
  const log = readFileSync(join(dataDir, "logs", "postgres.log"), "utf8");
  return log.match(/still waiting for/g)?.length ?? 0;
}

interface Writers {
  tell: (told: Told) => Promise<void>;
  /** What they wrote since the last mark. */
  mark: () => Promise<Marked>;
  end: () => Promise<void>;
}

async function startWriters({ postgresUrl, load, ...bench }: Bench, connections: number): Promise<Writers> {
  const child = fork(fileURLToPath(new URL("./trending-writers-run.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
  });
  const tell = async (told: Told) => {
    child.send(told);
    return (await once(child, "message"))[0];
  };
  const now = clockOf({ postgresUrl, load, ...bench }).toISOString();
  await tell({ postgresUrl, connections, topics: load.topics, now });
  return {
    tell,
    mark: () => tell("mark"),
    end: async () => {
      child.disconnect();
      await once(child, "exit");
    },
  };
}

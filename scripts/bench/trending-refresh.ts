import { loadavg } from "node:os";
import type { Client } from "pg";
import { median } from "./measure";
import { bareAggregate } from "./trending-floor";
import { addFiveMinutes, type Load, loadOf, loadTrending } from "./trending-load";
import { type JobProcess, startJobProcess } from "./trending-process";

const BARE_ROUNDS = 3;
const STEADY_ROUNDS = 6;
const FIVE_MINUTES_MS = 5 * 60_000;
/** The clock is the bench's own: off the full hour, and far from the nightly proof. */
export const START = new Date("2026-11-21T12:02:00Z");

interface Bench {
  sql: Client;
  postgresUrl: string;
  /** The job's environment. */
  env: Record<string, string>;
}

/** The full and the steady refresh at each size, beside the same aggregate as one bare SQL statement through psql. */
export async function benchRefresh(bench: Bench, sizes: number[]): Promise<void> {
  console.log(
    `refresh-trending: 20 posts per topic in 24 h and as many in the 24 h before; medians of ${BARE_ROUNDS} (bare SQL)\n` +
      `and ${STEADY_ROUNDS} rounds (refresh: five minutes of new posts, boosts and bookmarks, window ends five minutes on)\n`,
  );
  console.log(
    "  topics │     posts │ bare SQL │    full │ ratio │  verify │ refresh │ ratio │ rows new/at edges │ topics written │ API read │ memory │ load",
  );
  for (const size of sizes) await benchSize(bench, loadOf(size));
}

async function benchSize({ sql, env, postgresUrl }: Bench, load: Load): Promise<void> {
  await loadTrending(sql, load, START);
  const bare = median(Array.from({ length: BARE_ROUNDS }, () => bareAggregate(postgresUrl, START)));
  const job = startJobProcess(env);
  // Warms up connections and compiled code on an empty window, then counts from nothing.
  await job.ask({ run: { now: "2026-11-01T12:02:00Z" } });
  await sql.query("truncate topic_window_metrics");
  await sql.query("update trending_state set window_end = null, snapshot = null, pass = null");
  await sql.query("checkpoint");
  const full = await job.ask({ run: { now: START.toISOString() } });
  if (full.outcome !== "rebuilt") throw new Error(JSON.stringify(full));
  await assertSameAsBare(sql);
  const verify = await job.ask({ run: { now: START.toISOString(), input: { verify: true } } });
  assertNoDrift(verify.counts);
  const steady = await steadyRounds(sql, job, load);
  job.end();
  printRow(load, { bare, full: full.ms, verify: verify.ms, ...steady });
}

async function steadyRounds(sql: Client, job: JobProcess, load: Load) {
  const refreshes: number[] = [];
  const reads: number[] = [];
  let rowsNew = 0;
  let rowsAtEdges = 0;
  let topics = 0;
  let memoryMb = 0;
  // The first round warms up.
  for (let round = 0; round <= STEADY_ROUNDS; round += 1) {
    const now = new Date(START.getTime() + (round + 1) * FIVE_MINUTES_MS);
    await addFiveMinutes(sql, load, now, round);
    const { ms, outcome, counts, maxRssMb } = await job.ask({ run: { now: now.toISOString() } });
    if (outcome !== "refreshed") throw new Error(`the refresh was ${outcome}`);
    const read = await job.ask({ read: true });
    memoryMb = maxRssMb;
    if (round === 0) continue;
    refreshes.push(ms);
    reads.push(read.ms);
    rowsNew = counts.rows_added ?? 0;
    topics = counts.topics_upserted ?? 0;
    rowsAtEdges = await countAtEdges(sql, now);
  }
  const last = new Date(START.getTime() + (STEADY_ROUNDS + 1) * FIVE_MINUTES_MS);
  const proof = await job.ask({ run: { now: last.toISOString(), input: { verify: true } } });
  assertNoDrift(proof.counts);
  return { refresh: median(refreshes), read: median(reads), rowsNew, rowsAtEdges, topics, memoryMb };
}

/** Rows that crossed an edge of a window in the five minutes before `now`, those that had been there before. */
async function countAtEdges(sql: Client, now: Date): Promise<number> {
  const { rows } = await sql.query<{ n: number }>(
    `select count(*)::int as n from trending_activity cross join unnest(array[6, 12, 24, 48]) h
     where created_at > $1::timestamptz - make_interval(hours => h, mins => 5)
       and created_at <= $1::timestamptz - make_interval(hours => h)`,
    [now.toISOString()],
  );
  return rows[0]?.n ?? 0;
}

/** The floor is one only if it counts the same. */
async function assertSameAsBare(sql: Client): Promise<void> {
  const { rows } = await sql.query<{ n: number }>(
    `select count(*)::int as n from bench_topic_metrics b
     full join (select * from topic_window_metrics where window_minutes = 1440) d using (topic_id)
     left join topic_window_metrics h on h.window_minutes = 360 and h.topic_id = d.topic_id
     where (posts_24h, authors_24h, before_24h, replies_24h, boosts_24h, bookmarks_24h, posts_6h, authors_6h, before_6h,
         replies_6h, boosts_6h, bookmarks_6h)
       is distinct from (d.posts, d.unique_authors, d.previous_authors, d.replies, d.boosts, d.bookmarks,
         coalesce(h.posts, 0), coalesce(h.unique_authors, 0), coalesce(h.previous_authors, 0), coalesce(h.replies, 0),
         coalesce(h.boosts, 0), coalesce(h.bookmarks, 0))`,
  );
  if (rows[0]?.n !== 0) throw new Error(`bare SQL and the refresh differ for ${rows[0]?.n} topics`);
}

function assertNoDrift(counts: Record<string, number>): void {
  if (counts.drift !== 0) throw new Error(`a full computation found a drift of ${counts.drift} rows`);
}

interface Measured {
  bare: number;
  full: number;
  verify: number;
  refresh: number;
  read: number;
  rowsNew: number;
  rowsAtEdges: number;
  topics: number;
  memoryMb: number;
}

function printRow({ topics, postsADay }: Load, of: Measured): void {
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  const cells = [
    String(topics).padStart(8),
    String(postsADay).padStart(9),
    ms(of.bare).padStart(8),
    ms(of.full).padStart(7),
    `${(of.full / of.bare).toFixed(2)}×`.padStart(5),
    ms(of.verify).padStart(7),
    ms(of.refresh).padStart(7),
    `${(of.refresh / of.bare).toFixed(2)}×`.padStart(5),
    `${of.rowsNew} / ${of.rowsAtEdges}`.padStart(17),
    String(of.topics).padStart(14),
    ms(of.read).padStart(8),
    `${of.memoryMb.toFixed(0)} MB`.padStart(6),
    (loadavg()[0] ?? 0).toFixed(1).padStart(4),
  ];
  console.log(cells.join(" │ "));
}

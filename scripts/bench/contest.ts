import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { jstDate } from "@/lib/time";
import { startStack } from "../local/stack";
import { benchRankingApi } from "./contest-api";
import {
  bareCopy,
  bareRead,
  bareRest,
  type Command,
  copyTextOf,
  emptyCopyTarget,
  type SendPipeline,
} from "./contest-floor";
import type { Run } from "./contest-run";
import { chunked, inParallel, median, timed } from "./measure";

/**
 * finalize-ranking at several sizes, beside its floor measured in the same run: a bare read of the same
 * Redis keys plus a bare COPY of the same rows. Then GET /api/v1/ranking beside a constant route.
 */
const ROUNDS = 5;
const sizes = process.argv.slice(2).map(Number);
if (sizes.some((size) => !Number.isInteger(size) || size < 1)) throw new Error("sizes are whole numbers");
if (sizes.length === 0) sizes.push(100, 10_000, 100_000);

const dataDir = mkdtempSync(join(tmpdir(), "banzuke-bench-"));
const stack = await startStack({
  dataDir,
  ports: "free",
  app: "start",
  ticker: false,
  demo: false,
  durable: true,
  env: { RATE_LIMIT_PER_MINUTE: "100000000" },
});
try {
  const { postgresUrl, redisRestUrl, redisRestToken, redis } = stack.file;
  const sql = new Client({ connectionString: postgresUrl });
  await sql.connect();
  const send = bareRest(redisRestUrl, redisRestToken);
  console.log(
    `finalize-ranking, ${ROUNDS} rounds each, median; Redis: ${redis.engine} ${redis.version} over REST\n`,
  );
  console.log("    works │ Redis read │   COPY │   floor │     job │ ratio │ per work │ peak memory");
  for (const size of sizes) await benchSize(send, sql, size);
  await sql.query("insert into themes (id, date, title) values ('bench-live', '2099-01-01', 'still open')");
  await sql.end();
  await benchRankingApi(stack.file, `bench-${sizes[0]}-0`, send);
} finally {
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function benchSize(send: SendPipeline, sql: Client, size: number): Promise<void> {
  const themes = Array.from({ length: ROUNDS + 1 }, (_, round) => `bench-${size}-${round}`);
  await prepare(send, sql, themes, size);
  const job = startJobProcess();
  const rounds: Round[] = [];
  for (const themeId of themes) {
    await sql.query("checkpoint");
    const run = await job.finalize(themeId);
    const read = await timed(() => bareRead(send, themeId));
    if (read.value !== size) throw new Error(`read ${read.value} works instead of ${size}`);
    const text = await copyTextOf(sql, themeId);
    await emptyCopyTarget(sql);
    await sql.query("checkpoint");
    const copy = await timed(() => bareCopy(sql, text));
    rounds.push({ ...run, read: read.ms, copy: copy.ms });
  }
  job.end();
  // The first round warms up: connections, compiled code, Postgres' caches.
  printRow(size, rounds.slice(1));
}

type Round = Run & { read: number; copy: number };

function printRow(size: number, rounds: Round[]): void {
  const of = (value: (round: Round) => number) => median(rounds.map(value));
  const job = of((round) => round.ms);
  const cells = [
    String(size).padStart(9),
    `${of((round) => round.read).toFixed(0)} ms`.padStart(10),
    `${of((round) => round.copy).toFixed(0)} ms`.padStart(6),
    `${of((round) => round.read + round.copy).toFixed(0)} ms`.padStart(7),
    `${job.toFixed(0)} ms`.padStart(7),
    `${of((round) => round.ms / (round.read + round.copy)).toFixed(2)}×`.padStart(5),
    `${((job * 1000) / size).toFixed(1)} µs`.padStart(8),
    `${Math.max(...rounds.map((round) => round.maxRssMb)).toFixed(0)} MB`.padStart(11),
  ];
  console.log(cells.join(" │ "));
}

/** The job in a child process with the heap that a function with 512 MB of memory can afford. */
function startJobProcess() {
  const child = fork(fileURLToPath(new URL("./contest-run.ts", import.meta.url)), {
    env: { ...process.env, ...stack.env, CONTEST_TOP_N: "all" },
    execArgv: ["--import", "tsx", "--max-old-space-size=256"],
  });
  return {
    finalize: async (themeId: string): Promise<Run> => {
      child.send(themeId);
      const ended = once(child, "exit").then((): never => {
        throw new Error("the job's process ended");
      });
      const [run] = await Promise.race([once(child, "message"), ended]);
      return run as Run;
    },
    end: () => child.disconnect(),
  };
}

/** Themes closed for submissions, all with the same works: ids, counts and scores made from the index. */
async function prepare(send: SendPipeline, sql: Client, themes: string[], size: number): Promise<void> {
  const date = jstDate(new Date(Date.now() - 86_400_000));
  for (const id of themes) {
    await sql.query("insert into themes (id, date, title) values ($1, $2, $3)", [id, date, `${size} works`]);
  }
  const works = Array.from({ length: size }, (_, n) => ({
    id: `work-${size}-${n}`,
    likes: (n * 7919) % 100_000,
  }));
  await inParallel(chunked(works, 1_000), 4, async (chunk) => {
    const commands: Command[] = chunk.map(({ id, likes }) => [
      "HSET",
      `metrics:${id}`,
      "likes",
      likes,
      "impressions",
      100_000,
      "unique_viewers",
      likes,
    ]);
    for (const themeId of themes) {
      commands.push([
        "ZADD",
        `rankings:${themeId}`,
        ...chunk.flatMap(({ id, likes }) => [likes / 100_000, id]),
      ]);
    }
    const failed = (await send(commands)).find((reply) => reply.error);
    if (failed) throw new Error(failed.error);
  });
}

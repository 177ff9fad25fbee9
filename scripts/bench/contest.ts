import { fork } from "node:child_process";
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
  await sql.end();
  await benchRankingApi(stack.file, `bench-${sizes[0]}-0`, send);
} finally {
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function benchSize(send: SendPipeline, sql: Client, size: number): Promise<void> {
  const themes = Array.from({ length: ROUNDS + 1 }, (_, round) => `bench-${size}-${round}`);
  await prepare(send, sql, themes, size);
  const reads: number[] = [];
  const copies: number[] = [];
  // The first theme warms up: connections, compiled code, Postgres' caches.
  const runs = await finalizeAll(themes, async (themeId) => {
    await sql.query("checkpoint");
    const read = await timed(() => bareRead(send, themeId));
    if (read.value !== size) throw new Error(`read ${read.value} works instead of ${size}`);
    reads.push(read.ms);
    const text = await copyTextOf(sql, themeId);
    await emptyCopyTarget(sql);
    await sql.query("checkpoint");
    copies.push((await timed(() => bareCopy(sql, text))).ms);
  });
  const measured = runs.slice(1);
  const [read, copy] = [median(reads.slice(1)), median(copies.slice(1))];
  const job = median(measured.map((run) => run.ms));
  const cells = [
    String(size).padStart(9),
    `${read.toFixed(0)} ms`.padStart(10),
    `${copy.toFixed(0)} ms`.padStart(6),
    `${(read + copy).toFixed(0)} ms`.padStart(7),
    `${job.toFixed(0)} ms`.padStart(7),
    `${(job / (read + copy)).toFixed(2)}×`.padStart(5),
    `${((job * 1000) / size).toFixed(1)} µs`.padStart(8),
    `${Math.max(...runs.map((run) => run.maxRssMb)).toFixed(0)} MB`.padStart(11),
  ];
  console.log(cells.join(" │ "));
}

interface Run {
  themeId: string;
  ms: number;
  maxRssMb: number;
}

/** Finalizes every theme in one child process, then measures the floor of each here. */
async function finalizeAll(themes: string[], afterEach: (themeId: string) => Promise<void>): Promise<Run[]> {
  const runs: Run[] = [];
  const child = fork(fileURLToPath(new URL("./contest-run.ts", import.meta.url)), themes, {
    env: { ...process.env, ...stack.env, CONTEST_TOP_N: "all" },
    // The heap that a function with 512 MB of memory can afford.
    execArgv: ["--import", "tsx", "--max-old-space-size=256"],
  });
  child.on("message", (run: Run) => runs.push(run));
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`the job's process ended with ${code}`)),
    );
  });
  for (const theme of themes) await afterEach(theme);
  return runs;
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

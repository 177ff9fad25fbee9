import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { startStack } from "../local/stack";
import { benchTrendingApi } from "./trending-api";
import { hasPsql } from "./trending-floor";
import { loadOf, loadTrending } from "./trending-load";
import { startJobProcess } from "./trending-process";
import { benchRefresh, START } from "./trending-refresh";
import { benchWriters } from "./trending-writers";

/**
 * refresh-trending at several sizes beside bare SQL; writers at full speed beside its refreshes; the routes that serve
 * its metrics beside a constant one. The last two at the largest size.
 */
const PARTS = ["refresh", "writers", "api"];
const options = process.argv.slice(2);
const sizes = options.filter((option) => !PARTS.includes(option)).map(Number);
const named = options.filter((option) => PARTS.includes(option));
const parts = named.length > 0 ? named : PARTS;
if (sizes.some((size) => !Number.isInteger(size) || size < 1)) {
  console.error(`sizes are whole numbers of topics; parts are ${PARTS.join(", ")}`);
  process.exit(2);
}
if (sizes.length === 0) sizes.push(1_000, 5_000, 10_000, 50_000, 100_000);
if (!hasPsql()) {
  console.error("psql is not on the PATH; on Debian it comes with the package postgresql-client");
  process.exit(2);
}

const dataDir = mkdtempSync(join(tmpdir(), "banzuke-bench-"));
const stack = await startStack({
  dataDir,
  ports: "free",
  app: parts.includes("api") ? "start" : "none",
  ticker: false,
  demo: false,
  durable: true,
  env: { RATE_LIMIT_PER_MINUTE: "100000000" },
});
const { postgresUrl } = stack.file;
const sql = new Client({ connectionString: postgresUrl });
try {
  await sql.connect();
  if (parts.includes("refresh")) await benchRefresh({ sql, postgresUrl, env: stack.env }, sizes);
  const largest = Math.max(...sizes);
  if (parts.includes("writers")) {
    const job = await countedAt(largest, START);
    await benchWriters({ sql, job, load: loadOf(largest), start: START, postgresUrl, dataDir });
    job.end();
  }
  if (parts.includes("api")) {
    // The app's clock is the real one.
    const job = await countedAt(largest, new Date());
    job.end();
    await benchTrendingApi(stack.file);
  }
  await sql.end();
} finally {
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** So many topics up to an instant, loaded and counted; answers the process that counted them. */
async function countedAt(topics: number, now: Date) {
  await loadTrending(sql, loadOf(topics), now);
  const job = startJobProcess(stack.env);
  await job.ask({ run: { now: now.toISOString() } });
  return job;
}

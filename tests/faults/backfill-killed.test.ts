import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Stack, startStack } from "@/scripts/local/stack";
import { type HoldingProxy, startProxy } from "../support/proxy";
import { startCommand } from "../support/stack-commands";
import { addPosts, addTopics, forgetTrending } from "../support/trending";

const HOURS = 6;
const HOUR_MS = 3_600_000;

let dataDir: string;
let stack: Stack;
let client: Client;
let supabase: HoldingProxy;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "banzuke-faults-"));
  stack = await startStack({
    dataDir,
    ports: "free",
    app: "none",
    ticker: false,
    demo: false,
    durable: false,
  });
  supabase = await startProxy(stack.file.supabaseUrl);
  client = new Client({ connectionString: stack.file.postgresUrl });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await supabase?.close();
  await stack?.stop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});
beforeEach(async () => {
  // The hour must not end between two runs.
  const untilNextHour = HOUR_MS - (Date.now() % HOUR_MS);
  if (untilNextHour < 60_000) await setTimeout(untilNextHour);
  await forgetTrending(sql);
  await addTopics(sql, "t1", "t2");
  for (let hour = 0; hour < 2 * HOURS; hour += 1) {
    const at = new Date(Date.now() - (hour + 0.5) * HOUR_MS).toISOString();
    await addPosts(sql, { id: `p${hour}`, topic: hour % 3 === 0 ? "t2" : "t1", author: `a${hour}`, at });
  }
});

const sql = async <Row extends Record<string, unknown>>(text: string, values?: unknown[]) =>
  (await client.query(text, values)).rows as Row[];
const backfill = (...flags: string[]) =>
  startCommand(
    "node",
    [
      "--import",
      "tsx",
      "scripts/job.ts",
      "refresh-trending",
      "--backfill",
      "--minutes",
      String(HOURS * 60),
      ...flags,
    ],
    { ...stack.env, NEXT_PUBLIC_SUPABASE_URL: supabase.url },
  );
const reportIn = (stdout: string) => JSON.parse(stdout.slice(stdout.indexOf("\n{\n") + 1));
const recordings = () =>
  sql<{ window_end: Date; recorded_at: Date }>(
    `select window_end, min(recorded_at) as recorded_at from topic_metrics_recordings
     where source = 'backfill' group by 1 order by 1 desc`,
  );
const history = () =>
  sql(
    `select window_end, window_minutes, topic_id, posts, unique_authors, previous_authors from topic_metrics_history
     where source = 'backfill' order by 1, 2, 3`,
  );

const interrupted = async () => {
  const [run] = await sql("select error from job_runs where error ->> 'message' = 'the run was interrupted'");
  return run !== undefined;
};

/** Passes so many window ends, holds the next one on its way, and answers what lets go of it. */
async function holdAfter(ends: number, side: "request" | "response") {
  for (let n = 0; n < ends; n += 1) {
    const passed = supabase.hold(/rpc\/record_trending/);
    await passed.held;
    passed.release();
  }
  const held = supabase.hold(/rpc\/record_trending/, side);
  await held.held;
  return held;
}

describe("a backfill that is ended in the middle", () => {
  test.each<["SIGKILL" | "SIGINT", "request" | "response", number]>([
    ["SIGKILL", "request", 2],
    ["SIGKILL", "response", 3],
    ["SIGINT", "request", 2],
  ])("by %s at the %s of its third window end goes on where it was", async (signal, side, stored) => {
    const first = backfill();
    const held = await holdAfter(2, side);
    process.kill(-(first.child.pid ?? 0), signal);
    if (signal === "SIGINT") await expect.poll(interrupted, { timeout: 10_000 }).toBe(true);
    else await once(first.child, "exit");
    held.drop();
    expect((await first.ended).code).toBe(signal === "SIGINT" ? 1 : null);
    const before = await recordings();
    expect(before).toHaveLength(stored);

    const second = await backfill("--compare").ended;
    expect(second.code).toBe(0);
    const counts = { windows_counted: HOURS - stored, windows_kept: stored };
    expect(reportIn(second.stdout)).toMatchObject({
      status: "succeeded",
      result: { outcome: "compared", counts },
    });
    expect(second.stderr).toContain(`${HOURS - stored}/${HOURS - stored} window ends (100 %)`);
    const after = await recordings();
    expect(after).toHaveLength(HOURS);
    expect(after.slice(0, stored)).toEqual(before);

    const resumed = await history();
    expect((await backfill("--again").ended).code).toBe(0);
    expect(await history()).toEqual(resumed);
  });
});

test("flags reach the job through npm, and a flag in the wrong place is refused with its name", async () => {
  const npm = (...flags: string[]) =>
    startCommand("npm", ["run", "--silent", "job", "--", "refresh-trending", ...flags], stack.env).ended;
  const compared = await npm("--compare");
  expect(compared.code).toBe(0);
  expect(reportIn(compared.stdout).result.details.comparison.summary).toMatch(/nothing to compare/);
  const refused = await npm("--minutes", "1440");
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toMatch(/^--minutes: needs backfill or compare$/m);
  const help = await npm("--help");
  expect(help).toMatchObject({ code: 0, stderr: "" });
  expect(help.stdout).toMatch(/--backfill {2,}count past windows/);
});

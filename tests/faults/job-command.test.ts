import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStack, type TestStack } from "../support/stack";
import { type Command, startCommand } from "../support/stack-commands";
import { addDueTheme, allDelivered, closedOnce, ledger, stored, untouched } from "../support/stack-contest";

let stack: TestStack;
let emptyDir: string;
beforeAll(async () => {
  stack = await openStack();
  emptyDir = await mkdtemp(join(tmpdir(), "banzuke-nothing-"));
});
afterAll(async () => {
  await stack?.close();
  await rm(emptyDir, { recursive: true, force: true });
});
beforeEach(async () => {
  await stack.reset();
  await addDueTheme(stack, "t1");
});

/** `npm run job -- …` as a person or GitHub Actions starts it. */
const start = (args: string[], env: Record<string, string>) =>
  startCommand("npm", ["run", "--silent", "job", "--", ...args], env);
const run = (args: string[], env: Record<string, string> = stack.env) => start(args, env).ended;

describe("npm run job", () => {
  test("closes what is due, delivers its event, reports the run last and exits with 0", async () => {
    const { code, stdout } = await run(["finalize-ranking"]);
    const report = JSON.parse(stdout.slice(stdout.indexOf("\n{\n") + 1));
    expect(report).toMatchObject({
      status: "succeeded",
      result: { outcome: "finalized", counts: { works: 5 } },
    });
    expect(code).toBe(0);
    expect(await stored(stack, "t1")).toEqual(closedOnce(5));
    expect(await allDelivered(stack)).toBe(true);
    expect(await stack.received("posthog", "events")).toHaveLength(1);
  });

  test("exits with 0 when nothing is to do, and finds a running stack by its folder alone", async () => {
    await stack.sql("truncate themes cascade");
    const { code, stdout } = await run(["finalize-ranking"], { BANZUKE_DATA_DIR: stack.dataDir });
    expect(stdout).toContain('"outcome": "nothing_due"');
    expect(code).toBe(0);
  });

  test("a dry run shows what would change and writes nothing, not even to the ledger", async () => {
    const { code, stdout } = await run(["finalize-ranking", "--dry-run"]);
    expect(JSON.parse(stdout)).toMatchObject({
      job: "finalize-ranking",
      dry_run: [{ theme: "t1", outcome: "would_finalize", entries: 5 }],
    });
    expect(code).toBe(0);
    expect(await stored(stack, "t1")).toEqual(untouched);
    expect(await ledger(stack)).toEqual([]);
  });

  test("takes every field of the job's input as a flag", async () => {
    await addDueTheme(stack, "t2");
    const { code } = await run(["finalize-ranking", "--theme-id", "t2"]);
    expect(code).toBe(0);
    expect(await stored(stack, "t1")).toEqual(untouched);
    expect(await stored(stack, "t2")).toEqual(closedOnce(5));
  });

  test("shows the flags of a job, and runs nothing", async () => {
    const { code, stdout, stderr } = await run(["finalize-ranking", "--help"]);
    expect(stdout).toMatch(/--theme-id <value> .*--date <value> .*--force /s);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(await stack.sql("select from job_runs")).toEqual([]);
  });

  test("labels its run with --env prod, apart from the rehearsals", async () => {
    await run(["sweep", "--env", "prod"]);
    expect(await stack.sql("select env, trigger, status from job_runs where job = 'sweep'")).toEqual([
      { env: "prod", trigger: "cli", status: "succeeded" },
    ]);
  });

  test("exits with 1 and the reason when the run fails", async () => {
    await stack.redisServer.stop();
    const { code, stdout } = await run(["finalize-ranking"]);
    await stack.redisServer.start();
    expect(stdout).toContain('"code": "redis_unavailable"');
    expect(code).toBe(1);
    expect(await stored(stack, "t1")).toEqual(untouched);
    expect(await ledger(stack)).toMatchObject([{ status: "failed", error: { code: "redis_unavailable" } }]);
  });

  test.each<[string, string[], RegExp]>([
    ["an unknown job", ["close-ranking"], /no job called close-ranking/],
    ["no job", [], /which job\?/],
    ["input that is not JSON", ["finalize-ranking", "--input", "{"], /--input is not valid JSON/],
    [
      "input of the wrong shape",
      ["finalize-ranking", "--input", '{"date":"today"}'],
      /--input date: must be a date/,
    ],
    ["an unknown environment", ["finalize-ranking", "--env", "staging"], /--env is dev or prod/],
    ["an unknown option", ["finalize-ranking", "--now"], /--now/],
    ["a flag of another job", ["finalize-ranking", "--accept"], /'--accept'/],
    ["a value that a flag cannot have", ["finalize-ranking", "--date", "today"], /--date: must be a date/],
    ["flags that do not go together", ["finalize-ranking", "--force"], /--force: needs theme_id or date/],
  ])("exits with 2 for %s, says so and how it is used", async (_, args, reason) => {
    const { code, stderr } = await run(args);
    expect(stderr).toMatch(reason);
    expect(stderr).toContain("usage: npm run job");
    expect(code).toBe(2);
    expect(await stack.sql("select from job_runs")).toEqual([]);
  });

  test("exits with 2 and the names of the settings when the configuration is not complete", async () => {
    const { code, stderr } = await run(["finalize-ranking"], { BANZUKE_DATA_DIR: emptyDir });
    expect(stderr).toMatch(/NEXT_PUBLIC_SUPABASE_URL is not set/);
    expect(stderr).toMatch(/SUPABASE_SECRET_KEY is not set/);
    expect(code).toBe(2);
    const { UPSTASH_REDIS_REST_TOKEN: _, ...incomplete } = stack.env;
    const second = await run(["finalize-ranking"], incomplete);
    expect(second.stderr).toMatch(/UPSTASH_REDIS_REST_TOKEN is not set/);
    expect(second.stderr).not.toContain(stack.file.secretKey);
    expect(second.code).toBe(2);
  });

  /** Waits for the run to be in the middle, stops it, and shows that the next one does the work. */
  const interrupt = async (start: () => Command, stop: (pid: number) => void) => {
    const commit = stack.proxies.supabase.hold(/rpc\/finalize_ranking/);
    const { child, ended } = start();
    await commit.held;
    stop(child.pid ?? 0);
    await expect
      .poll(() => ledger(stack), { timeout: 10_000 })
      .toMatchObject([{ status: "failed", error: { message: "the run was interrupted", permanent: false } }]);
    commit.drop();
    const { code } = await ended;
    expect(await stored(stack, "t1")).toEqual(untouched);
    expect((await run(["finalize-ranking"])).code).toBe(0);
    expect(await stored(stack, "t1")).toEqual(closedOnce(5));
    return code;
  };

  test("SIGTERM in the middle ends the run as failed with exit code 1, and the next one closes the theme", async () => {
    const start = () =>
      startCommand("node", ["--import", "tsx", "scripts/job.ts", "finalize-ranking"], stack.env);
    expect(await interrupt(start, (pid) => process.kill(pid, "SIGTERM"))).toBe(1);
  });

  test("so does Ctrl-C, which reaches npm and everything below it", async () => {
    await interrupt(
      () => start(["finalize-ranking"], stack.env),
      (pid) => process.kill(-pid, "SIGINT"),
    );
  });
});

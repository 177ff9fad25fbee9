import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@supabase/supabase-js";
import { Redis } from "@upstash/redis";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { resetStack } from "@/scripts/local/reset";
import { envFromStackFile, readStackFile, type StackFile } from "@/scripts/local/stack-env";

type Dev = {
  child: ChildProcess;
  /** Resolves with the stack file when the screen is shown; rejects with all output when it ends before. */
  ready: Promise<StackFile>;
  /** Exit code and everything printed. */
  ended: Promise<{ code: number | null; output: string }>;
};

let dataDir: string;
const running = new Set<Dev>();

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "banzuke-dev-"));
  return async () => {
    await resetStack(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  };
});

afterEach(async () => {
  for (const dev of running) {
    dev.child.kill("SIGINT");
    await dev.ended;
  }
});

function startDev(args: string[] = [], env: Record<string, string> = {}): Dev {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/dev.ts", "--no-app", ...args], {
    env: { ...process.env, BANZUKE_DATA_DIR: dataDir, BANZUKE_PORT_BASE: "0", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ended = once(child, "close").then(([code]) => {
    running.delete(dev);
    return { code: code as number | null, output };
  });
  const ready = new Promise<StackFile>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      const wasUp = output.includes("Banzuke is up");
      output += chunk;
      if (!wasUp && output.includes("Banzuke is up")) resolve(readStackFile(join(dataDir, "stack.json")));
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    ended.then(() => reject(new Error(output)));
  });
  ready.catch(() => undefined);
  const dev = { child, ready, ended };
  running.add(dev);
  return dev;
}

async function stop(
  dev: Dev,
  signal: NodeJS.Signals = "SIGINT",
): Promise<{ code: number | null; output: string }> {
  dev.child.kill(signal);
  return dev.ended;
}

/** Processes of the stacks on this test's folder: every one inherits its name in the environment. */
function processesOfStack(): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readProc(pid, "environ").includes(`BANZUKE_DATA_DIR=${dataDir}`))
    .map((pid) => `${pid} ${readProc(pid, "cmdline").replaceAll("\0", " ")}`.trim())
    .filter((line) => line.includes(" "));
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

describe("npm run dev", () => {
  it("brings up a stack whose parts answer with the keys of its stack file, which is private", async () => {
    const file = await startDev().ready;
    expect(statSync(join(dataDir, "stack.json")).mode & 0o777).toBe(0o600);
    const env = envFromStackFile(file);
    const db = createClient(env.NEXT_PUBLIC_SUPABASE_URL ?? "", env.SUPABASE_SECRET_KEY ?? "");
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
    const theme = await db.from("themes").select("id, submissions_closed_at").eq("date", today).single();
    expect(Date.parse(theme.data?.submissions_closed_at)).toBeLessThan(Date.now());
    const redis = new Redis({
      url: env.UPSTASH_REDIS_REST_URL ?? "",
      token: env.UPSTASH_REDIS_REST_TOKEN ?? "",
    });
    expect(await redis.zcard(`rankings:${theme.data?.id}`)).toBeGreaterThan(400);
    const { auth } = createClient(
      env.NEXT_PUBLIC_SUPABASE_URL ?? "",
      env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? "",
    );
    const { data } = await auth.signInWithPassword(file.admin);
    const { data: admin } = await db.from("admins").select("email").eq("user_id", data.user?.id).single();
    expect(admin).toEqual({ email: "admin@banzuke.test" });
  });

  it("keeps data, keys and sessions for the second start, and makes no demo data twice", async () => {
    const first = startDev();
    const before = await first.ready;
    const db = createClient(before.supabaseUrl, before.secretKey);
    await db.from("push_tokens").upsert({ token: "ExponentPushToken[mine]", user_id: "me" });
    await new Redis({ url: before.redisRestUrl, token: before.redisRestToken }).set("mine", "kept");
    const counts = async (client: typeof db) =>
      Promise.all(
        ["themes", "works", "push_tokens", "admins"].map(
          async (table) => (await client.from(table).select("*", { count: "exact", head: true })).count,
        ),
      );
    const countsBefore = await counts(db);
    await stop(first);

    const after = await startDev().ready;
    const again = createClient(after.supabaseUrl, after.secretKey);
    expect(await counts(again)).toEqual(countsBefore);
    expect(await new Redis({ url: after.redisRestUrl, token: after.redisRestToken }).get("mine")).toBe(
      "kept",
    );
    expect([after.secretKey, after.cronSecret, after.admin]).toEqual([
      before.secretKey,
      before.cronSecret,
      before.admin,
    ]);
  });

  it("says in one sentence that a stack runs already, with its URL and process id", async () => {
    const first = startDev();
    const file = await first.ready;
    const { code, output } = await startDev().ended;
    expect(code).toBe(1);
    expect(output.trim().split("\n")).toHaveLength(1);
    expect(output).toContain(`already running at ${file.app} (process ${first.child.pid}`);
    const reset = await startDev(["--reset"]).ended;
    expect([reset.code, reset.output]).toEqual([1, output]);
    const health = await fetch(`${file.supabaseUrl}/auth/v1/health`, {
      headers: { apikey: file.publishableKey },
    });
    expect(health.ok).toBe(true);
  });

  it("says in one sentence which port is busy, for what, and how to choose another", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const { code, output } = await startDev([], { BANZUKE_PORT_BASE: String(port - 21) }).ended;
    const app = await startDev(["--app", "--port", String(port)]).ended;
    server.close();
    expect(app.output.trim()).toBe(
      `Port ${port}, wanted for the app, is already in use: free it, or choose another with npm run dev -- --port 3001.`,
    );
    expect(code).toBe(1);
    expect(output.trim()).toBe(
      `Port ${port}, wanted for Supabase, is already in use: free it, or move the block of ports with BANZUKE_PORT_BASE=55300 npm run dev.`,
    );
    expect(processesOfStack()).toEqual([]);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "leaves no process behind on %s, even twice",
    async (signal) => {
      const dev = startDev();
      await dev.ready;
      expect(processesOfStack().length).toBeGreaterThan(4);
      dev.child.kill(signal);
      const { code } = await stop(dev, signal);
      expect(code).toBe(0);
      expect(processesOfStack()).toEqual([]);
      expect(existsSync(join(dataDir, "stack.json"))).toBe(false);
    },
  );

  it("leaves no process behind on Ctrl-C while it still starts", async () => {
    const dev = startDev();
    await once(dev.child.stdout ?? dev.child, "data");
    expect((await stop(dev)).code).toBe(0);
    expect(processesOfStack()).toEqual([]);
  });

  it("starts again after a kill -9, whose children end by themselves", async () => {
    const first = startDev();
    await first.ready;
    await stop(first, "SIGKILL");
    const isPostgres = (line: string) => /postgres/.test(line) && !line.includes(".ts");
    await expect
      .poll(() => processesOfStack().filter((line) => !isPostgres(line)), { timeout: 10_000 })
      .toEqual([]);
    const second = startDev();
    const file = await second.ready;
    const { count } = await createClient(file.supabaseUrl, file.secretKey)
      .from("themes")
      .select("*", { count: "exact", head: true });
    expect(count).toBeGreaterThanOrEqual(7);
    await stop(second);
    expect(processesOfStack()).toEqual([]);
  });

  it("ends with a sentence that names the part that died and its log", async () => {
    const dev = startDev();
    await dev.ready;
    const supabase = processesOfStack().find((line) => line.includes("supabase-server"));
    process.kill(Number.parseInt(supabase ?? "", 10), "SIGKILL");
    const { code, output } = await dev.ended;
    expect(code).toBe(1);
    expect(output).toContain(
      `Supabase ended unexpectedly, so everything was stopped: see ${dataDir}/logs/supabase.log`,
    );
    expect(processesOfStack()).toEqual([]);
  });

  it("says in one sentence that the data folder is broken, and --reset starts anew", async () => {
    const before = startDev();
    const { secretKey } = await before.ready;
    await stop(before);
    await writeFile(join(dataDir, "postgres", "PG_VERSION"), "garbage");
    const { code, output } = await startDev().ended;
    expect(code).toBe(1);
    expect(output).toMatch(
      /PostgreSQL data folder \S+\/postgres cannot be used .*: npm run dev -- --reset starts anew/,
    );

    const file = await startDev(["--reset"]).ready;
    expect(file.secretKey).not.toBe(secretKey);
    const db = createClient(file.supabaseUrl, file.secretKey);
    const mine = await db.from("push_tokens").select().eq("token", "ExponentPushToken[mine]");
    expect(mine.data).toEqual([]);
  });

  it("refuses an option it does not know, with exit code 2", async () => {
    const { code, output } = await startDev(["--fast"]).ended;
    expect(code).toBe(2);
    expect(output).toContain("--fast");
  });
});

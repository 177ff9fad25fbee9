import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@supabase/supabase-js";
import { Redis } from "@upstash/redis";
import { jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { resetStack } from "@/scripts/local/reset";
import { type Stack, startStack } from "@/scripts/local/stack";
import { envFromStackFile, readStackFile } from "@/scripts/local/stack-env";
import { lockStack } from "@/scripts/local/stack-lock";
import { fixedPorts } from "@/scripts/local/stack-ports";
import { startTicker } from "@/scripts/local/ticker";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "banzuke-parts-"));
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe("a stack started by a test", () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({
      dataDir: join(folder, "stack"),
      ports: "free",
      app: "none",
      ticker: false,
      demo: false,
      durable: false,
      redisEngine: "memory",
      env: { CONTEST_TOP_N: "all" },
    });
  });

  afterAll(async () => {
    await stack?.stop();
    await resetStack(join(folder, "stack"));
  });

  it("derives the app's environment from the stack file alone, and takes more", () => {
    const read = readStackFile(join(folder, "stack", "stack.json"));
    expect(read).toEqual(stack.file);
    expect(stack.env).toEqual({ ...envFromStackFile(read), CONTEST_TOP_N: "all" });
    expect(Object.values(stack.env).every((value) => value !== "")).toBe(true);
  });

  it("signs a service-role JWT with the secret the app checks", async () => {
    const secret = new TextEncoder().encode(stack.env.SUPABASE_JWT_SECRET);
    const { payload } = await jwtVerify(stack.file.serviceRoleJwt, secret, { algorithms: ["HS256"] });
    expect(payload.role).toBe("service_role");
  });

  it("takes Redis down and up again on the same address with its data", async () => {
    const redis = new Redis({ url: stack.file.redisRestUrl, token: stack.file.redisRestToken, retry: false });
    await redis.set("kept", "yes");
    await stack.redis.stop();
    await expect(redis.get("kept")).rejects.toThrow();
    await stack.redis.start();
    expect(await redis.get("kept")).toBe("yes");
  });

  it("takes Supabase and Postgres down and up again", async () => {
    const db = createClient(stack.file.supabaseUrl, stack.file.secretKey);
    const insert = (id: string) => db.from("themes").upsert({ id, date: "2026-01-01", title: id });
    expect((await insert("a")).status).toBe(201);
    await stack.postgres.kill();
    const away = await insert("b");
    expect([away.status, away.error?.code]).toEqual([503, "PGRST001"]);
    await stack.postgres.start();
    await expect.poll(async () => (await insert("a")).status, { timeout: 20_000 }).toBeOneOf([200, 201]);
    await stack.supabase.stop();
    expect((await insert("c")).status).toBe(0);
    await stack.supabase.start();
    expect((await insert("d")).status).toBe(201);
    const { data } = await db.from("themes").select("id").order("id");
    expect(data?.map(({ id }) => id)).toEqual(["a", "d"]);
  });

  it("is the only one on its folder", async () => {
    await expect(lockStack(join(folder, "elsewhere"), "http://localhost:1")).resolves.toBeDefined();
    const holder = {
      pid: process.ppid,
      command: "another program that has this id now",
      app: "http://localhost:1",
    };
    await writeFile(join(folder, "elsewhere", "stack.lock"), JSON.stringify(holder));
    await expect(lockStack(join(folder, "elsewhere"), "http://localhost:2")).resolves.toBeDefined();
  });
});

describe("the ticker", () => {
  it("calls each route of vercel.json on schedule as Vercel does", async () => {
    const requests: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      requests.push(request);
      response.end("{}");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const projectDir = join(folder, "project");
    await mkdir(projectDir);
    const crons = [
      { path: "/api/cron/sweep", schedule: "* * * * *" },
      { path: "/api/cron/never", schedule: "0 0 30 2 *" },
    ];
    await writeFile(join(projectDir, "vercel.json"), JSON.stringify({ crons }));
    const lines: string[] = [];
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const ticker = startTicker({
      url: `http://127.0.0.1:${port}`,
      cronSecret: "the secret",
      projectDir,
      log: (line) => lines.push(line),
    });
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    await expect.poll(() => lines.length).toBe(1);
    await ticker.stop();
    server.close();
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(["GET /api/cron/sweep"]);
    expect(requests[0]?.headers).toMatchObject({
      "user-agent": "vercel-cron/1.0",
      authorization: "Bearer the secret",
    });
    expect(lines[0]).toMatch(/^\S+Z GET \/api\/cron\/sweep 200 \d+ ms$/);
  });
});

describe("clear sentences", () => {
  it("says what to do when no stack runs, or its file is of another version", async () => {
    expect(() => readStackFile(join(folder, "none.json"))).toThrow(
      /^No stack is running: .*none\.json is not there/,
    );
    await writeFile(join(folder, "old.json"), JSON.stringify({ app: "http://localhost:3000" }));
    expect(() => readStackFile(join(folder, "old.json"))).toThrow(
      /is not a stack file of this version \(.*jwtSecret/,
    );
  });

  it("names a port setting that is no port", async () => {
    await expect(fixedPorts({ PORT: "http" })).rejects.toThrow(
      'PORT must be a number from 0 to 65535, not "http".',
    );
    expect(await fixedPorts({})).toMatchObject({
      app: 3000,
      supabase: 54321,
      postgres: 54322,
      redis: 54379,
      resend: 54601,
    });
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "@upstash/redis";
import { Pool } from "pg";
import type { App } from "@/scripts/local/app-process";
import { type Stack, startStack } from "@/scripts/local/stack";
import type { StackFile } from "@/scripts/local/stack-env";
import { freePorts } from "@/scripts/local/stack-ports";
import { type HoldingProxy, startProxy } from "./proxy";

type Json = Record<string, unknown>;

/** An answer of the app: `body` is its JSON, or `{}` when it is none. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Json & { code?: string; detail?: string };
  text: string;
}

/** The built app against a stack of one test file's own, with a proxy before each service it talks to. */
export interface TestStack {
  file: StackFile;
  dataDir: string;
  /** The app's environment, the proxies' addresses included. */
  env: Record<string, string>;
  app: App;
  /** Takes Postgres down: in order, or by SIGKILL as a crash. */
  stopPostgres: (how?: "stop" | "kill") => Promise<void>;
  startPostgres: () => Promise<void>;
  redisServer: Stack["redis"];
  /** Straight to Redis, past the proxy. */
  redis: Redis;
  proxies: Record<"supabase" | "redis" | "expo" | "posthog" | "resend" | "slack" | "serper", HoldingProxy>;
  sql: <Row extends Json = Json>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** A request to the app, by default GET without credentials. */
  ask: (path: string, init?: RequestInit) => Promise<Answer>;
  /** A cron route called as Vercel would; with a query, as an operator would. */
  cron: (job: string, query?: Record<string, string>) => Promise<Answer>;
  /** What a provider received under a name, in order. */
  received: <T>(provider: "expo" | "posthog", name: string) => Promise<T[]>;
  /** Makes a provider's next requests fail: see `scripts/local/emulators/front.ts`. */
  fail: (provider: "expo" | "posthog" | "slack", fault: Json) => Promise<void>;
  /** Empties database, Redis and providers. */
  reset: () => Promise<void>;
  /** kill -9 of the app's whole process tree, and a new start. */
  killApp: () => Promise<void>;
  startApp: () => Promise<void>;
  close: () => Promise<void>;
}

export interface TestStackOptions {
  /** Added to the app's environment. */
  env?: Record<string, string>;
  /** Needed where a test kills Postgres: without it, a crash may lose what was committed. */
  durable?: boolean;
}

/** Brings up a stack on free ports in a temporary folder. */
export async function openStack({ env = {}, durable = false }: TestStackOptions = {}): Promise<TestStack> {
  await clearOfClosingTime();
  const dataDir = await mkdtemp(join(tmpdir(), "banzuke-faults-"));
  const ports = await freePorts();
  const at = (port: number) => startProxy(`http://127.0.0.1:${port}`);
  const proxies = {
    supabase: await at(ports.supabase),
    redis: await at(ports.redis),
    expo: await at(ports.expo),
    posthog: await at(ports.posthog),
    resend: await at(ports.resend),
    slack: await at(ports.slack),
    serper: await at(ports.serper),
  };
  const stack = await startStack({
    dataDir,
    ports,
    app: "start",
    ticker: false,
    demo: false,
    durable,
    env: {
      NEXT_PUBLIC_SUPABASE_URL: proxies.supabase.url,
      UPSTASH_REDIS_REST_URL: proxies.redis.url,
      EXPO_BASE_URL: proxies.expo.url,
      POSTHOG_HOST: proxies.posthog.url,
      RESEND_BASE_URL: proxies.resend.url,
      SLACK_API_URL: `${proxies.slack.url}/api/`,
      SERPER_API_URL: proxies.serper.url,
      ...env,
    },
  });
  const { file, app } = stack;
  if (!app) throw new Error("the stack came up without its app");
  const pool = new Pool({ connectionString: file.postgresUrl, max: 2, statement_timeout: 30_000 });
  // Tests take Postgres down on purpose; idle connections hear of it.
  pool.on("error", () => undefined);
  const redis = new Redis({ url: file.redisRestUrl, token: file.redisRestToken, enableTelemetry: false });
  const sql = async <Row extends Json>(text: string, values?: unknown[]) =>
    (await pool.query(text, values)).rows as Row[];
  const ask = (path: string, init?: RequestInit) => askUrl(`${file.app}${path}`, init);
  const emulator = async (provider: "expo" | "posthog" | "slack", what: string, body: Json) => {
    const url = `${file.providers[provider]}/_emulate/${what}`;
    const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  };
  return {
    file,
    dataDir,
    env: stack.env,
    app,
    stopPostgres: (how = "stop") => stack.postgres[how](),
    startPostgres: () => stack.postgres.start(),
    redisServer: stack.redis,
    redis,
    proxies,
    sql,
    ask,
    cron: (job, query = {}) =>
      ask(`/api/cron/${job}?${new URLSearchParams(query)}`, {
        headers: { authorization: `Bearer ${file.cronSecret}`, "user-agent": "vercel-cron/1.0" },
      }),
    received: async (provider, name) => {
      const response = await fetch(`${file.providers[provider]}/_emulate/${name}`);
      return ((await response.json()) as Record<string, never[]>)[name] ?? [];
    },
    fail: (provider, fault) => emulator(provider, "fail", fault),
    reset: async () => {
      await sql("truncate themes, rankings, job_runs, jobs, events, push_tokens cascade");
      await redis.flushall();
      for (const provider of ["expo", "posthog", "slack"] as const) await emulator(provider, "reset", {});
      for (const proxy of Object.values(proxies)) proxy.forget();
    },
    killApp: () => app.kill(),
    startApp: () => app.start(),
    close: async () => {
      await pool.end();
      await stack.stop();
      await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A request to a URL with its answer read to the end. */
export async function askUrl(url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as Json) : {},
  };
}

const DAY_MS = 86_400_000;
const CLOSING_UTC_MS = 13 * 3_600_000;
const LONGEST_FILE_MS = 3 * 60_000;

/** A scheduled call names the latest 22:00 JST: a file that ran across it would see two occurrences. */
async function clearOfClosingTime(): Promise<void> {
  const untilClosing = (CLOSING_UTC_MS - (Date.now() % DAY_MS) + DAY_MS) % DAY_MS;
  if (untilClosing < LONGEST_FILE_MS)
    await new Promise((resolve) => setTimeout(resolve, untilClosing + 1_000));
}

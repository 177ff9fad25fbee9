import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { seedAdmin } from "./admin";
import { type App, createApp } from "./app-process";
import { seedDemoData } from "./demo-data";
import { writePrivateJson } from "./kept-file";
import { type Postgres, startPostgres, stopLeftPostgres } from "./postgres";
import { envFromStackFile, type StackFile } from "./stack-env";
import { lockStack } from "./stack-lock";
import { assertPortsFree, fixedPorts, freePorts, LOCAL_SERVICES, type StackPorts } from "./stack-ports";
import { endSurvivors, recordProcesses } from "./stack-processes";
import { keepSecrets, signServiceRoleJwt } from "./stack-secrets";
import {
  type EmulatorsService,
  launchEmulators,
  launchRedis,
  launchSupabase,
  type RedisService,
  type ServiceContext,
  type SupabaseService,
} from "./stack-services";
import { keepKeys } from "./supabase-keys";
import { startTicker } from "./ticker";

export type StackOptions = {
  dataDir: string;
  /** "fixed": PORT and BANZUKE_PORT_BASE or their defaults; "free": whatever is free; or chosen one by one. */
  ports: "fixed" | "free" | StackPorts;
  /** Next in development, from a production build, or not at all. */
  app: "dev" | "start" | "none";
  /** Calls the cron routes of vercel.json on schedule. */
  ticker: boolean;
  /** Fills in demo data that is missing. */
  demo: boolean;
  /** False: a crash may lose data, and everything is faster. */
  durable: boolean;
  redisEngine?: "auto" | "redis" | "memory";
  /** A PostgreSQL or Redis that runs already. */
  databaseUrl?: string | undefined;
  redisUrl?: string | undefined;
  /** More environment for the app; wins over the stack's own. */
  env?: Record<string, string>;
  /** Gives up starting, and stops what was started. */
  signal?: AbortSignal;
  onProgress?(step: string): void;
  /** Told of a process that ended though nobody asked it to. */
  onFailure?(name: string, logFile: string): void;
};

/** A running stack. */
export type Stack = {
  file: StackFile;
  /** What the app needs to run against it. */
  env: Record<string, string>;
  postgres: Postgres;
  redis: RedisService;
  supabase: SupabaseService;
  providers: EmulatorsService;
  app?: App;
  /** Ends every process of the stack; data stays. */
  stop(): Promise<void>;
};

const PROJECT_DIR = fileURLToPath(new URL("../..", import.meta.url));
const ADMIN_EMAIL = "admin@banzuke.test";

/**
 * Brings up Postgres, Supabase, Redis, the providers and the app on one data folder, and writes `stack.json` there.
 * @throws StackError in one sentence: a stack runs already, a port is busy, the data folder is broken, …
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = resolve(options.dataDir);
  const ports = await portsOf(options);
  const appUrl = `http://localhost:${ports.app}`;
  const lock = await lockStack(dataDir, appUrl);
  const endings: (() => Promise<void>)[] = [async () => lock.release()];
  const stop = once(async () => {
    for (const end of endings.reverse()) await end();
  });
  try {
    return await bringUp(options, { dataDir, ports, appUrl, endings, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

type BringUp = {
  dataDir: string;
  ports: StackPorts;
  appUrl: string;
  /** What to undo, last first. */
  endings: (() => Promise<void>)[];
  stop(): Promise<void>;
};

async function bringUp(
  options: StackOptions,
  { dataDir, ports, appUrl, endings, stop }: BringUp,
): Promise<Stack> {
  const { databaseUrl, signal, onProgress = () => undefined } = options;
  const logDir = join(dataDir, "logs");
  mkdirSync(logDir, { recursive: true });
  await Promise.all([endSurvivors(dataDir), stopLeftPostgres(dataDir)]);
  const services = LOCAL_SERVICES.filter((name) => name !== "postgres" || !databaseUrl);
  await assertPortsFree(ports, options.app === "none" ? services : ["app", ...services]);

  const record = recordProcesses(dataDir);
  endings.push(async () => record.clear());
  const failed = (name: string, logFile: string) => options.onFailure?.(name, logFile);
  const [keys, secrets] = await Promise.all([
    keepKeys(join(dataDir, "supabase-keys.json")),
    keepSecrets(join(dataDir, "secrets.json")),
  ]);
  const context: ServiceContext = {
    dataDir,
    projectDir: PROJECT_DIR,
    ports,
    secrets,
    onStarted: (child) => {
      record.add(child.name, child.pid);
      child.onUnexpectedExit(() => failed(child.name, child.logFile));
    },
  };
  const admin = { email: ADMIN_EMAIL, password: secrets.adminPassword };

  const databaseUp = async () => {
    const postgres = await startPostgres({
      dataDir,
      port: ports.postgres,
      durable: options.durable,
      databaseUrl,
    });
    endings.push(() => postgres.stop());
    postgres.onUnexpectedExit(() => failed("PostgreSQL", join(logDir, "postgres.log")));
    onProgress("PostgreSQL");
    const supabase = await launchSupabase(context, postgres.url);
    endings.push(() => supabase.stop());
    await seedAdmin(supabase.value, postgres.url, admin);
    onProgress("Supabase");
    return { postgres, supabase };
  };
  const redisUp = async () => {
    const redis = await launchRedis(context, options.redisEngine ?? "auto", options.redisUrl);
    endings.push(() => redis.stop());
    onProgress("Redis");
    return redis;
  };
  const providersUp = async () => {
    const providers = await launchEmulators(context);
    endings.push(() => providers.stop());
    onProgress("providers");
    return providers;
  };
  const [{ postgres, supabase }, redis, providers] = await allOrFirstError(
    databaseUp(),
    redisUp(),
    providersUp(),
  );

  signal?.throwIfAborted();

  const file: StackFile = {
    mode: options.app,
    pid: process.pid,
    app: appUrl,
    supabaseUrl: supabase.value.url,
    publishableKey: keys.publishableKey,
    secretKey: keys.secretKey,
    jwtSecret: keys.jwtSecret,
    postgresUrl: postgres.url,
    redisRestUrl: redis.value.url,
    redisRestToken: redis.value.token,
    redis: { engine: redis.value.engine, version: redis.value.version },
    queueUrl: postgres.url,
    cronSecret: secrets.cronSecret,
    serviceRoleJwt: await signServiceRoleJwt(keys.jwtSecret),
    admin,
    providers: providers.value.urls,
    slack: { botToken: secrets.slackBotToken, alertChannel: "#ops" },
    resendApiKey: secrets.resendApiKey,
    resendWebhookSecret: secrets.resendWebhookSecret,
    notifyLinkSecret: secrets.notifyLinkSecret,
    posthogKey: secrets.posthogKey,
    expoAccessToken: secrets.expoAccessToken,
    serperApiKey: secrets.serperApiKey,
    googleServiceAccount: secrets.googleServiceAccount,
  };
  const env = { ...envFromStackFile(file), ...options.env };
  const seedingUp = async () => {
    if (options.demo) await seedDemoData(file, new Date());
    if (options.demo) onProgress("demo data");
  };
  const appUp = async () => {
    if (options.app === "none") return undefined;
    const app = createApp({
      mode: options.app,
      projectDir: PROJECT_DIR,
      url: appUrl,
      env,
      logFile: join(logDir, "next.log"),
      onProcess: record.add,
      onUnexpectedExit: () => failed("Next", join(logDir, "next.log")),
    });
    endings.push(() => app.stop());
    const giveUp = () => void app.stop();
    signal?.addEventListener("abort", giveUp);
    await app.start().finally(() => signal?.removeEventListener("abort", giveUp));
    onProgress("Next");
    return app;
  };
  const stackFile = join(dataDir, "stack.json");
  await writePrivateJson(stackFile, file);
  endings.push(async () => rmSync(stackFile, { force: true }));
  const [app] = await allOrFirstError(appUp(), seedingUp());
  if (options.ticker && app) {
    const log = (line: string) => appendFileSync(join(logDir, "ticker.log"), `${line}\n`);
    const ticker = startTicker({ url: appUrl, cronSecret: secrets.cronSecret, projectDir: PROJECT_DIR, log });
    endings.push(() => ticker.stop());
  }
  return { file, env, postgres, redis, supabase, providers, ...(app && { app }), stop };
}

async function portsOf({ ports }: StackOptions): Promise<StackPorts> {
  if (ports === "fixed") return fixedPorts(process.env);
  return ports === "free" ? freePorts() : ports;
}

/** Like Promise.all, but waits for the others too: what they started must be known before it is stopped. */
async function allOrFirstError<T extends unknown[]>(...tasks: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(tasks);
  return (await Promise.all(tasks)) as T;
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= run();
    return running;
  };
}

import { join } from "node:path";
import { z } from "zod";
import { type Child, startChild } from "./child";
import { PROVIDERS } from "./emulators/start";
import { type Restartable, startRestartable } from "./restartable";
import type { StackPorts } from "./stack-ports";
import type { StackSecrets } from "./stack-secrets";

/** What every service of a stack needs to know. */
export type ServiceContext = {
  dataDir: string;
  projectDir: string;
  ports: StackPorts;
  secrets: StackSecrets;
  /** Told of every child: to write it down and to watch it. */
  onStarted(child: Child<unknown>): void;
};

const SupabaseValue = z.object({
  url: z.string(),
  publishableKey: z.string(),
  secretKey: z.string(),
  jwtSecret: z.string(),
});
const RedisValue = z.object({
  url: z.string(),
  token: z.string(),
  engine: z.enum(["redis", "memory"]),
  version: z.string(),
});
const EmulatorsValue = z.object({ urls: z.record(z.enum(PROVIDERS), z.string()) });

export type SupabaseService = Restartable<z.infer<typeof SupabaseValue>>;
export type RedisService = Restartable<z.infer<typeof RedisValue>>;
export type EmulatorsService = Restartable<z.infer<typeof EmulatorsValue>>;

/** The Data API and Auth over the database, in a process of its own. */
export function launchSupabase(context: ServiceContext, postgresUrl: string): Promise<SupabaseService> {
  const { dataDir, projectDir, ports } = context;
  return launch(context, "Supabase", "supabase", {
    script: new URL("./supabase-server.ts", import.meta.url),
    options: { postgresUrl, port: ports.supabase, projectDir, dataDir },
    ready: SupabaseValue,
  });
}

/** The Redis REST server, in a process of its own. */
export function launchRedis(
  context: ServiceContext,
  engine: "auto" | "redis" | "memory",
  redisUrl: string | undefined,
): Promise<RedisService> {
  const { dataDir, ports, secrets } = context;
  return launch(context, "The Redis REST server", "redis", {
    script: new URL("./redis/server.ts", import.meta.url),
    options: {
      port: ports.redis,
      token: secrets.redisRestToken,
      dataDir: join(dataDir, "redis"),
      redisUrl,
      engine,
    },
    ready: RedisValue,
  });
}

/** Every provider the app talks to, in one process of their own. */
export function launchEmulators(context: ServiceContext): Promise<EmulatorsService> {
  const { ports, secrets } = context;
  return launch(context, "The provider stand-ins", "providers", {
    script: new URL("./emulators/server.ts", import.meta.url),
    options: {
      slackBotToken: secrets.slackBotToken,
      resendWebhookSecret: secrets.resendWebhookSecret,
      serperApiKey: secrets.serperApiKey,
      ports: Object.fromEntries(PROVIDERS.map((name) => [name, ports[name]])),
    },
    ready: EmulatorsValue,
  });
}

function launch<T>(
  { dataDir, onStarted }: ServiceContext,
  name: string,
  log: string,
  child: { script: URL; options: unknown; ready: z.ZodType<T> },
): Promise<Restartable<T>> {
  const logFile = join(dataDir, "logs", `${log}.log`);
  return startRestartable(() => startChild({ ...child, name, logFile }), onStarted);
}

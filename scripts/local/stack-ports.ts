import { PROVIDERS, type ProviderName } from "./emulators/start";
import { StackError } from "./errors";
import { assertPortFree, freePort } from "./ports";

/** The port of every service of a stack; all but the app's listen on 127.0.0.1 only. */
export type StackPorts = Record<"app" | "supabase" | "postgres" | "redis" | ProviderName, number>;

/** Offsets from the base, so that the defaults are Supabase's usual 54321 and 54322. */
const OFFSETS: Record<Exclude<keyof StackPorts, "app">, number> = {
  supabase: 21,
  postgres: 22,
  redis: 79,
  resend: 301,
  slack: 302,
  s3: 303,
  expo: 304,
  posthog: 305,
  serper: 306,
  searchConsole: 307,
};

const DEFAULT_APP_PORT = 3000;
const DEFAULT_BASE = 54_300;

/**
 * The fixed ports: `PORT` for the app (3000), `BANZUKE_PORT_BASE` for the block of the others (54300).
 * Either may be 0, which means free ones.
 * @throws StackError for a setting that is no port
 */
export async function fixedPorts(env: Record<string, string | undefined>): Promise<StackPorts> {
  const app = portSetting(env, "PORT", DEFAULT_APP_PORT, 65_535);
  const base = portSetting(
    env,
    "BANZUKE_PORT_BASE",
    DEFAULT_BASE,
    65_535 - Math.max(...Object.values(OFFSETS)),
  );
  const ports = await freePorts();
  if (app !== 0) ports.app = app;
  if (base === 0) return ports;
  for (const [name, offset] of Object.entries(OFFSETS)) Object.assign(ports, { [name]: base + offset });
  return ports;
}

/** A free port for every service. */
export async function freePorts(): Promise<StackPorts> {
  const taken = new Set<number>();
  const next = async (): Promise<number> => {
    const port = await freePort();
    if (taken.has(port)) return next();
    taken.add(port);
    return port;
  };
  return {
    app: await next(),
    supabase: await next(),
    postgres: await next(),
    redis: await next(),
    resend: await next(),
    slack: await next(),
    s3: await next(),
    expo: await next(),
    posthog: await next(),
    serper: await next(),
    searchConsole: await next(),
  };
}

/** Throws a StackError about the first port that somebody else uses. Call it once survivors are gone. */
export async function assertPortsFree(ports: StackPorts, needed: (keyof StackPorts)[]): Promise<void> {
  for (const name of needed) {
    const remedy =
      name === "app"
        ? "free it, or choose another with npm run dev -- --port 3001"
        : "free it, or move the block of ports with BANZUKE_PORT_BASE=55300 npm run dev";
    await assertPortFree(ports[name], PURPOSE[name], remedy);
  }
}

/** Every service that runs when Postgres is ours to start. */
export const LOCAL_SERVICES: (keyof StackPorts)[] = ["supabase", "postgres", "redis", ...PROVIDERS];

const PURPOSE: Record<keyof StackPorts, string> = {
  app: "the app",
  supabase: "Supabase",
  postgres: "PostgreSQL",
  redis: "the Redis REST server",
  resend: "the Resend inbox",
  slack: "the Slack stand-in",
  s3: "the S3 stand-in",
  expo: "the Expo stand-in",
  posthog: "the PostHog stand-in",
  serper: "the Serper stand-in",
  searchConsole: "the Search Console stand-in",
};

function portSetting(
  env: Record<string, string | undefined>,
  name: string,
  otherwise: number,
  max: number,
): number {
  const text = env[name];
  if (!text) return otherwise;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > max) {
    throw new StackError(`${name} must be a number from 0 to ${max}, not "${text}".`);
  }
  return port;
}

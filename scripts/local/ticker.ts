import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Cron } from "croner";
import { z } from "zod";
import { messageOf, StackError } from "./errors";

const VercelJson = z.object({
  crons: z.array(z.object({ path: z.string().startsWith("/"), schedule: z.string() })).default([]),
});

export type TickerOptions = {
  /** The app's address. */
  url: string;
  cronSecret: string;
  projectDir: string;
  /** One line per call. */
  log(line: string): void;
};

export type Ticker = { stop(): Promise<void> };

/** As long as a function may run on Vercel. */
const CALL_TIMEOUT_MS = 800_000;

/**
 * Calls the routes of `vercel.json` as Vercel Cron does: GET, in UTC, with its user agent and bearer. Calls of one
 * route may overlap, as they may there.
 * @throws StackError when vercel.json is not what Vercel reads
 */
export function startTicker(options: TickerOptions): Ticker {
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  const crons = readCrons(options.projectDir).map(({ path, schedule }) => {
    const tick = () => {
      const call = callRoute(options, path, stopping.signal).finally(() => underWay.delete(call));
      underWay.add(call);
    };
    return new Cron(schedule, { timezone: "UTC", mode: "5-part" }, tick);
  });
  return {
    stop: async () => {
      for (const cron of crons) cron.stop();
      stopping.abort();
      await Promise.all(underWay);
    },
  };
}

function readCrons(projectDir: string): { path: string; schedule: string }[] {
  const file = join(projectDir, "vercel.json");
  if (!existsSync(file)) return [];
  try {
    return VercelJson.parse(JSON.parse(readFileSync(file, "utf8"))).crons;
  } catch (error) {
    throw new StackError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

async function callRoute(
  { url, cronSecret, log }: TickerOptions,
  path: string,
  stop: AbortSignal,
): Promise<void> {
  const startedAt = performance.now();
  const say = (outcome: string) =>
    log(`${new Date().toISOString()} GET ${path} ${outcome} ${Math.round(performance.now() - startedAt)} ms`);
  try {
    const response = await fetch(new URL(path, url), {
      headers: { authorization: `Bearer ${cronSecret}`, "user-agent": "vercel-cron/1.0" },
      redirect: "manual",
      signal: AbortSignal.any([stop, AbortSignal.timeout(CALL_TIMEOUT_MS)]),
    });
    const body = await response.text();
    say(`${response.status}${response.ok ? "" : ` ${body.slice(0, 200)}`}`);
  } catch (error) {
    if (!stop.aborted) say(`failed: ${messageOf(error)}`);
  }
}

import { relative } from "node:path";
import { jstDate } from "@/lib/time";
import { demoThemeId } from "./demo-data";
import type { StackFile } from "./stack-env";

/** The one screen a person sees when everything runs. */
export function readyScreen(file: StackFile, dataDir: string, seconds: number, now: Date): string {
  const { app, admin, providers, redis } = file;
  const inside = relative(process.cwd(), dataDir);
  const folder = inside.startsWith("..") ? dataDir : inside;
  const api = file.mode === "none" ? `${app} (not started: --no-app)` : app;
  return `
  ${bold("Banzuke")} is up after ${seconds.toFixed(1)} s

  App      ${bold(api)}
  Admin    ${bold(`${app}/admin`)}
           ${admin.email}  ${admin.password}

  Try      ./scripts/finalize-ranking.sh
           curl '${app}/api/v1/ranking?theme_id=${demoThemeId(jstDate(now))}&limit=3'
           curl ${app}/api/health

  Inboxes  mail    ${providers.resend}/inbox
           Slack   ${providers.slack}/?tab=messages
           push    ${providers.expo}/_emulate/messages
           events  ${providers.posthog}/_emulate/events

  Redis    ${redis.engine === "redis" ? `redis-server ${redis.version}` : `in memory, as Redis ${redis.version}`}
  Logs     ${folder}/logs/*.log
  Addresses and keys are in ${folder}/stack.json. Ctrl-C stops everything; data stays in ${folder}.
`;
}

/** Shows which parts are up while the rest starts: one line that grows, or a line each where output is no terminal. */
export function progressLine(out: NodeJS.WriteStream): { step(name: string): void; end(): void } {
  const done: string[] = [];
  return {
    step: (name) => {
      done.push(name);
      out.write(out.isTTY ? `\r\x1b[2K  starting: ${done.join(", ")} …` : `  started ${name}\n`);
    },
    end: () => {
      if (out.isTTY) out.write("\r\x1b[2K");
    },
  };
}

function bold(text: string): string {
  return process.stdout.isTTY ? `\x1b[1m${text}\x1b[0m` : text;
}

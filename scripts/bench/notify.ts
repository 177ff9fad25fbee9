import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { addWaitingUsers, forgetWatch } from "../../tests/support/watch";
import { controlsOf } from "../local/emulators/controls";
import { startStack } from "../local/stack";
import { chunked, inParallel, timed } from "./measure";
import type { NotifyRun } from "./notify-run";

/**
 * send-notifications for many due users. First as fast as it goes, beside its floor: the very same requests sent
 * bare, so that the difference is our own work. Then at Resend's rate limit, beside the ceiling that limit allows.
 */
const DEFAULT_LIMIT = 2;
const SLACK_EVERY = 10;
const [size = 10_000, ...limits] = process.argv.slice(2).map(Number);
if (limits.length === 0) limits.push(DEFAULT_LIMIT);

const dataDir = mkdtempSync(join(tmpdir(), "banzuke-bench-"));
const stack = await startStack({
  dataDir,
  ports: "free",
  app: "none",
  ticker: false,
  demo: false,
  durable: true,
});
try {
  const providers = controlsOf(stack.file.providers);
  const client = new Client({ connectionString: stack.file.postgresUrl });
  await client.connect();
  const sql = async (text: string, values?: unknown[]) => (await client.query(text, values)).rows;
  console.log(
    `send-notifications, ${size} due users, one in ${SLACK_EVERY} with a Slack channel of their own\n`,
  );
  console.log(
    "  Resend limit │ digests/s │  ceiling │ reached │    wall │ bare requests │ outside the provider │ processor │ memory",
  );
  for (const limit of [0, ...limits]) {
    await prepare();
    await providers.resendLimit(limit);
    const run = await runOnce(limit);
    if (run.counts.emails_sent !== size) throw new Error(JSON.stringify(run.counts));
    const bare = limit === 0 ? await bareRequests() : null;
    printRow(limit, run, bare);
  }
  await client.end();

  async function prepare(): Promise<void> {
    await forgetWatch(sql);
    await providers.reset();
    await addWaitingUsers(sql, size, {
      slackEvery: SLACK_EVERY,
      checkedOn: new Date().toISOString().slice(0, 10),
    });
    // Due at any hour of the day the bench is run.
    await sql("update user_alert_settings set timezone = 'UTC', notification_time = '00:00'");
    await sql("analyze");
    await sql("checkpoint");
  }

  /** The e-mails and Slack messages of the last run again, straight to the providers, as parallel as the job is. */
  async function bareRequests(): Promise<number> {
    const emails = await sql(
      "select recipient, content from deliveries where channel = 'email' order by batch_id, id",
    );
    const messages = await sql("select recipient, content from deliveries where channel = 'slack'");
    await providers.reset();
    const bodies = chunked(emails, 100).map((batch) =>
      JSON.stringify(batch.map(({ recipient, content }) => ({ to: recipient, ...content }))),
    );
    const { ms } = await timed(() =>
      Promise.all([
        inParallel(bodies, 4, (body) =>
          post(`${stack.file.providers.resend}/emails/batch`, stack.file.resendApiKey, body),
        ),
        inParallel(messages, 20, ({ recipient, content }) =>
          post(
            `${stack.file.providers.slack}/api/chat.postMessage`,
            stack.file.slack.botToken,
            JSON.stringify({ channel: recipient, ...content }),
          ),
        ),
      ]),
    );
    return ms;
  }
} finally {
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function post(url: string, token: string, body: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
}

/** The job in a child process with the heap that a function with 512 MB of memory can afford. */
async function runOnce(limit: number): Promise<NotifyRun> {
  const child = fork(fileURLToPath(new URL("./notify-run.ts", import.meta.url)), {
    env: {
      ...process.env,
      ...stack.env,
      NODE_ENV: "production",
      RESEND_REQUESTS_PER_SECOND: String(limit === 0 ? 100 : limit),
    },
    execArgv: ["--import", "tsx", "--max-old-space-size=256"],
  });
  const ended = once(child, "exit").then((): never => {
    throw new Error("the job's process ended");
  });
  const [run] = await Promise.race([once(child, "message"), ended]);
  return run as NotifyRun;
}

function printRow(limit: number, run: NotifyRun, bareMs: number | null): void {
  const perSecond = size / (run.ms / 1000);
  const ceiling = limit * 100;
  const cells = [
    (limit === 0 ? "none" : `${limit} req/s`).padStart(14),
    perSecond.toFixed(0).padStart(9),
    (limit === 0 ? "–" : ceiling.toFixed(0)).padStart(8),
    (limit === 0 ? "–" : `${((perSecond / ceiling) * 100).toFixed(1)} %`).padStart(7),
    `${(run.ms / 1000).toFixed(1)} s`.padStart(7),
    (bareMs === null ? "–" : `${(bareMs / 1000).toFixed(1)} s`).padStart(13),
    (bareMs === null ? "–" : `${((run.ms - bareMs) / size).toFixed(2)} ms per digest`).padStart(20),
    `${(run.cpuMs / size).toFixed(2)} ms`.padStart(9),
    `${run.maxRssMb.toFixed(0)} MB`.padStart(6),
  ];
  console.log(cells.join(" │ "));
}

import type { App } from "@/scripts/local/app-process";
import { type Controls, controlsOf } from "@/scripts/local/emulators/controls";
import { type Answer, askUrl, openStack, type TestStack } from "./stack";
import { startSecondApp } from "./stack-apps";
import { addWaitingUsers, forgetWatch, letTimePass } from "./watch";

/** Two servers of the built app on one stack, with the controls of the providers behind it. */
export interface WatchStack extends TestStack {
  providers: Controls;
  servers: [App, App];
}

/** Brings up a stack for rank watch and notifications, at Resend's highest pace unless told otherwise. */
export async function openWatchStack(env: Record<string, string> = {}): Promise<WatchStack> {
  const stack = await openStack({ env: { RESEND_REQUESTS_PER_SECOND: "100", ...env } });
  const second = await startSecondApp(stack);
  return {
    ...stack,
    providers: controlsOf(stack.file.providers),
    servers: [stack.app, second],
    reset: async () => {
      await Promise.all([forgetWatch(stack.sql), controlsOf(stack.file.providers).reset()]);
      for (const proxy of Object.values(stack.proxies)) proxy.forget();
    },
    close: async () => {
      await second.stop();
      await stack.close();
    },
  };
}

/** A cron route of one of the servers, called as Vercel would; with a query, as an operator would. */
export function callCron(
  stack: TestStack,
  server: App,
  job: string,
  query: Record<string, string> = {},
): Promise<Answer> {
  return askUrl(`${server.url}/api/cron/${job}?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${stack.file.cronSecret}`, "user-agent": "vercel-cron/1.0" },
  });
}

/** Adds users whose digest is due whatever time it is: e-mail, and a Slack channel of their own for every nth. */
export async function addDueUsers(stack: TestStack, count: number, slackEvery: number): Promise<void> {
  const [today] = await stack.sql<{ day: string }>("select current_date::text as day");
  await addWaitingUsers(stack.sql, count, {
    slackEvery,
    checkedOn: today?.day ?? "",
    notificationTime: "00:00",
  });
}

/** Every user's e-mail address, in order. */
export const addressesOf = (count: number) => eachOf(count).map((n) => `u${n.padStart(5, "0")}@example.com`);

/** Every Slack channel of {@link addDueUsers}, in order. */
export const channelsOf = (count: number, slackEvery: number) =>
  eachOf(count)
    .filter((n) => Number(n) % slackEvery === 0)
    .map((n) => `C${n.padStart(8, "0")}`);

const eachOf = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

/** Who holds an e-mail or a message of ours: one entry for each that a provider accepted, in order. */
export async function accepted(stack: WatchStack): Promise<{ addresses: string[]; channels: string[] }> {
  const [emails, messages] = await Promise.all([stack.providers.emails(), stack.providers.slackMessages()]);
  return {
    addresses: emails.flatMap(({ to }) => to).sort(),
    channels: messages.map(({ channel }) => channel).sort(),
  };
}

/** What the database says became of the digests. */
export async function notified(stack: TestStack) {
  const [found] = await stack.sql<{
    digests: number;
    users: number;
    unsent: number;
    untold_articles: number;
  }>(
    `select
       (select count(*)::int from digests) as digests,
       (select count(distinct user_id)::int from digests) as users,
       (select count(*)::int from notifications where sent_at is null) as unsent,
       (select count(*)::int from articles where last_notification_sent_at is null) as untold_articles`,
  );
  return found;
}

/** {@link notified} once every user was told, each by one digest. */
export const allTold = (users: number) => ({ digests: users, users, unsent: 0, untold_articles: 0 });

/** Deliveries counted by channel and status, e.g. `{ "email sent": 300 }`. */
export async function deliveryStates(stack: TestStack): Promise<Record<string, number>> {
  const rows = await stack.sql<{ state: string; count: number }>(
    "select channel || ' ' || status as state, count(*)::int from deliveries group by 1 order by 1",
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Slack channels whose message is in a state, in order. */
export async function slackIn(stack: TestStack, status: string): Promise<string[]> {
  const rows = await stack.sql<{ recipient: string }>(
    "select recipient from deliveries where channel = 'slack' and status = $1 order by recipient",
    [status],
  );
  return rows.map(({ recipient }) => recipient);
}

/** Lets every lease, turn and backoff be over, runs' leases included. */
export async function letLeasesPass(stack: TestStack): Promise<void> {
  await stack.sql("update job_runs set lease_expires_at = now() - interval '1 s' where status = 'running'");
  await letTimePass(stack.sql);
}

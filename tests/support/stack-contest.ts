import { addDays, jstDate } from "@/lib/time";
import type { TestStack } from "./stack";

/** Fills a theme whose day is over: the schedule owes it, whatever time it is now. */
export async function addDueTheme(stack: TestStack, id: string, works = 5): Promise<void> {
  await addTheme(stack, id, { date: addDays(jstDate(new Date()), -2), works });
}

/** Fills a theme of a business day (JST), still taking works unless `closed`, with works on its leaderboard. */
export async function addTheme(
  stack: TestStack,
  id: string,
  { date, works = 5, closed = true }: { date: string; works?: number; closed?: boolean },
): Promise<void> {
  await stack.sql("insert into themes (id, date, title, submissions_closed_at) values ($1, $2, $3, $4)", [
    id,
    date,
    `Theme ${id}`,
    closed ? `${date}T12:00:00Z` : null,
  ]);
  const pipeline = stack.redis.pipeline();
  for (let n = 1; n <= works; n += 1) {
    const workId = `${id}-w${n}`;
    pipeline.zadd(`rankings:${id}`, { score: n / works, member: workId });
    pipeline.hset(`metrics:${workId}`, { likes: n * 10, impressions: 1000, unique_viewers: 500 });
  }
  await pipeline.exec();
}

/** Registers phones for the push "results are in". */
export async function addPhones(stack: TestStack, count: number): Promise<void> {
  await stack.sql(
    `insert into push_tokens (token, user_id)
     select 'ExponentPushToken[p' || lpad(n::text, 4, '0') || ']', 'user-' || n from generate_series(1, $1::int) as n`,
    [count],
  );
}

/** A push message as Expo received it. */
export interface Pushed {
  to: string;
  message: { collapseId: string; data: { event_id: string } };
}

/** How often each phone was sent a message. */
export function pushesPerPhone(pushed: Pushed[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { to } of pushed) counts.set(to, (counts.get(to) ?? 0) + 1);
  return counts;
}

/** What is stored of a theme's closing: all that must exist once, or not at all. */
export async function stored(stack: TestStack, themeId: string) {
  const [found] = await stack.sql<{
    snapshots: number;
    version: number | null;
    entries: number;
    intact: boolean | null;
    superseded: number;
    events: number;
    closed: boolean;
  }>(
    `select
       (select count(*)::int from ranking_snapshots where theme_id = t.id) as snapshots,
       (select version from ranking_snapshots where theme_id = t.id) as version,
       (select count(*)::int from rankings where theme_id = t.id) as entries,
       (select checksum = ranking_checksum(t.id) from ranking_snapshots where theme_id = t.id) as intact,
       (select count(*)::int from superseded_rankings where theme_id = t.id) as superseded,
       (select count(*)::int from events where payload ->> 'theme_id' = t.id) as events,
       t.closed_at is not null as closed
     from themes t where t.id = $1`,
    [themeId],
  );
  if (!found) throw new Error(`there is no theme ${themeId}`);
  return found;
}

/** {@link stored} of a theme that was closed once, with this many works. */
export const closedOnce = (entries: number) => ({
  snapshots: 1,
  version: 1,
  entries,
  intact: true,
  superseded: 0,
  events: 1,
  closed: true,
});

/** {@link stored} of a theme that nobody closed: not a row of it may be there. */
export const untouched = {
  snapshots: 0,
  version: null,
  entries: 0,
  intact: null,
  superseded: 0,
  events: 0,
  closed: false,
};

/** The ledger's rows of a job, oldest first. */
export function ledger(stack: TestStack, job = "finalize-ranking") {
  return stack.sql<{
    status: string;
    attempt: number;
    outcome: string | null;
    duplicate_calls: number;
    error: { code: string } | null;
    history: { status: string }[];
  }>(
    `select status, attempt, outcome, duplicate_calls, error, history from job_runs
     where job = $1 order by queued_at`,
    [job],
  );
}

/** Lets every lease and every backoff be over, as if a minute or an hour had passed. */
export async function letTimePass(stack: TestStack): Promise<void> {
  await stack.sql("update job_runs set lease_expires_at = now() - interval '1 s' where status = 'running'");
  for (const table of ["event_deliveries", "push_messages"]) {
    await stack.sql(
      `update ${table} set next_attempt_at = now(), lease_expires_at = least(lease_expires_at, now() - interval '1 s')`,
    );
  }
}

/** Deliveries of the outbox: sink, status and attempts, by sink. */
export function deliveries(stack: TestStack) {
  return stack.sql<{ sink: string; status: string; attempts: number }>(
    "select sink, status, attempts from event_deliveries order by sink",
  );
}

/** True once every sink has what it is owed. */
export async function allDelivered(stack: TestStack): Promise<boolean> {
  const found = await deliveries(stack);
  return found.length > 0 && found.every(({ status }) => status === "delivered");
}

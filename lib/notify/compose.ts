import { randomUUID } from "node:crypto";
import pLimit from "p-limit";
import type { Json } from "@/lib/database.types";
import type { ChannelName } from "@/lib/notify/channels/channel";
import { digestArticles } from "@/lib/notify/facts";
import { renderDigestEmail } from "@/lib/notify/kinds/rank-digest/email";
import { renderDigestSlack } from "@/lib/notify/kinds/rank-digest/slack";
import { digestLinks, signPreferencesToken } from "@/lib/notify/links";
import { planDigest } from "@/lib/notify/plan";
import {
  type Candidate,
  type DigestLease,
  type DigestSource,
  digestCandidates,
  dropDigests,
  type FrozenDigest,
  freezeDigests,
  openDigests,
  readDigestSources,
  takeOverDigests,
} from "@/lib/notify/store";
import type { DigestFacts, Locale } from "@/lib/notify/types";
import type { Context } from "@/lib/platform/context";
import { notifyEnv } from "@/lib/platform/env";
import { failureOf } from "@/lib/platform/failure";

/** Digests composed at once: one e-mail batch. */
const CHUNK = 100;
const LANES = 2;
const LEASE_SECONDS = 120;
/** Days of positions a digest shows. */
const HISTORY_DAYS = 30;

export interface ComposeRun {
  channels: ChannelName[];
  signal: AbortSignal;
  /** Called whenever frozen digests wait to be sent. */
  onFrozen: (digests: number) => void;
}

export type ComposeCounts = { digests: number; invalid_timezone: number; not_rendered: number };

/**
 * Writes the digests that are due: opened for this worker alone, rendered once, frozen with a delivery per
 * channel. Any number of workers may compose at once; each digest is written by one of them.
 */
export async function composeDigests(ctx: Context, run: ComposeRun): Promise<ComposeCounts> {
  const counts: ComposeCounts = { digests: 0, invalid_timezone: 0, not_rendered: 0 };
  const lease: DigestLease = { token: randomUUID(), seconds: LEASE_SECONDS };
  const freeze = async (ids: string[]) => {
    const { frozen, failed } = await freezeOpened(ctx, ids, run.channels, lease.token);
    counts.digests += frozen;
    counts.not_rendered += failed;
    if (frozen > 0) run.onFrozen(frozen);
  };
  for (;;) {
    const stranded = await takeOverDigests(ctx.db, lease, CHUNK);
    if (stranded.length === 0 || run.signal.aborted) break;
    await freeze(stranded);
  }
  for await (const page of digestCandidates(ctx.db, run.channels)) {
    const { due, invalid } = dueOf(ctx, page);
    counts.invalid_timezone += invalid;
    // While one chunk waits for the database, another is rendered.
    const lane = pLimit(LANES);
    await lane.map(inChunks(due), async (chunk) => {
      if (run.signal.aborted) return;
      const opened = await openDigests(ctx.db, chunk, run.channels, lease);
      if (opened.length > 0) await freeze(opened);
    });
  }
  return counts;
}

function dueOf(ctx: Context, candidates: Candidate[]) {
  const due: { userId: string; localDate: string; dueAt: Date }[] = [];
  let invalid = 0;
  for (const candidate of candidates) {
    const plan = planDigest(candidate, ctx.now());
    if (plan.status === "due") due.push({ userId: candidate.userId, ...plan });
    if (plan.status !== "invalid_timezone") continue;
    invalid += 1;
    ctx.log.warn({
      event: "digest.invalid_timezone",
      user_id: candidate.userId,
      timezone: candidate.timezone,
    });
  }
  return { due, invalid };
}

/** Chunks in turn, from a random one on: workers that start together then rarely ask for the same users. */
function inChunks<T>(items: T[]): T[][] {
  const chunks: T[][] = [];
  for (let from = 0; from < items.length; from += CHUNK) chunks.push(items.slice(from, from + CHUNK));
  const first = Math.floor(Math.random() * chunks.length);
  return [...chunks.slice(first), ...chunks.slice(0, first)];
}

async function freezeOpened(
  ctx: Context,
  ids: string[],
  channels: ChannelName[],
  token: string,
): Promise<{ frozen: number; failed: number }> {
  const sources = await readDigestSources(ctx.db, ids, channels, HISTORY_DAYS);
  const digests: FrozenDigest[] = [];
  const dropped = new Set(ids);
  let failed = 0;
  for (const source of sources) {
    try {
      const digest = await renderDigest(ctx, source);
      if (!digest) continue;
      digests.push(digest);
      dropped.delete(source.id);
    } catch (error) {
      failed += 1;
      ctx.log.error({ event: "digest.not_rendered", user_id: source.user_id, failure: failureOf(error) });
    }
  }
  const frozen = digests.length > 0 ? await freezeDigests(ctx.db, token, digests) : 0;
  await dropDigests(ctx.db, token, [...dropped]);
  return { frozen, failed };
}

/** Null when the user's last channel was turned off meanwhile. */
async function renderDigest(ctx: Context, source: DigestSource): Promise<FrozenDigest | null> {
  const links = digestLinks(await signPreferencesToken(source.user_id, ctx.now()));
  const facts: DigestFacts = {
    userId: source.user_id,
    locale: source.locale as Locale,
    timezone: source.timezone,
    localDate: source.local_date,
    composedAt: ctx.now().toISOString(),
    articles: digestArticles(source.notifications),
    links,
  };
  const deliveries: FrozenDigest["deliveries"] = [];
  if (source.channels.includes("email")) {
    const email = await renderDigestEmail(facts);
    deliveries.push({
      channel: "email",
      recipient: source.email,
      content: { from: notifyEnv().NOTIFY_FROM, ...email, headers: unsubscribeHeaders(links.unsubscribe) },
    });
  }
  if (source.channels.includes("slack")) {
    const message = renderDigestSlack(facts);
    deliveries.push({
      channel: "slack",
      recipient: source.slack_channel,
      content: message as unknown as Json,
    });
  }
  // The history is in the rendered message; the facts keep what was told.
  const told = facts.articles.map(({ history, ...article }) => article);
  return deliveries.length === 0
    ? null
    : { id: source.id, facts: { ...facts, articles: told } as unknown as Json, deliveries };
}

/** One-click unsubscribe as mailbox providers ask for it (RFC 2369, RFC 8058). */
export function unsubscribeHeaders(unsubscribe: string): Record<string, string> {
  return {
    "List-Unsubscribe": `<${unsubscribe}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}

import { z } from "zod";
import type { Json } from "@/lib/database.types";
import type { ChannelName, Outcome } from "@/lib/notify/channels/channel";
import type { DigestSchedule } from "@/lib/notify/plan";
import { type Database, rows } from "@/lib/platform/database";
import type { Failure } from "@/lib/platform/failure";

/** Hosted Supabase answers at most 1,000 rows. */
const PAGE = 1_000;

/** A user with something to tell and a channel to tell it on. */
export type Candidate = DigestSchedule & { userId: string };

/** Every candidate, in pages by user id. */
export async function* digestCandidates(db: Database, channels: ChannelName[]): AsyncGenerator<Candidate[]> {
  let after = "";
  for (;;) {
    const found = await rows(
      db.rpc("digest_candidates", { p_channels: channels, p_after: after, p_limit: PAGE }),
    );
    const last = found.at(-1);
    if (!last) return;
    yield found.map((row) => ({
      userId: row.user_id,
      timezone: row.timezone,
      notificationTime: row.notification_time,
      digestedDates: row.digested,
    }));
    after = last.user_id;
  }
}

export interface DigestLease {
  token: string;
  seconds: number;
}

/** Opens digests for this caller alone; returns the ids it got. */
export async function openDigests(
  db: Database,
  users: { userId: string; localDate: string; dueAt: Date }[],
  channels: ChannelName[],
  lease: DigestLease,
): Promise<string[]> {
  return rows(
    db.rpc("open_digests", {
      p_users: users.map(({ userId, localDate, dueAt }) => ({
        user_id: userId,
        local_date: localDate,
        due_at: dueAt.toISOString(),
      })),
      p_channels: channels,
      p_lease_token: lease.token,
      p_lease_seconds: lease.seconds,
    }),
  );
}

/** Takes over digests whose composer died. */
export async function takeOverDigests(db: Database, lease: DigestLease, limit: number): Promise<string[]> {
  return rows(
    db.rpc("take_over_digests", {
      p_lease_token: lease.token,
      p_lease_seconds: lease.seconds,
      p_limit: limit,
    }),
  );
}

/** What opened digests are rendered from. */
export async function readDigestSources(
  db: Database,
  ids: string[],
  channels: ChannelName[],
  historyDays: number,
) {
  return rows(db.rpc("digest_sources", { p_ids: ids, p_channels: channels, p_history_days: historyDays }));
}
export type DigestSource = Awaited<ReturnType<typeof readDigestSources>>[number];

export interface FrozenDigest {
  id: string;
  facts: Json;
  deliveries: { channel: ChannelName; recipient: string; content: Json }[];
}

/** Freezes rendered digests; returns how many were still this caller's. */
export async function freezeDigests(db: Database, token: string, digests: FrozenDigest[]): Promise<number> {
  return rows(db.rpc("freeze_digests", { p_lease_token: token, p_digests: digests as unknown as Json }));
}

/** Lets digests go that cannot be rendered: their notifications wait again. */
export async function dropDigests(db: Database, token: string, ids: string[]): Promise<void> {
  if (ids.length > 0) await rows(db.rpc("drop_digests", { p_lease_token: token, p_ids: ids }));
}

const emailBatch = z.object({
  batch_id: z.uuid(),
  lease_token: z.uuid(),
  attempts: z.number(),
  deliveries: z.array(z.object({ id: z.uuid(), recipient: z.string(), content: z.unknown() })),
});
export type EmailBatch = z.infer<typeof emailBatch>;

/** Leases a batch of e-mails, or null when none is due (or fewer than `atLeast` wait). */
export async function claimEmailBatch(
  db: Database,
  claim: { limit: number; atLeast: number; leaseSeconds: number; windowSeconds: number },
): Promise<EmailBatch | null> {
  const reply = await rows(
    db.rpc("claim_email_batch", {
      p_limit: claim.limit,
      p_at_least: claim.atLeast,
      p_lease_seconds: claim.leaseSeconds,
      p_window_seconds: claim.windowSeconds,
    }),
  );
  return reply === null ? null : emailBatch.parse(reply);
}

/** Stores what became of each e-mail of a batch. */
export async function settleEmailBatch(
  db: Database,
  batch: EmailBatch,
  outcomes: Outcome[],
  sentAt: Date,
): Promise<void> {
  const results = batch.deliveries.map(({ id }, index) => ({ id, ...resultOf(outcomes[index]) }));
  await rows(
    db.rpc("settle_email_batch", {
      p_batch_id: batch.batch_id,
      p_results: results as unknown as Json,
      p_sent_at: sentAt.toISOString(),
    }),
  );
}

function resultOf(outcome: Outcome | undefined) {
  if (!outcome) return { status: "uncertain" };
  return outcome.status === "sent"
    ? { status: "sent", provider_id: outcome.providerId }
    : { status: outcome.status, error: outcome.error };
}

/** Puts a batch whose answer is unknown off: it will be repeated under its key. */
export async function postponeEmailBatch(
  db: Database,
  batch: EmailBatch,
  error: Failure,
  retrySeconds: number,
): Promise<void> {
  await rows(
    db.rpc("postpone_email_batch", {
      p_batch_id: batch.batch_id,
      p_lease_token: batch.lease_token,
      p_error: { ...error },
      p_retry_seconds: retrySeconds,
    }),
  );
}

/**
 * Lets the e-mails of a batch that was surely not accepted wait again, each by itself if `alone`. A batch of
 * which an earlier attempt may have been accepted is put off instead.
 */
export async function freeEmailBatch(
  db: Database,
  batch: EmailBatch,
  error: Failure,
  { retrySeconds, alone = false }: { retrySeconds: number; alone?: boolean },
): Promise<void> {
  const freed = await rows(
    db.rpc("free_email_batch", {
      p_batch_id: batch.batch_id,
      p_lease_token: batch.lease_token,
      p_error: { ...error },
      p_retry_seconds: retrySeconds,
      p_alone: alone,
    }),
  );
  if (!freed) await postponeEmailBatch(db, batch, error, retrySeconds);
}

/** Leases Slack messages, one per channel whose turn it is. */
export async function claimSlackDeliveries(
  db: Database,
  claim: { limit: number; leaseSeconds: number; intervalSeconds: number },
) {
  return rows(
    db.rpc("claim_slack_deliveries", {
      p_limit: claim.limit,
      p_lease_seconds: claim.leaseSeconds,
      p_interval_seconds: claim.intervalSeconds,
    }),
  );
}
export type SlackDelivery = Awaited<ReturnType<typeof claimSlackDeliveries>>[number];

/** Ends one attempt of a delivery that travels alone. */
export async function settleDelivery(
  db: Database,
  delivery: { id: string; lease_token: string },
  end: {
    status: "sent" | "pending" | "failed" | "uncertain";
    providerId?: string;
    error?: Failure;
    retrySeconds?: number;
    counts?: boolean;
    sentAt: Date;
  },
): Promise<void> {
  await rows(
    db.rpc("settle_delivery", {
      p_id: delivery.id,
      p_lease_token: delivery.lease_token,
      p_status: end.status,
      // The generated types cannot say that these may be null.
      p_provider_id: (end.providerId ?? null) as string,
      p_error: (end.error ? { ...end.error } : null) as Json,
      p_retry_seconds: end.retrySeconds ?? 0,
      p_counts: end.counts ?? true,
      p_sent_at: end.sentAt.toISOString(),
    }),
  );
}

/** Messages of a channel that wait for their next attempt, and the seconds until it. */
export async function deliveriesLeft(
  db: Database,
  channel: ChannelName,
): Promise<{ waiting: number; retrySeconds: number | null }> {
  const [left] = await rows(db.rpc("deliveries_left", { p_channel: channel }));
  return { waiting: left?.waiting ?? 0, retrySeconds: left?.retry_seconds ?? null };
}

/** Reserves a provider's next turn: seconds until it, or null when it is further than `maxWaitSeconds`. */
export async function takeSendSlot(
  db: Database,
  key: string,
  intervalSeconds: number,
  maxWaitSeconds: number,
): Promise<number | null> {
  const { data, error } = await db.rpc("take_send_slot", {
    p_key: key,
    p_interval_seconds: intervalSeconds,
    p_max_wait_seconds: maxWaitSeconds,
  });
  if (error) throw error;
  return data;
}

/** Keeps everybody from a provider or channel for some seconds. */
export async function delaySendSlot(db: Database, key: string, seconds: number): Promise<void> {
  if (seconds > 0) await db.rpc("delay_send_slot", { p_key: key, p_seconds: seconds }).throwOnError();
}

/** Gives up what cannot be sent again without risking a second message; returns how many became uncertain. */
export async function giveUpDeliveries(db: Database, windowSeconds: number): Promise<number> {
  return rows(db.rpc("give_up_deliveries", { p_window_seconds: windowSeconds }));
}

/** Moves what has waited since before an instant out of the way; returns how many. */
export async function expireNotifications(db: Database, before: Date): Promise<number> {
  return rows(db.rpc("expire_notifications", { p_before: before.toISOString() }));
}

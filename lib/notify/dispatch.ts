import { setTimeout as sleep } from "node:timers/promises";
import { backoffSeconds, type ChannelName, type Outcome } from "@/lib/notify/channels/channel";
import { EMAIL_BATCH, emailContent, sendEmails } from "@/lib/notify/channels/email";
import { postSlack, SLACK_INTERVAL_SECONDS, slackContent } from "@/lib/notify/channels/slack";
import {
  claimEmailBatch,
  claimSlackDeliveries,
  delaySendSlot,
  deliveriesLeft,
  type EmailBatch,
  freeEmailBatch,
  postponeEmailBatch,
  type SlackDelivery,
  settleDelivery,
  settleEmailBatch,
  takeSendSlot,
} from "@/lib/notify/store";
import type { Context } from "@/lib/platform/context";
import { resendEnv } from "@/lib/platform/env";
import type { Failure } from "@/lib/platform/failure";

/** Longer than a request may take and a turn may be away. */
const LEASE_SECONDS = 90;
/** Resend keeps Idempotency-Keys for 24 h; an hour is left for clocks and slow answers. */
export const IDEMPOTENCY_WINDOW_SECONDS = 23 * 3_600;
/** Requests under way at once, so that the pace is the provider's limit and not its latency. */
const EMAIL_SENDERS = 4;
/**
 * Slack takes some hundred messages a minute from an app, which one after the other reaches; and a sender that
 * dies then leaves a single message uncertain.
 */
const SLACK_AT_ONCE = 1;
/** A run waits this long for a message that is due again soon; what takes longer waits for the next run. */
const LINGER_SECONDS = 20;
const POLL_SECONDS = 0.2;

export interface DispatchRun {
  signal: AbortSignal;
  /** Whether more digests may still be frozen by this run. */
  composing: () => boolean;
  onSettled: (messages: number) => void;
}

export interface DispatchCounts {
  sent: number;
  failed: number;
  uncertain: number;
  /** Messages that this run leaves to the next. */
  waiting: number;
  /** Why the provider refuses this installation, when it does. */
  halted: Failure | null;
}

/** Sends the e-mails that wait, 100 a request, until none is due soon. */
export async function dispatchEmail(ctx: Context, run: DispatchRun): Promise<DispatchCounts> {
  const counts = noCounts();
  const sender = async () => {
    while (!run.signal.aborted && !counts.halted) {
      const batch = await claimEmailBatch(ctx.db, {
        limit: EMAIL_BATCH,
        atLeast: run.composing() ? EMAIL_BATCH : 1,
        leaseSeconds: LEASE_SECONDS,
        windowSeconds: IDEMPOTENCY_WINDOW_SECONDS,
      });
      if (batch) await sendBatch(ctx, run, batch, counts);
      else if (!(await worthWaiting(ctx, run, "email"))) return;
    }
  };
  await Promise.all(Array.from({ length: EMAIL_SENDERS }, sender));
  await leftBehind(ctx, run, "email", counts);
  return counts;
}

async function sendBatch(ctx: Context, run: DispatchRun, batch: EmailBatch, counts: DispatchCounts) {
  const { RESEND_REQUESTS_PER_SECOND } = resendEnv();
  const wait = await takeSendSlot(ctx.db, "resend", 1 / RESEND_REQUESTS_PER_SECOND, LEASE_SECONDS / 3);
  if (wait === null || !(await pause(wait, run.signal))) {
    const error = {
      code: "waiting_for_turn",
      message: "the rate limit is used by other workers",
      permanent: false,
    };
    await freeEmailBatch(ctx.db, batch, error, { retrySeconds: wait === null ? 5 : 0 });
    return;
  }
  const emails = batch.deliveries.map(({ recipient, content }) => ({
    to: recipient,
    content: emailContent.parse(content),
  }));
  const answer = await sendEmails(emails, `digests/${batch.batch_id}`, ctx.now());
  const log = ctx.log.child({ batch_id: batch.batch_id, emails: emails.length, attempt: batch.attempts });
  switch (answer.status) {
    case "answered":
      await settleEmailBatch(ctx.db, batch, answer.outcomes, ctx.now());
      await delaySendSlot(ctx.db, "resend", answer.pauseSeconds);
      count(counts, answer.outcomes);
      run.onSettled(emails.length);
      log.info({ event: "email.batch_sent" });
      return;
    case "doubtful": {
      const outcomes = emails.map((): Outcome => ({ status: "uncertain", error: answer.error }));
      await settleEmailBatch(ctx.db, batch, outcomes, ctx.now());
      count(counts, outcomes);
      run.onSettled(emails.length);
      break;
    }
    case "rejected": {
      if (emails.length > 1) {
        await freeEmailBatch(ctx.db, batch, answer.error, { retrySeconds: 0, alone: true });
        break;
      }
      const outcomes: Outcome[] = [{ status: "failed", error: answer.error }];
      await settleEmailBatch(ctx.db, batch, outcomes, ctx.now());
      count(counts, outcomes);
      run.onSettled(1);
      break;
    }
    case "again": {
      const seconds = answer.seconds ?? backoffSeconds(batch.attempts);
      if (answer.refused) await freeEmailBatch(ctx.db, batch, answer.error, { retrySeconds: seconds });
      else await postponeEmailBatch(ctx.db, batch, answer.error, seconds);
      if (answer.limited) await delaySendSlot(ctx.db, "resend", seconds);
      break;
    }
    case "halt":
      counts.halted = answer.error;
      await freeEmailBatch(ctx.db, batch, answer.error, { retrySeconds: 0 });
  }
  log.warn({ event: "email.batch_not_sent", answer: answer.status, failure: answer.error });
}

/** Posts the Slack messages that wait, each channel in its turn, until none is due soon. */
export async function dispatchSlack(ctx: Context, run: DispatchRun): Promise<DispatchCounts> {
  const counts = noCounts();
  while (!run.signal.aborted && !counts.halted) {
    const claimed = await claimSlackDeliveries(ctx.db, {
      limit: SLACK_AT_ONCE,
      leaseSeconds: LEASE_SECONDS,
      intervalSeconds: SLACK_INTERVAL_SECONDS,
    });
    if (claimed.length > 0) await Promise.all(claimed.map((delivery) => postOne(ctx, run, delivery, counts)));
    else if (!(await worthWaiting(ctx, run, "slack"))) break;
  }
  await leftBehind(ctx, run, "slack", counts);
  return counts;
}

async function postOne(ctx: Context, run: DispatchRun, delivery: SlackDelivery, counts: DispatchCounts) {
  const outcome = await postSlack(delivery.recipient, slackContent.parse(delivery.content), delivery.id);
  const settle = (end: Omit<Parameters<typeof settleDelivery>[2], "sentAt">) =>
    settleDelivery(ctx.db, delivery, { ...end, sentAt: ctx.now() });
  if (outcome.status === "sent") {
    await settle({ status: "sent", providerId: outcome.providerId });
  } else if (outcome.status === "halt") {
    counts.halted = outcome.error;
    await settle({ status: "pending", error: outcome.error, counts: false });
  } else if (outcome.status === "again") {
    const retrySeconds = outcome.seconds ?? backoffSeconds(delivery.attempts);
    await settle({ status: "pending", error: outcome.error, retrySeconds, counts: !outcome.limited });
    if (outcome.limited) await delaySendSlot(ctx.db, `slack:${delivery.recipient}`, retrySeconds);
  } else {
    await settle({ status: outcome.status, error: outcome.error });
  }
  if (outcome.status !== "sent") {
    const { status, error } = outcome;
    ctx.log.warn({
      event: "slack.not_sent",
      delivery_id: delivery.id,
      user_id: delivery.user_id,
      status,
      failure: error,
    });
  }
  if (outcome.status === "halt" || outcome.status === "again") return;
  count(counts, [outcome]);
  run.onSettled(1);
}

/** What a channel that is not configured sends. */
export function noCounts(): DispatchCounts {
  return { sent: 0, failed: 0, uncertain: 0, waiting: 0, halted: null };
}

function count(counts: DispatchCounts, outcomes: Outcome[]): void {
  for (const { status } of outcomes) counts[status] += 1;
}

/** Waits for the next message of a channel; false when none is coming soon enough for this run. */
async function worthWaiting(ctx: Context, run: DispatchRun, channel: ChannelName): Promise<boolean> {
  if (run.composing()) return pause(POLL_SECONDS, run.signal);
  const { waiting, retrySeconds } = await deliveriesLeft(ctx.db, channel);
  if (waiting === 0 || (retrySeconds ?? 0) > LINGER_SECONDS) return false;
  return pause(Math.max(retrySeconds ?? 0, POLL_SECONDS), run.signal);
}

/** What a run that ends leaves to the next: messages put off for longer, or all that wait when it had to stop. */
async function leftBehind(ctx: Context, run: DispatchRun, channel: ChannelName, counts: DispatchCounts) {
  // What this run is still writing waits too.
  while (run.composing() && (await pause(POLL_SECONDS, run.signal)));
  const { waiting, retrySeconds } = await deliveriesLeft(ctx.db, channel);
  const stopped = run.signal.aborted || counts.halted !== null;
  counts.waiting = stopped || (retrySeconds ?? 0) > 0 ? waiting : 0;
}

/** Waits; false when the run must end instead. */
async function pause(seconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(seconds * 1000, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

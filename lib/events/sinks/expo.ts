import { Expo, type ExpoPushMessage, type ExpoPushTicket } from "expo-server-sdk";
import { z } from "zod";
import type { Json } from "@/lib/database.types";
import { pushText } from "@/lib/events/messages/push";
import type { OutboxEvent, Sink } from "@/lib/events/types";
import { type Database, rows } from "@/lib/platform/database";
import { expoEnv } from "@/lib/platform/env";
import { reasonOf } from "@/lib/platform/failure";

/** Expo's limit per request. */
const CHUNK = 100;
const LEASE_SECONDS = 60;
/** Receipts are ready after about 15 minutes (FACTS, "Providers"). */
const RECEIPT_AFTER_SECONDS = 15 * 60;
/** For messages that Expo itself turns away as passing errors; an outage of Expo costs no message its chance. */
const MAX_ATTEMPTS = 8;

const payloadSchema = z.object({ theme_id: z.string(), theme_title: z.string(), version: z.number() });

/**
 * Pushes "results are in" to every active token, 100 a request. Each token's message is a row of its
 * own, so after a crash only the chunk under way is sent again; `collapseId`, `tag` and `data.event_id`
 * let the phone show a repetition as one. A corrected ranking (version above 1) is not announced anew.
 */
export const expo: Sink = {
  name: "expo",
  async deliver(ctx, event) {
    const payload = payloadSchema.parse(event.payload);
    if (payload.version > 1) return { status: "delivered", note: "corrections are not pushed" };
    const client = new Expo({ accessToken: expoEnv().EXPO_ACCESS_TOKEN, retryMinTimeout: 500 });
    await rows(ctx.db.rpc("fan_out_push", { p_event_id: event.id }));
    while (!ctx.signal.aborted) {
      const claimed = await rows(
        ctx.db.rpc("claim_push_messages", {
          p_event_id: event.id,
          p_limit: CHUNK,
          p_lease_seconds: LEASE_SECONDS,
        }),
      );
      if (claimed.length === 0) break;
      await sendChunk(ctx.db, client, event, payload, claimed);
      await ctx.keepLease();
    }
    const [left] = await rows(ctx.db.rpc("push_messages_left", { p_event_id: event.id }));
    return left && left.open > 0
      ? { status: "again", seconds: Math.ceil(left.retry_seconds ?? 1) }
      : { status: "delivered" };
  },
};

interface Claimed {
  token: string;
  locale: string;
  attempts: number;
}

async function sendChunk(
  db: Database,
  client: Expo,
  event: OutboxEvent,
  payload: z.infer<typeof payloadSchema>,
  claimed: Claimed[],
): Promise<void> {
  const messages = claimed.map(
    ({ token, locale }): ExpoPushMessage => ({
      to: token,
      ...pushText(locale, payload.theme_title),
      data: { event_id: event.id, event: event.name, theme_id: payload.theme_id },
      collapseId: event.id,
      tag: event.id,
      channelId: "results",
    }),
  );
  let tickets: ExpoPushTicket[];
  try {
    tickets = await client.sendPushNotificationsAsync(messages);
  } catch (cause) {
    const error = {
      code: "expo_unavailable",
      message: reasonOf(cause),
    };
    await settle(
      db,
      event.id,
      claimed.map(({ token }) => ({ token, status: "pending", error })),
    );
    throw Object.assign(new Error(error.message, { cause }), { code: error.code, permanent: false });
  }
  await settle(
    db,
    event.id,
    claimed.map((message, index) => resultOf(message, tickets[index])),
  );
}

interface PushResult {
  token: string;
  status: "sent" | "pending" | "failed";
  ticket_id?: string;
  error?: { code: string; message: string };
  retry_seconds?: number;
  disable?: boolean;
}

/** What a ticket means for its message: sent, try again, or never again. */
function resultOf(message: Claimed, ticket: ExpoPushTicket | undefined): PushResult {
  if (ticket?.status === "ok") return { token: message.token, status: "sent", ticket_id: ticket.id };
  const code = ticket?.details?.error ?? "no_ticket";
  const error = { code, message: ticket?.message ?? "Expo answered with fewer tickets than messages" };
  const passing = ["MessageRateExceeded", "ExpoError", "ProviderError", "no_ticket"].includes(code);
  if (passing) return { ...again(message), error };
  return { token: message.token, status: "failed", error, disable: code === "DeviceNotRegistered" };
}

function again(message: Claimed): PushResult {
  if (message.attempts >= MAX_ATTEMPTS) return { token: message.token, status: "failed" };
  return { token: message.token, status: "pending", retry_seconds: 30 * 2 ** (message.attempts - 1) };
}

async function settle(db: Database, eventId: string, results: PushResult[]): Promise<void> {
  await rows(
    db.rpc("settle_push_messages", {
      p_event_id: eventId,
      p_results: results as unknown as Json,
      p_receipt_seconds: RECEIPT_AFTER_SECONDS,
    }),
  );
}

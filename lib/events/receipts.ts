import { Expo } from "expo-server-sdk";
import type { Json } from "@/lib/database.types";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { expoEnv } from "@/lib/platform/env";

/** Expo answers at most 300 receipts a request in its own SDK. */
const CHUNK = 300;
const ASK_AGAIN_SECONDS = 15 * 60;
const RECEIPTS_KEPT_SECONDS = 24 * 3_600;

/**
 * Learns from Expo what became of sent pushes: `delivered`, or `failed` with a reason;
 * `DeviceNotRegistered` turns the token off. A receipt not there yet is asked for again until Expo
 * forgets it after 24 h, which is told as `unconfirmed`, not as success.
 */
export async function checkPushReceipts(ctx: Context, signal: AbortSignal) {
  const counts = { delivered: 0, failed: 0, waiting: 0, unconfirmed: 0 };
  const client = new Expo({ accessToken: expoEnv().EXPO_ACCESS_TOKEN, retryMinTimeout: 500 });
  while (!signal.aborted) {
    const claimed = await rows(
      ctx.db.rpc("claim_push_receipts", { p_limit: CHUNK, p_again_seconds: ASK_AGAIN_SECONDS }),
    );
    if (claimed.length === 0) break;
    const receipts = await client.getPushNotificationReceiptsAsync(
      claimed.map((message) => message.ticket_id),
    );
    const results = Object.entries(receipts).map(([ticketId, receipt]) => {
      if (receipt.status === "ok") return { ticket_id: ticketId, status: "delivered" };
      const code = receipt.details?.error ?? "unknown";
      const error = { code, message: receipt.message };
      return { ticket_id: ticketId, status: "failed", error, disable: code === "DeviceNotRegistered" };
    });
    await rows(ctx.db.rpc("settle_push_receipts", { p_results: results as unknown as Json }));
    counts.delivered += results.filter((result) => result.status === "delivered").length;
    counts.failed += results.filter((result) => result.status === "failed").length;
    counts.waiting += claimed.length - results.length;
  }
  counts.unconfirmed = await rows(
    ctx.db.rpc("expire_push_receipts", { p_older_than_seconds: RECEIPTS_KEPT_SECONDS }),
  );
  return counts;
}

import { z } from "zod";
import type { Json } from "@/lib/database.types";
import { sinks } from "@/lib/events/registry";
import type { Delivery, OutboxEvent, Sink, SinkContext } from "@/lib/events/types";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { failureOf } from "@/lib/platform/failure";

const LEASE_SECONDS = 60;
const CLAIMS_AT_ONCE = 20;
/** 1 min, 2, 4 … up to an hour: a day of outage costs a sink about thirty attempts. */
const MAX_BACKOFF_SECONDS = 3_600;
const MAX_ATTEMPTS = 60;

const claimedSchema = z.object({
  event_id: z.uuid(),
  sink: z.string(),
  attempts: z.number(),
  lease_token: z.uuid(),
  name: z.string(),
  payload: z.record(z.string(), z.unknown()),
  created_at: z.string(),
});
type Claimed = z.infer<typeof claimedSchema>;

export type DeliveryCounts = { delivered: number; postponed: number; failed: number };

/**
 * Delivers what is due to every sink until nothing is left or the signal aborts. Each event reaches
 * each sink at least once: a delivery is leased before, settled after, and retried with backoff.
 */
export async function deliverEvents(ctx: Context, signal: AbortSignal): Promise<DeliveryCounts> {
  const counts: DeliveryCounts = { delivered: 0, postponed: 0, failed: 0 };
  for (;;) {
    if (signal.aborted) return counts;
    const reply = await rows(
      ctx.db.rpc("claim_event_deliveries", { p_limit: CLAIMS_AT_ONCE, p_lease_seconds: LEASE_SECONDS }),
    );
    const claimed = z.array(claimedSchema).parse(reply);
    if (claimed.length === 0) return counts;
    // Sinks are independent: a slow one must not hold the others up.
    await Promise.all(
      Object.values(Object.groupBy(claimed, (delivery) => delivery.sink)).map(async (ofOneSink) => {
        for (const delivery of ofOneSink ?? []) counts[await deliverOne(ctx, delivery, signal)] += 1;
      }),
    );
  }
}

async function deliverOne(
  ctx: Context,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<keyof DeliveryCounts> {
  const log = ctx.log.child({ sink: claimed.sink, event_id: claimed.event_id, event_name: claimed.name });
  const event: OutboxEvent = {
    id: claimed.event_id,
    name: claimed.name,
    payload: claimed.payload,
    createdAt: claimed.created_at,
  };
  const sink: Sink | undefined = sinks[claimed.sink];
  const sinkContext: SinkContext = { ...ctx, log, signal, keepLease: () => keepLease(ctx, claimed) };
  let delivery: Delivery;
  try {
    if (!sink) throw new UnknownSinkError(claimed.sink);
    delivery = await sink.deliver(sinkContext, event);
  } catch (error) {
    const failure = failureOf(error);
    const stop = failure.permanent || claimed.attempts >= MAX_ATTEMPTS;
    const seconds = Math.min(MAX_BACKOFF_SECONDS, 60 * 2 ** (claimed.attempts - 1));
    log.error({
      event: "event.delivery_failed",
      attempts: claimed.attempts,
      failure,
      retry_in_seconds: stop ? null : seconds,
    });
    await settle(ctx, claimed, stop ? "failed" : "pending", { ...failure }, seconds);
    return stop ? "failed" : "postponed";
  }
  if (delivery.status === "again") {
    await settle(ctx, claimed, "pending", null, delivery.seconds);
    return "postponed";
  }
  await settle(ctx, claimed, "delivered", null, 0);
  log.info({ event: "event.delivered", attempts: claimed.attempts, note: delivery.note });
  return "delivered";
}

class UnknownSinkError extends Error {
  readonly code = "unknown_sink";
  readonly permanent = true;
  constructor(sink: string) {
    super(`no sink is called ${sink}`);
  }
}

class DeliveryLeaseLostError extends Error {
  readonly code = "lease_lost";
  readonly permanent = false;
}

async function keepLease(ctx: Context, claimed: Claimed): Promise<void> {
  const kept = await rows(
    ctx.db.rpc("extend_event_delivery", {
      p_event_id: claimed.event_id,
      p_sink: claimed.sink,
      p_lease_token: claimed.lease_token,
      p_lease_seconds: LEASE_SECONDS,
    }),
  );
  if (!kept) throw new DeliveryLeaseLostError("another worker took this delivery over");
}

async function settle(
  ctx: Context,
  claimed: Claimed,
  status: "delivered" | "pending" | "failed",
  error: Json,
  retrySeconds: number,
): Promise<void> {
  await rows(
    ctx.db.rpc("settle_event_delivery", {
      p_event_id: claimed.event_id,
      p_sink: claimed.sink,
      p_lease_token: claimed.lease_token,
      p_status: status,
      p_error: error,
      p_retry_seconds: retrySeconds,
    }),
  );
}

import { z } from "zod";
import { expireLiveKeys } from "@/lib/contest/live";
import type { Sink } from "@/lib/events/types";
import { nextJstTime } from "@/lib/time";

const payloadSchema = z.object({ theme_id: z.string(), finalized_at: z.string() });

/**
 * Lets a closed theme's Redis keys expire at the next 06:00 JST, so that the day can still be analysed
 * (seed 000, 処理フロー 4). A sink of the outbox, because the expiry must follow the commit even when
 * Redis is away at that moment.
 */
export const liveKeyExpiry: Sink = {
  name: "live-key-expiry",
  async deliver(ctx, event) {
    const payload = payloadSchema.parse(event.payload);
    const at = nextJstTime(new Date(payload.finalized_at), "06:00");
    const works = await expireLiveKeys(ctx.redis, payload.theme_id, at);
    return { status: "delivered", note: `${works} works expire at ${at.toISOString()}` };
  },
};

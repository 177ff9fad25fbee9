import { z } from "zod";
import { defineJob } from "@/lib/engine/define-job";
import { deliverEvents as deliver } from "@/lib/events/outbox";

/** Brings events that are still waiting to their sinks: what an outage or a crash left behind. */
export const deliverEvents = defineJob({
  name: "deliver-events",
  schedule: "*/5 * * * *",
  graceSeconds: 10 * 60,
  input: z.strictObject({}),
  async run(ctx) {
    const counts = await deliver(ctx, ctx.signal);
    ctx.signal.throwIfAborted();
    const tried = counts.delivered + counts.postponed + counts.failed;
    return { outcome: tried === 0 ? "nothing_due" : "delivered", counts };
  },
});

import { z } from "zod";
import { defineJob } from "@/lib/engine/define-job";
import { checkPushReceipts as check } from "@/lib/events/receipts";

/** Asks Expo what became of the pushes it accepted, and turns off tokens of devices that are gone. */
export const checkPushReceipts = defineJob({
  name: "check-push-receipts",
  schedule: "*/15 * * * *",
  graceSeconds: 30 * 60,
  input: z.strictObject({}),
  async run(ctx) {
    const counts = await check(ctx, ctx.signal);
    const asked = counts.delivered + counts.failed + counts.waiting;
    return { outcome: asked === 0 ? "nothing_due" : "checked", counts };
  },
});

import { z } from "zod";
import type { Sink } from "@/lib/events/types";
import { dispatchEmail } from "@/lib/notify/dispatch";
import { freezeResultMails } from "@/lib/notify/result-mail";

const payloadSchema = z.object({
  theme_id: z.string(),
  theme_title: z.string(),
  version: z.number(),
  finalized_at: z.string(),
});

/**
 * Mails "results are in" to authors without a push token (PRODUCT, "Settings the seeds left open"). The event
 * is delivered once the mails are frozen; each then has its own attempts, like every digest. A corrected ranking
 * is not announced anew.
 */
export const resultMail: Sink = {
  name: "result-mail",
  async deliver(ctx, event) {
    const payload = payloadSchema.parse(event.payload);
    if (payload.version > 1) return { status: "delivered", note: "corrections are not mailed" };
    const theme = {
      eventId: event.id,
      themeId: payload.theme_id,
      themeTitle: payload.theme_title,
      finalizedAt: new Date(payload.finalized_at).toISOString(),
    };
    const frozen = await freezeResultMails(ctx, theme, ctx.signal);
    await ctx.keepLease();
    if (frozen > 0) {
      await dispatchEmail(ctx, { signal: ctx.signal, composing: () => false, onSettled: () => {} });
    }
    return { status: "delivered", note: `${frozen} authors are written to` };
  },
};

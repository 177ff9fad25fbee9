import { z } from "zod";

/** Query of `POST /api/v1/notifications/unsubscribe`. */
export const unsubscribeQuery = z.strictObject({
  token: z
    .string({ error: "is required" })
    .min(1, "is required")
    .max(2_000, "is too long")
    .describe("The signed token of the List-Unsubscribe link."),
});

export const unsubscribeResponse = z.object({ unsubscribed: z.literal(true) });

import { createHmac, randomUUID } from "node:crypto";
import { z } from "zod";
import type { AcceptedEmail } from "./resend-emails";

const TIMEOUT_MS = 10_000;

/** What `POST /_emulate/webhook` takes: which event about which e-mail goes to which URL. */
export const WebhookOrder = z.strictObject({
  type: z.enum([
    "email.sent",
    "email.delivered",
    "email.bounced",
    "email.complained",
    "email.delivery_delayed",
  ]),
  emailId: z.string(),
  url: z.url(),
  bounce: z.strictObject({ type: z.string(), subType: z.string(), message: z.string() }).optional(),
  /** The same id twice is a redelivery. */
  svixId: z.string().optional(),
  /** For an e-mail that this stand-in did not take. */
  to: z.array(z.string()).optional(),
});
type WebhookOrder = z.infer<typeof WebhookOrder>;

const HARD_BOUNCE = {
  type: "Permanent",
  subType: "General",
  message: "The recipient's mailbox does not exist.",
};

/** Sends a webhook signed as Standard Webhooks (https://www.standardwebhooks.com) asks; gives back the answer. */
export async function sendWebhook(
  order: WebhookOrder,
  email: Pick<AcceptedEmail, "from" | "to" | "subject" | "at">,
  secret: string,
): Promise<{ status: number; svixId: string; body: string }> {
  const svixId = order.svixId ?? `msg_${randomUUID().replaceAll("-", "")}`;
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const payload = JSON.stringify({
    type: order.type,
    created_at: new Date().toISOString(),
    data: {
      email_id: order.emailId,
      message_id: `<${order.emailId}@banzuke.test>`,
      created_at: new Date(email.at).toISOString(),
      from: email.from,
      to: email.to,
      subject: email.subject,
      ...(order.type === "email.bounced" && { bounce: order.bounce ?? HARD_BOUNCE }),
    },
  });
  const response = await fetch(order.url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "Svix-Webhooks/1.0",
      "svix-id": svixId,
      "svix-timestamp": timestamp,
      "svix-signature": `v1,${signatureOf(`${svixId}.${timestamp}.${payload}`, secret)}`,
    },
    body: payload,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return { status: response.status, svixId, body: await response.text() };
}

/** The secret is `whsec_` and the base64 of the key. */
function signatureOf(content: string, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return createHmac("sha256", key).update(content).digest("base64");
}

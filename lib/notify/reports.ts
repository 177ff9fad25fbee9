import { Resend } from "resend";
import { z } from "zod";
import type { Json } from "@/lib/database.types";
import { type Database, rows } from "@/lib/platform/database";

const reportSchema = z.object({
  type: z.string(),
  created_at: z.string(),
  data: z.object({
    email_id: z.string().optional(),
    bounce: z
      .object({ type: z.string().optional(), subType: z.string().optional(), message: z.string().optional() })
      .optional(),
  }),
});
type Report = z.infer<typeof reportSchema>;

/** What Resend reported, as it is stored; null for reports that are not about a delivery's fate. */
export interface EmailReport {
  webhookId: string;
  providerId: string;
  status: "delivered" | "delayed" | "bounced" | "complained";
  at: string;
  error: Json;
  /** The address must not be written to again. */
  turnOff: boolean;
}

/** Signature headers of a webhook (Standard Webhooks, which Resend calls svix). */
export interface WebhookHeaders {
  id: string;
  timestamp: string;
  signature: string;
}

/** The report in a webhook's body, once its signature has been verified. @throws when it was not signed with the secret */
export function readEmailReport(body: string, headers: WebhookHeaders, secret: string): EmailReport | null {
  // The SDK's constructor insists on a key; verifying needs none.
  new Resend("re_unused").webhooks.verify({ payload: body, headers, webhookSecret: secret });
  const report = reportSchema.parse(JSON.parse(body));
  const fate = fateOf(report);
  const providerId = report.data.email_id;
  return fate && providerId ? { webhookId: headers.id, providerId, at: report.created_at, ...fate } : null;
}

/** A bounce that may pass (mailbox full) is no reason to stop writing. */
function fateOf({ type, data }: Report): Pick<EmailReport, "status" | "error" | "turnOff"> | null {
  switch (type) {
    case "email.delivered":
      return { status: "delivered", error: null, turnOff: false };
    case "email.delivery_delayed":
      return { status: "delayed", error: null, turnOff: false };
    case "email.complained":
      return {
        status: "complained",
        error: { code: "complained", message: "the recipient marked it as spam", permanent: true },
        turnOff: true,
      };
    case "email.bounced": {
      const lasting = data.bounce?.type !== "Transient";
      const message = [data.bounce?.subType, data.bounce?.message].filter(Boolean).join(": ") || "bounced";
      return { status: "bounced", error: { code: "bounced", message, permanent: lasting }, turnOff: lasting };
    }
    default:
      return null;
  }
}

/** Stores a report; false when it was seen before or speaks of an e-mail that is not ours. */
export async function recordEmailReport(db: Database, report: EmailReport): Promise<boolean> {
  return rows(
    db.rpc("record_email_report", {
      p_webhook_id: report.webhookId,
      p_provider_id: report.providerId,
      p_status: report.status,
      p_at: report.at,
      p_error: report.error,
      p_turn_off: report.turnOff,
    }),
  );
}

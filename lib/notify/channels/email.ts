import { Resend } from "resend";
import { z } from "zod";
import { type Outcome, pauseAsked, type Setback } from "@/lib/notify/channels/channel";
import { resendEnv } from "@/lib/platform/env";
import type { Failure } from "@/lib/platform/failure";

/** Resend takes at most 100 e-mails a request. */
export const EMAIL_BATCH = 100;
const REQUEST_TIMEOUT_MS = 15_000;

/** An e-mail as it is frozen in `deliveries.content`. */
export const emailContent = z.object({
  from: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()),
});
export type FrozenEmail = z.infer<typeof emailContent>;

export type BatchAnswer =
  /** One outcome per e-mail, in their order. */
  | { status: "answered"; outcomes: Outcome[]; pauseSeconds: number }
  /** The request was turned down because of what is in it; nothing was accepted. */
  | { status: "rejected"; error: Failure }
  /** The key was used for other contents: whether these e-mails were sent is unknown, and they must not be repeated. */
  | { status: "doubtful"; error: Failure }
  | Setback;

/**
 * Sends e-mails as one request under an Idempotency-Key. Within 24 h the same key with the same e-mails in the
 * same order can be repeated without a second mail.
 */
export async function sendEmails(
  emails: { to: string; content: FrozenEmail }[],
  idempotencyKey: string,
  now: Date,
): Promise<BatchAnswer> {
  const { RESEND_API_KEY } = resendEnv();
  if (!RESEND_API_KEY)
    return { status: "halt", error: failure("email_not_configured", "RESEND_API_KEY is not set") };
  const options = {
    idempotencyKey,
    batchValidation: "permissive" as const,
    // The SDK hands its options to fetch; without an end a silent provider would hold the run.
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  };
  const { data, error, headers } = await new Resend(RESEND_API_KEY).batch.send(
    emails.map(({ to, content }) => ({ to, ...content })),
    options,
  );
  if (error) return setbackOf(error, headers, now);
  return {
    status: "answered",
    outcomes: outcomesOf(emails.length, data.data, data.errors ?? []),
    pauseSeconds: pauseAfter(headers, now),
  };
}

/** In permissive mode ids come for the accepted e-mails only, in order; refused ones are named by index. */
function outcomesOf(
  count: number,
  accepted: { id: string }[],
  refused: { index: number; message: string }[],
): Outcome[] {
  const reasons = new Map(refused.map(({ index, message }) => [index, message]));
  let next = 0;
  return Array.from({ length: count }, (_, index): Outcome => {
    const reason = reasons.get(index);
    if (reason !== undefined) return { status: "failed", error: permanent("invalid_email", reason) };
    const id = accepted[next++]?.id;
    if (id) return { status: "sent", providerId: id };
    return {
      status: "uncertain",
      error: permanent("answer_incomplete", "Resend answered without an id for it"),
    };
  });
}

interface ResendError {
  name: string;
  message: string;
  statusCode: number | null;
}

/** Names of Resend's errors by what they mean for us (its reference, "Errors"). */
const INSTALLATION_REFUSED = new Set([
  "missing_api_key",
  "invalid_api_key",
  "restricted_api_key",
  "invalid_access",
  "invalid_from_address",
  "daily_quota_exceeded",
  "monthly_quota_exceeded",
  "not_found",
  "method_not_allowed",
]);

function setbackOf(error: ResendError, headers: Record<string, string> | null, now: Date): BatchAnswer {
  const status = error.statusCode;
  const reason = failure(error.name, error.message);
  if (INSTALLATION_REFUSED.has(error.name) || status === 401 || status === 403) {
    return { status: "halt", error: reason };
  }
  const asked = pauseAsked(headers?.["retry-after"] ?? headers?.["ratelimit-reset"], now);
  if (status === 429) {
    return { status: "again", error: reason, seconds: asked ?? 1, refused: true, limited: true };
  }
  if (error.name === "concurrent_idempotent_requests") {
    return { status: "again", error: reason, seconds: asked ?? 2, refused: false, limited: true };
  }
  if (error.name === "invalid_idempotent_request") {
    // Something else was accepted under this key. What, only the provider's log can tell.
    return { status: "doubtful", error: { ...reason, permanent: true } };
  }
  if (status === null || status >= 500 || status === 408) {
    return { status: "again", error: reason, seconds: asked, refused: false, limited: false };
  }
  return { status: "rejected", error: { ...reason, permanent: true } };
}

/** Told that nothing is left of the rate limit, wait for its reset instead of running into a refusal. */
function pauseAfter(headers: Record<string, string> | null, now: Date): number {
  if (headers?.["ratelimit-remaining"] !== "0") return 0;
  return pauseAsked(headers["ratelimit-reset"], now) ?? 0;
}

function failure(code: string, message: string): Failure {
  return { code, message, permanent: false };
}

function permanent(code: string, message: string): Failure {
  return { code, message, permanent: true };
}

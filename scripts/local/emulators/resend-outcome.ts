import { withDetails } from "./request-log";
import { type AcceptedEmail, checkEmail, type Mailbox, type Refusal } from "./resend-emails";

const EMAILS_PER_BATCH = 100;

/** What a request comes to: the answer, and what the log of requests says of it. */
export type Outcome = { status: number; body: object; details?: Record<string, unknown> };

/** Reads a request's body and puts into the mailbox what may be sent. */
export type Accept = (mailbox: Mailbox, body: string, headers: Headers) => Outcome;

/** `POST /emails`. */
export const acceptOne: Accept = (mailbox, body, headers) => {
  const checked = checkEmail(jsonOf(body));
  if ("refusal" in checked) return refused(checked.refusal, 1);
  const [accepted] = mailbox.accept([checked.email], headers.get("idempotency-key"));
  return { status: 200, body: { id: accepted?.id }, details: { emails: 1, accepted: 1 } };
};

/** `POST /emails/batch`: all or nothing, or with `x-batch-validation: permissive` all that are valid. */
export const acceptBatch: Accept = (mailbox, body, headers) => {
  const inputs = jsonOf(body);
  if (!Array.isArray(inputs) || inputs.length < 1 || inputs.length > EMAILS_PER_BATCH) {
    const message = `The batch must be an array of 1 to ${EMAILS_PER_BATCH} emails.`;
    return refused({ name: "validation_error", message }, Array.isArray(inputs) ? inputs.length : 0);
  }
  const permissive = headers.get("x-batch-validation") === "permissive";
  const checked = inputs.map(checkEmail);
  const errors = checked.flatMap((result, index) =>
    "refusal" in result ? [{ index, message: result.refusal.message }] : [],
  );
  const first = checked.find((result) => "refusal" in result);
  if (first && "refusal" in first && !permissive) return refused(first.refusal, inputs.length);
  const valid = checked.flatMap((result) => ("email" in result ? [result.email] : []));
  const accepted = valid.length > 0 ? mailbox.accept(valid, headers.get("idempotency-key")) : [];
  return {
    status: 200,
    body: { data: accepted.map(({ id }) => ({ id })), ...(permissive && { errors }) },
    details: { emails: inputs.length, accepted: accepted.length },
  };
};

/** An error as Resend words it. */
export function refusal(statusCode: number, name: string, message: string): Outcome {
  return { status: statusCode, body: { statusCode, name, message } };
}

/** The outcome as an HTTP response. */
export function answer({ status, body, details }: Outcome): Response {
  const response = Response.json(body, { status });
  return details ? withDetails(response, details) : response;
}

/** An e-mail as `GET /emails/:id` shows it. */
export function asResendShows({ id, from, to, subject, html, text, headers, at }: AcceptedEmail): object {
  return {
    object: "email",
    id,
    from,
    to,
    subject,
    html,
    text,
    headers,
    cc: [],
    bcc: [],
    reply_to: [],
    created_at: new Date(at).toISOString(),
    last_event: "delivered",
  };
}

function refused({ name, message }: Refusal, emails: number): Outcome {
  return { ...refusal(422, name, message), details: { emails } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { setTimeout as sleep } from "node:timers/promises";
import { createEmulator, defineEmulator } from "emulate";
import { z } from "zod";
import { control } from "./control";
import { Queue } from "./faults";
import type { Provider } from "./front";
import { IdempotencyKeys } from "./idempotency";
import { RateLimit } from "./rate-limit";
import { withDetails } from "./request-log";
import { type AcceptedEmail, fingerprintOf, Mailbox } from "./resend-emails";
import { emailPage, inboxPage } from "./resend-inbox";
import { type Accept, acceptBatch, acceptOne, answer, asResendShows, refusal } from "./resend-outcome";
import { sendWebhook, WebhookOrder } from "./resend-webhook";

const ErrorOrder = z.strictObject({
  status: z.int().min(400).max(599),
  name: z.string(),
  message: z.string(),
  times: z.int().min(1).default(1),
});
const LimitOrder = z.strictObject({ requestsPerSecond: z.int().min(0).default(0) });
const LatencyOrder = z.strictObject({ ms: z.int().min(0) });

const NO_KEY = "Missing API key in the authorization header.";
const OTHER_REQUEST = "Same idempotency key used with a different request payload.";
const IN_PROGRESS = "Same idempotency key used while original request is still in progress.";
const TOO_MANY = {
  status: 429,
  name: "rate_limit_exceeded",
  message: "Too many requests. Please limit the number of requests per second.",
};

/**
 * Resend: sends nothing, keeps everything; its inbox page is `/inbox`. Our own and not emulate's, which knows no
 * permissive batches, never says that a key is in progress, and held 10,000 e-mails of 33 KB in 1.0 GB (ours 0.6).
 */
export async function createResend(webhookSecret: string): Promise<Provider> {
  const mailbox = new Mailbox();
  const keys = new IdempotencyKeys();
  const limit = new RateLimit();
  const errors = new Queue<z.infer<typeof ErrorOrder>>();
  let latencyMs = 0;

  const take = async (request: Request, accept: Accept): Promise<Response> => {
    const key = request.headers.get("idempotency-key");
    if (key !== null && (key.length < 1 || key.length > 256))
      return answer(refusal(400, "invalid_idempotency_key", "The key must be between 1-256 chars."));
    const body = Buffer.from(await request.arrayBuffer());
    const known = key
      ? keys.claim(key, fingerprintOf(new URL(request.url).pathname, body), Date.now())
      : "new";
    if (known === "other request") return answer(refusal(409, "invalid_idempotent_request", OTHER_REQUEST));
    if (known === "in progress") return answer(refusal(409, "concurrent_idempotent_requests", IN_PROGRESS));
    if (typeof known === "object") return withDetails(Response.json(known), { replayed: true });
    if (latencyMs > 0) await sleep(latencyMs);
    const outcome = accept(mailbox, body.toString("utf8"), request.headers);
    if (key && outcome.status === 200) keys.finish(key, outcome.body);
    else if (key) keys.release(key);
    return answer(outcome);
  };
  const emulator = await createEmulator({
    service: defineEmulator({
      name: "resend",
      state: () => ({}),
      setup({ app }) {
        app.post("/emails", (c) => take(c.req.raw, acceptOne));
        app.post("/emails/batch", (c) => take(c.req.raw, acceptBatch));
        app.get("/emails/:id", (c) => {
          const email = mailbox.find(c.req.param("id"));
          return email ? c.json(asResendShows(email)) : answer(refusal(404, "not_found", "Email not found"));
        });
        app.get("/inbox", () => inboxPage(mailbox.all()));
        app.get("/inbox/:id", (c) => {
          const email = mailbox.find(c.req.param("id"));
          return email ? emailPage(email) : c.text("There is no such e-mail.", 404);
        });
      },
    }),
    listen: false,
    inspector: false,
  });

  return {
    fetch: async (request) => {
      if (new URL(request.url).pathname.startsWith("/inbox")) return emulator.fetch(request);
      if (!request.headers.get("authorization")) return answer(refusal(401, "missing_api_key", NO_KEY));
      const counted = limit.count(Date.now());
      const error = counted?.passes === false ? TOO_MANY : errors.take();
      const response = error
        ? answer(refusal(error.status, error.name, error.message))
        : await emulator.fetch(request);
      for (const [name, value] of Object.entries(counted?.headers ?? {})) response.headers.set(name, value);
      return response;
    },
    reset: () => {
      for (const memory of [mailbox, keys, errors]) memory.clear();
      limit.set(0);
      latencyMs = 0;
    },
    close: () => emulator.close(),
    received: (query) => ({ emails: listed(mailbox.all(), query) }),
    log: {
      isCounted: (method) => method === "POST",
      unprocessed: { emails: 0, accepted: 0, replayed: false },
    },
    controls: {
      limit: control(LimitOrder, ({ requestsPerSecond }) => limit.set(requestsPerSecond)),
      error: control(ErrorOrder, (error) => errors.add(error)),
      latency: control(LatencyOrder, ({ ms }) => {
        latencyMs = ms;
      }),
      "expire-keys": control(z.unknown(), () => keys.clear()),
      webhook: control(WebhookOrder, (order) => {
        const to = order.to;
        const email = mailbox.find(order.emailId) ?? (to && { from: "", to, subject: "", at: Date.now() });
        if (!email) throw new Error(`no e-mail ${order.emailId} was accepted: name its recipients in "to"`);
        return sendWebhook(order, email, webhookSecret);
      }),
    },
  };
}

/** The e-mails as `GET /_emulate/emails` lists them: `?to=` picks a recipient, `?fields=` what to tell. */
function listed(emails: AcceptedEmail[], query: URLSearchParams): object[] {
  const to = query.get("to");
  const fields = query.get("fields")?.split(",");
  const chosen = to ? emails.filter((email) => email.to.includes(to)) : emails;
  if (query.get("full") === "1") return chosen;
  if (!fields) return chosen.map(({ html, text, ...light }) => light);
  return chosen.map((email) =>
    Object.fromEntries(Object.entries(email).filter(([name]) => fields.includes(name))),
  );
}

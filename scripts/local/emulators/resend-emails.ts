import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";

const Addresses = z.union([z.string().transform((address) => [address]), z.array(z.string())]);
const EmailInput = z.looseObject({
  from: z.string().optional(),
  to: Addresses.optional(),
  subject: z.string().optional(),
  html: z.string().nullish(),
  text: z.string().nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
});
type EmailInput = z.infer<typeof EmailInput>;

/** An e-mail that Resend took: once, however often its request was repeated under its key. */
export type AcceptedEmail = {
  id: string;
  from: string;
  to: string[];
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  idempotencyKey: string | null;
  /** Which of the requests that were accepted brought it, from 1. */
  batch: number;
  /** Epoch milliseconds of acceptance. */
  at: number;
};

/** Why Resend refuses an e-mail, in its words. */
export type Refusal = { name: "validation_error" | "missing_required_field"; message: string };

/** Everything accepted so far; ids are looked up, never searched for. */
export class Mailbox {
  private readonly byId = new Map<string, AcceptedEmail>();
  private batches = 0;

  /** Takes checked e-mails as one request. */
  accept(emails: ReadonlyArray<EmailInput>, idempotencyKey: string | null): AcceptedEmail[] {
    this.batches += 1;
    return emails.map((email) => {
      const accepted = {
        id: randomUUID(),
        from: email.from ?? "",
        to: email.to ?? [],
        subject: email.subject ?? "",
        html: email.html ?? "",
        text: email.text ?? "",
        headers: email.headers ?? {},
        idempotencyKey,
        batch: this.batches,
        at: Date.now(),
      };
      this.byId.set(accepted.id, accepted);
      return accepted;
    });
  }

  find(id: string): AcceptedEmail | undefined {
    return this.byId.get(id);
  }

  all(): AcceptedEmail[] {
    return [...this.byId.values()];
  }

  clear(): void {
    this.byId.clear();
    this.batches = 0;
  }
}

/** Checks one e-mail as Resend does. An address under `invalid.test` is refused like a malformed one. */
export function checkEmail(input: unknown): { email: EmailInput } | { refusal: Refusal } {
  const parsed = EmailInput.safeParse(input);
  if (!parsed.success) return refused("validation_error", z.prettifyError(parsed.error));
  const email = parsed.data;
  for (const field of ["from", "to", "subject"] as const)
    if (!email[field]?.length) return refused("missing_required_field", `Missing \`${field}\` field.`);
  if (!email.html && !email.text) return refused("validation_error", "Missing `html` or `text` field.");
  if (!isAddress(email.from ?? "")) return refused("validation_error", invalidAddress("from"));
  if (!email.to?.every(isAddress)) return refused("validation_error", invalidAddress("to"));
  return email.to.length > 50
    ? refused("validation_error", "The `to` field must have at most 50 addresses.")
    : { email };
}

/** Tells requests under one idempotency key apart. */
export function fingerprintOf(path: string, body: Buffer): string {
  return createHash("sha256").update(path).update("\n").update(body).digest("base64");
}

const Address = z.email();

/** `a@b.example` or `Name <a@b.example>`. */
function isAddress(text: string): boolean {
  const address = /^[^<>]*<([^<>]+)>$/.exec(text)?.[1] ?? text;
  return Address.safeParse(address).success && !address.toLowerCase().endsWith("@invalid.test");
}

function invalidAddress(field: string): string {
  const forms = "`email@example.com` or `Name <email@example.com>`";
  return `Invalid \`${field}\` field. The email address needs to follow the ${forms} format.`;
}

function refused(name: Refusal["name"], message: string): { refusal: Refusal } {
  return { refusal: { name, message } };
}

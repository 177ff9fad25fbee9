import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { type CreateEmailOptions, Resend } from "resend";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Providers, startProviders } from "../support/providers";

let providers: Providers;
let resend: Resend;

beforeAll(async () => {
  providers = await startProviders();
  resend = new Resend("re_test");
});

afterAll(() => providers.close());

beforeEach(() => providers.reset());

function email(to: string, more: Partial<CreateEmailOptions> = {}): CreateEmailOptions {
  const from = "Banzuke <rank@banzuke.test>";
  return { from, to, subject: "順位", html: "<p>1位</p>", text: "1位", ...more } as CreateEmailOptions;
}

function batchOf(count: number): CreateEmailOptions[] {
  return Array.from({ length: count }, (_, i) => email(`u${i}@example.com`));
}

describe("what Resend takes", () => {
  it("keeps every e-mail of a batch in order, with its headers, key and request", async () => {
    await resend.emails.send(email("first@example.com"));
    const headers = { "List-Unsubscribe": "<https://app.banzuke.test/u>" };
    const { data } = await resend.batch.send([email("a@example.com", { headers }), email("b@example.com")], {
      idempotencyKey: "digest/1",
    });
    const emails = await providers.emails({ full: true });
    expect(emails.map(({ to, batch }) => [to, batch])).toEqual([
      [["first@example.com"], 1],
      [["a@example.com"], 2],
      [["b@example.com"], 2],
    ]);
    expect(emails.slice(1).map(({ id }) => ({ id }))).toEqual(data?.data);
    expect(emails[1]).toMatchObject({
      from: "Banzuke <rank@banzuke.test>",
      subject: "順位",
      html: "<p>1位</p>",
      text: "1位",
      headers,
      idempotencyKey: "digest/1",
    });
  });

  it("lists e-mails without their bodies unless asked, and only the fields or recipient asked for", async () => {
    await resend.batch.send(batchOf(3));
    expect((await providers.emails())[0]).toMatchObject({ html: "", text: "", subject: "順位" });
    expect(await providers.emails({ to: "u1@example.com" })).toHaveLength(1);
    const chosen = await fetch(`${providers.urls.resend}/_emulate/emails?fields=to,subject`);
    expect((await chosen.json()).emails[2]).toEqual({ to: ["u2@example.com"], subject: "順位" });
  });

  it("shows an e-mail again by its id", async () => {
    const { data } = await resend.emails.send(email("a@example.com"));
    expect((await resend.emails.get(data?.id ?? "")).data).toMatchObject({ to: ["a@example.com"] });
    expect((await resend.emails.get("unknown")).error).toMatchObject({ name: "not_found" });
  });

  it("shows an inbox whose e-mails can do nothing to the page", async () => {
    const { data } = await resend.emails.send(email("a@example.com", { html: '<script>x("1")</script>' }));
    const inbox = await (await fetch(`${providers.urls.resend}/inbox`)).text();
    expect(inbox).toContain(`<a href="/inbox/${data?.id}">順位</a>`);
    const shown = await (await fetch(`${providers.urls.resend}/inbox/${data?.id}`)).text();
    expect(shown).toContain('<iframe sandbox title="HTML" srcdoc="&lt;script&gt;x(&quot;1&quot;)');
    expect(shown).not.toContain("<script");
  });

  it("refuses a caller without a key", async () => {
    const answer = await fetch(`${providers.urls.resend}/emails`, { method: "POST", body: "{}" });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ statusCode: 401, name: "missing_api_key" });
  });
});

describe("Resend's batch validation", () => {
  const mixed = [email("a@example.com"), email("not an address"), email("c@invalid.test")];

  it("takes nothing of a strict batch with one invalid address", async () => {
    const { data, error } = await resend.batch.send(mixed);
    expect(data).toBeNull();
    expect(error).toMatchObject({ statusCode: 422, name: "validation_error" });
    expect(error?.message).toContain("`to`");
    expect(await providers.emails()).toEqual([]);
    expect(await providers.resendRequests()).toMatchObject([{ status: 422, emails: 3, accepted: 0 }]);
  });

  it("takes the valid ones of a permissive batch and names the others by index", async () => {
    const { data } = await resend.batch.send(mixed, { batchValidation: "permissive", idempotencyKey: "k" });
    expect(data?.data).toHaveLength(1);
    expect(data?.errors).toEqual([
      { index: 1, message: expect.stringContaining("`to`") },
      { index: 2, message: expect.stringContaining("`to`") },
    ]);
    expect((await providers.emails()).map(({ to }) => to)).toEqual([["a@example.com"]]);
    const again = await resend.batch.send(mixed, { batchValidation: "permissive", idempotencyKey: "k" });
    expect(again.data).toEqual(data);
  });

  it("refuses more than 100 e-mails, missing fields and missing content", async () => {
    expect((await resend.batch.send(batchOf(101))).error).toMatchObject({ name: "validation_error" });
    const noSubject = await resend.emails.send(email("a@example.com", { subject: "" }));
    expect(noSubject.error).toMatchObject({ statusCode: 422, name: "missing_required_field" });
    const noContent = await resend.emails.send(email("a@example.com", { html: "", text: "" }));
    expect(noContent.error).toMatchObject({ statusCode: 422, name: "validation_error" });
    expect(await providers.emails()).toEqual([]);
  });
});

describe("Resend's idempotency keys", () => {
  const idempotencyKey = "digest-2026-11-01/user-1";

  it("answer a repeated request as the first and send nothing more", async () => {
    const first = await resend.batch.send(batchOf(2), { idempotencyKey });
    const second = await resend.batch.send(batchOf(2), { idempotencyKey });
    expect(second.data).toEqual(first.data);
    expect(await providers.emails()).toHaveLength(2);
    expect(await providers.resendRequests()).toMatchObject([
      { path: "/emails/batch", idempotencyKey, status: 200, emails: 2, accepted: 2, replayed: false },
      { path: "/emails/batch", idempotencyKey, status: 200, accepted: 0, replayed: true },
    ]);
  });

  it("refuse another request under the same key", async () => {
    await resend.batch.send(batchOf(2), { idempotencyKey });
    const { error } = await resend.batch.send(batchOf(3), { idempotencyKey });
    expect(error).toMatchObject({ statusCode: 409, name: "invalid_idempotent_request" });
    expect(await providers.emails()).toHaveLength(2);
  });

  it("refuse a second request while the first is in progress", async () => {
    await providers.resendLatency(300);
    const first = resend.emails.send(email("a@example.com"), { idempotencyKey });
    await expect.poll(() => providers.resendRequests()).toHaveLength(1);
    const second = await resend.emails.send(email("a@example.com"), { idempotencyKey });
    expect(second.error).toMatchObject({ statusCode: 409, name: "concurrent_idempotent_requests" });
    expect((await first).error).toBeNull();
    expect(await providers.emails()).toHaveLength(1);
  });

  it("are free again after a refusal, and after 24 hours", async () => {
    const refused = await resend.emails.send(email("nobody"), { idempotencyKey });
    expect(refused.error?.name).toBe("validation_error");
    await resend.emails.send(email("a@example.com"), { idempotencyKey });
    await providers.expireResendKeys();
    await resend.emails.send(email("a@example.com"), { idempotencyKey });
    expect(await providers.emails()).toHaveLength(2);
  });

  it("may not be longer than 256 characters", async () => {
    const { error } = await resend.emails.send(email("a@example.com"), { idempotencyKey: "k".repeat(257) });
    expect(error).toMatchObject({ statusCode: 400, name: "invalid_idempotency_key" });
  });

  it("keep an e-mail from being sent twice when the first answer was lost", async () => {
    await providers.fail("resend", { status: 502, processed: true });
    const lost = await resend.batch.send(batchOf(5), { idempotencyKey });
    expect(lost.error?.statusCode).toBe(502);
    const again = await resend.batch.send(batchOf(5), { idempotencyKey });
    expect(again.data?.data).toHaveLength(5);
    expect(await providers.emails()).toHaveLength(5);
    expect(await providers.resendRequests()).toMatchObject([
      { status: 502, accepted: 5, replayed: false },
      { status: 200, replayed: true },
    ]);
  });
});

describe("Resend's refusals on demand", () => {
  it("are the error asked for, as often as asked", async () => {
    await providers.resendError({
      status: 429,
      name: "monthly_quota_exceeded",
      message: "No more.",
      times: 2,
    });
    const refused = { statusCode: 429, name: "monthly_quota_exceeded", message: "No more." };
    expect((await resend.emails.send(email("a@example.com"))).error).toEqual(refused);
    expect((await resend.batch.send(batchOf(2))).error).toEqual(refused);
    expect((await resend.emails.send(email("a@example.com"))).error).toBeNull();
    expect(await providers.resendRequests()).toMatchObject([
      { status: 429 },
      { status: 429 },
      { status: 200 },
    ]);
  });

  it("count requests by the second and tell what is left", async () => {
    await providers.resendLimit(2);
    const startOfSecond = 1_000 - (Date.now() % 1_000);
    await new Promise((resolve) => setTimeout(resolve, startOfSecond + 5));
    const answers = [];
    for (const to of ["a", "b", "c"]) answers.push(await resend.emails.send(email(`${to}@example.com`)));
    expect(answers.map(({ headers }) => headers?.["ratelimit-remaining"])).toEqual(["1", "0", "0"]);
    expect(answers[2]?.error).toMatchObject({ statusCode: 429, name: "rate_limit_exceeded" });
    expect(answers[2]?.headers).toMatchObject({
      "ratelimit-limit": "2",
      "ratelimit-reset": "1",
      "retry-after": "1",
    });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await resend.emails.send(email("c@example.com"))).error).toBeNull();
    await providers.resendLimit(0);
    expect((await resend.emails.send(email("d@example.com"))).headers?.["ratelimit-limit"]).toBeUndefined();
    expect(await providers.emails()).toHaveLength(4);
  });
});

describe("Resend's webhooks", () => {
  it("are signed so that the SDK accepts them, and report the receiver's answer", async () => {
    const received: { headers: IncomingHttpHeaders; payload: string }[] = [];
    const receiver = createServer(async (request, response) => {
      received.push({ headers: request.headers, payload: (await request.toArray()).join("") });
      response.writeHead(202).end("noted");
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/api/webhooks/resend`;
    const { data } = await resend.emails.send(email("gone@example.com"));
    const emailId = data?.id ?? "";
    const bounce = { type: "Permanent", subType: "General", message: "no such mailbox" };
    const sent = await providers.resendWebhook({ type: "email.bounced", emailId, url, bounce });
    await providers.resendWebhook({ type: "email.complained", emailId, url, svixId: "msg_again" });
    await new Promise((resolve) => receiver.close(resolve));

    expect(sent).toMatchObject({ status: 202, body: "noted" });
    const [bounced, complained] = received.map(({ headers, payload }) =>
      resend.webhooks.verify({
        payload,
        headers: {
          id: String(headers["svix-id"]),
          timestamp: String(headers["svix-timestamp"]),
          signature: String(headers["svix-signature"]),
        },
        webhookSecret: process.env.RESEND_WEBHOOK_SECRET ?? "",
      }),
    );
    expect(bounced).toMatchObject({
      type: "email.bounced",
      data: { email_id: emailId, to: ["gone@example.com"], subject: "順位", bounce },
    });
    expect(complained).toMatchObject({ type: "email.complained", data: { email_id: emailId } });
    expect(complained?.data).not.toHaveProperty("bounce");
    expect(received[1]?.headers["svix-id"]).toBe("msg_again");
  });

  it("cannot be about an e-mail that nobody sent", async () => {
    const order = { type: "email.bounced", emailId: "unknown", url: "http://127.0.0.1:9/" } as const;
    await expect(providers.resendWebhook(order)).rejects.toThrow(/no e-mail unknown/);
  });
});

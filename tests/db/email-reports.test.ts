import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AnyJob } from "@/lib/engine/define-job";
import type { EmailReport, WebhookHeaders } from "@/lib/notify/reports";
import { type Providers, startProviders } from "../support/providers";
import { addWaitingUsers, forgetWatch, runNow } from "../support/watch";
import { openWorld, type World } from "../support/world";

interface Webhook {
  body: string;
  headers: WebhookHeaders;
}

let world: World;
let providers: Providers;
let sendNotifications: AnyJob;
let read: (webhook: Webhook) => EmailReport | null;
let record: (report: EmailReport) => Promise<boolean>;
const received: Webhook[] = [];
const receiver = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const header = (name: string) => String(request.headers[`svix-${name}`]);
  received.push({
    body,
    headers: { id: header("id"), timestamp: header("timestamp"), signature: header("signature") },
  });
  response.end("{}");
});

beforeAll(async () => {
  [world, providers] = await Promise.all([openWorld("2026-11-22T01:00:00Z"), startProviders()]);
  ({ sendNotifications } = await import("@/lib/jobs/send-notifications"));
  const reports = await import("@/lib/notify/reports");
  const secret = process.env.RESEND_WEBHOOK_SECRET ?? "";
  read = ({ body, headers }) => reports.readEmailReport(body, headers, secret);
  record = (report) => reports.recordEmailReport(world.db, report);
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
});
afterAll(async () => {
  receiver.close();
  await Promise.all([world.close(), providers.close()]);
});
beforeEach(async () => {
  received.length = 0;
  await Promise.all([forgetWatch(world.sql), providers.reset()]);
  await addWaitingUsers(world.sql, 1);
  await runNow(world, sendNotifications);
});

/** What Resend posts about the e-mail of the only user, as it arrives. */
async function webhook(type: string, bounceType?: string): Promise<Webhook> {
  const [email] = await providers.emails();
  await providers.resendWebhook({
    type: type as never,
    emailId: email?.id ?? "",
    url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
    ...(bounceType && {
      bounce: { type: bounceType, subType: "General", message: "no such mailbox" } as never,
    }),
  });
  const last = received.at(-1);
  if (!last) throw new Error("nothing was posted");
  return last;
}
async function report(type: string, bounceType?: string): Promise<boolean> {
  const read_ = read(await webhook(type, bounceType));
  return read_ !== null && record(read_);
}
const address = async () =>
  (
    await world.sql(
      "select email_disabled_at is not null as off, email_disabled_reason as reason from user_alert_settings",
    )
  )[0];
const delivery = async () =>
  (await world.sql("select status, provider_status, error ->> 'code' as code from deliveries"))[0];

describe("a report of Resend's", () => {
  test("of a bounce for good turns the address off, with the reason", async () => {
    expect(await report("email.bounced", "Permanent")).toBe(true);
    expect(await address()).toEqual({ off: true, reason: "bounced" });
    expect(await delivery()).toEqual({ status: "sent", provider_status: "bounced", code: "bounced" });
  });

  test("of a bounce that may pass leaves the address on", async () => {
    await report("email.bounced", "Transient");
    expect(await address()).toEqual({ off: false, reason: null });
  });

  test("of a complaint turns the address off", async () => {
    await report("email.complained");
    expect(await address()).toEqual({ off: true, reason: "complained" });
  });

  test("of a delivery that arrives after the complaint does not undo it", async () => {
    await report("email.complained");
    await report("email.delivered");
    expect(await delivery()).toMatchObject({ provider_status: "complained" });
  });

  test("told twice is recorded once", async () => {
    const posted = await webhook("email.delivered");
    const found = read(posted);
    expect(found && (await record(found))).toBe(true);
    expect(found && (await record(found))).toBe(false);
  });

  test("about an address the user has changed meanwhile leaves the new one on", async () => {
    await world.sql("update user_alert_settings set email = 'new@example.com'");
    await report("email.bounced", "Permanent");
    expect(await address()).toEqual({ off: false, reason: null });
  });

  test("of an opened mail is none of our business", async () => {
    expect(read(await webhook("email.sent"))).toBeNull();
  });

  test.each([
    ["another body", (posted: Webhook) => ({ ...posted, body: `${posted.body} ` })],
    ["another id", (posted: Webhook) => ({ ...posted, headers: { ...posted.headers, id: "msg_other" } })],
    ["no signature", (posted: Webhook) => ({ ...posted, headers: { ...posted.headers, signature: "" } })],
    [
      "an old timestamp",
      (posted: Webhook) => ({ ...posted, headers: { ...posted.headers, timestamp: "1600000000" } }),
    ],
  ])("with %s is refused", async (_, altered) => {
    const posted = await webhook("email.bounced", "Permanent");
    expect(() => read(altered(posted))).toThrow();
  });
});

describe("a user's word", () => {
  const settings = () => import("@/lib/notify/settings");
  const off = async () => (await settings()).unsubscribe(world.db, "u00001", world.ctx.now());

  test("unsubscribe turns e-mail off, and once more changes nothing", async () => {
    await off();
    const first = await world.sql("select email_disabled_at from user_alert_settings");
    world.setNow("2026-11-22T05:00:00Z");
    await off();
    expect(await world.sql("select email_disabled_at from user_alert_settings")).toEqual(first);
    expect(await address()).toEqual({ off: true, reason: "unsubscribed" });
  });

  test("turning e-mail on again lifts an unsubscription, but not a bounce", async () => {
    const { readSettings, savePreferences, userPreferences } = await settings();
    const turnOn = async () => {
      const stored = await readSettings(world.db, "u00001");
      const chosen = userPreferences.strip().parse({ ...stored, email_enabled: true });
      return savePreferences(world.db, "u00001", chosen);
    };
    await off();
    expect(await turnOn()).toBe(true);
    expect(await address()).toEqual({ off: false, reason: null });
    await report("email.bounced", "Permanent");
    await turnOn();
    expect(await address()).toEqual({ off: true, reason: "bounced" });
  });

  test("speaks through a link that is signed for one user", async () => {
    const { signPreferencesToken, readPreferencesToken } = await import("@/lib/notify/links");
    const now = world.ctx.now();
    const token = await signPreferencesToken("u00001", now);
    expect(await readPreferencesToken(token, now)).toBe("u00001");
    expect(await readPreferencesToken(`${token}x`, now)).toBeNull();
    expect(await readPreferencesToken("", now)).toBeNull();
    expect(await readPreferencesToken(token, new Date(now.getTime() + 401 * 86_400_000))).toBeNull();
  });
});

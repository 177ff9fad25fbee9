import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AnyJob } from "@/lib/engine/define-job";
import { type Providers, startProviders } from "../support/providers";
import { addWaitingUsers, forgetWatch, letTimePass, runNow } from "../support/watch";
import { openWorld, type World } from "../support/world";

let world: World;
let providers: Providers;
let sendNotifications: AnyJob;

beforeAll(async () => {
  [world, providers] = await Promise.all([openWorld("2026-11-22T01:00:00Z"), startProviders()]);
  process.env.RESEND_REQUESTS_PER_SECOND = "100";
  ({ sendNotifications } = await import("@/lib/jobs/send-notifications"));
});
afterAll(() => Promise.all([world.close(), providers.close()]));
beforeEach(async () => {
  await Promise.all([forgetWatch(world.sql), providers.reset()]);
});

const send = () => runNow(world, sendNotifications);
const recipients = async () => (await providers.emails()).map(({ to }) => to[0]).sort();
const channels = async () => (await providers.slackMessages()).map(({ channel }) => channel);
const states = (channel: string) =>
  world.sql("select status, error ->> 'code' as code from deliveries where channel = $1 order by user_id", [
    channel,
  ]);
const unsent = async () => (await world.sql("select 1 from notifications where sent_at is null")).length;
describe("Resend", () => {
  test("429: waits as long as it asks, and goes on in the same run; the attempt is not counted", async () => {
    await addWaitingUsers(world.sql, 3);
    await providers.fail("resend", { status: 429, retryAfter: 1, times: 2 });
    expect(await send()).toMatchObject({ status: "succeeded", result: { counts: { emails_sent: 3 } } });
    expect(await world.sql("select distinct attempts from deliveries")).toEqual([{ attempts: 1 }]);
  });

  test("an exhausted rate limit in its headers: everybody pauses instead of running into a refusal", async () => {
    await addWaitingUsers(world.sql, 450);
    await providers.resendLimit(2);
    await send();
    const refused = (await providers.resendRequests()).filter(({ status }) => status === 429);
    expect(refused.length).toBeLessThanOrEqual(3);
    expect(await recipients()).toHaveLength(450);
  });

  test("500 after the e-mails were taken: the same batch again under the same key, and nobody gets two", async () => {
    await addWaitingUsers(world.sql, 3);
    await providers.fail("resend", { status: 500, processed: true });
    expect(await send()).toMatchObject({ status: "succeeded" });
    expect(await recipients()).toEqual(["u00001@example.com", "u00002@example.com", "u00003@example.com"]);
    expect((await providers.resendRequests()).at(-1)).toMatchObject({ replayed: true });
  });

  test("an answer that never comes: the same, after the request's time is up", async () => {
    await addWaitingUsers(world.sql, 2);
    await providers.fail("resend", { status: 0, processed: true });
    expect(await send()).toMatchObject({ status: "succeeded" });
    expect(await recipients()).toHaveLength(2);
  }, 60_000);

  test("409, the key in progress elsewhere: waits and gets the answer of that request", async () => {
    await addWaitingUsers(world.sql, 2);
    await providers.resendError({ status: 409, name: "concurrent_idempotent_requests" });
    expect(await send()).toMatchObject({ status: "succeeded", result: { counts: { emails_sent: 2 } } });
  });

  test("409, the key used for other contents: uncertain, said so, and never repeated by itself", async () => {
    await addWaitingUsers(world.sql, 2);
    await providers.resendError({ status: 409, name: "invalid_idempotent_request" });
    expect(await send()).toMatchObject({
      result: { outcome: "sent_with_failures", counts: { uncertain: 2 } },
    });
    await letTimePass(world.sql);
    await send();
    expect(await recipients()).toEqual([]);
    expect(await states("email")).toEqual(
      Array.from({ length: 2 }, () => ({ status: "uncertain", code: "invalid_idempotent_request" })),
    );
  });

  test("an invalid address: that e-mail fails for good, the others of its batch arrive", async () => {
    await addWaitingUsers(world.sql, 3);
    await world.sql("update user_alert_settings set email = 'nobody@invalid.test' where user_id = 'u00002'");
    expect(await send()).toMatchObject({ result: { counts: { emails_sent: 2, failed: 1 } } });
    expect(await recipients()).toEqual(["u00001@example.com", "u00003@example.com"]);
    expect(await states("email")).toMatchObject([
      { status: "sent" },
      { status: "failed", code: "invalid_email" },
      { status: "sent" },
    ]);
    expect(await unsent()).toBe(1);
  });

  test("a batch turned down as a whole: each e-mail is tried alone, so that the good ones arrive", async () => {
    await addWaitingUsers(world.sql, 3);
    await providers.resendError({ status: 422, name: "validation_error" });
    expect(await send()).toMatchObject({ result: { counts: { emails_sent: 3 } } });
    expect((await providers.resendRequests()).map(({ accepted }) => accepted)).toEqual([0, 1, 1, 1]);
  });

  test("a batch turned down after an attempt without an answer is taken apart too, instead of being repeated for ever", async () => {
    await addWaitingUsers(world.sql, 2);
    await providers.fail("resend", { status: 500 });
    await providers.resendError({ status: 422, name: "validation_error" });
    expect(await send()).toMatchObject({ status: "succeeded", result: { counts: { emails_sent: 2 } } });
    expect(await recipients()).toEqual(["u00001@example.com", "u00002@example.com"]);
    expect((await providers.resendRequests()).map(({ accepted }) => accepted)).toEqual([0, 0, 1, 1]);
  });

  test.each([
    [401, "missing_api_key"],
    [403, "invalid_api_key"],
    [429, "monthly_quota_exceeded"],
  ])("%d %s: stops asking, keeps everything, and tells the operators", async (status, name) => {
    await addWaitingUsers(world.sql, 300);
    await providers.resendError({ status, name, times: 1000 });
    const report = await send();
    expect(report).toMatchObject({
      status: "failed",
      failure: { code: "provider_refuses" },
      counts: { waiting: 300 },
    });
    expect((await providers.resendRequests()).length).toBeLessThanOrEqual(4);
    expect((await providers.slackTexts())[0]).toContain(name);

    await providers.reset();
    expect(await send()).toMatchObject({ status: "succeeded", result: { counts: { emails_sent: 300 } } });
  });

  test("an answer that stayed unknown for longer than keys are kept: uncertain, not sent a second time", async () => {
    await addWaitingUsers(world.sql, 1);
    await providers.fail("resend", { status: 500, processed: true, times: 20 });
    await abandonAfter("email");
    await providers.reset();
    await letTimePass(world.sql);
    await world.sql("update email_batches set created_at = now() - interval '23 hours 1 minute'");
    await send();
    expect(await providers.emails()).toEqual([]);
    expect(await states("email")).toEqual([{ status: "uncertain", code: "answer_unknown" }]);
  });

  test("surely refused: the e-mails are free again, and somebody who unsubscribes meanwhile gets none", async () => {
    await addWaitingUsers(world.sql, 2);
    await providers.resendError({ status: 403, name: "invalid_api_key" });
    await send();
    await world.sql(
      "update user_alert_settings set email_disabled_at = now(), email_disabled_reason = 'unsubscribed' where user_id = 'u00001'",
    );
    expect(await send()).toMatchObject({ result: { counts: { emails_sent: 1 } } });
    expect(await recipients()).toEqual(["u00002@example.com"]);
  });

  test("refused after an attempt without an answer: stays the same batch under the same key", async () => {
    await addWaitingUsers(world.sql, 2);
    await providers.fail("resend", { status: 500, processed: true });
    await providers.resendError({ status: 429, name: "rate_limit_exceeded" });
    expect(await send()).toMatchObject({ status: "succeeded", result: { counts: { emails_sent: 2 } } });
    expect(await recipients()).toHaveLength(2);
    expect(new Set((await providers.resendRequests()).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(
      1,
    );
  });
});

describe("Slack", () => {
  const onlySlack = async (count: number) => {
    await addWaitingUsers(world.sql, count, { slackEvery: 1 });
    await world.sql("update user_alert_settings set email = null");
  };

  test("429 with Retry-After: that channel waits so long, the message arrives once", async () => {
    await onlySlack(2);
    await providers.fail("slack", { status: 429, retryAfter: 1 });
    expect(await send()).toMatchObject({ status: "succeeded", result: { counts: { slack_sent: 2 } } });
    expect((await channels()).sort()).toEqual(["C00000001", "C00000002"]);
  });

  test("one message a second per channel: three users of one channel are served one after the other", async () => {
    await onlySlack(3);
    await world.sql("update user_alert_settings set slack_channel = 'C0000SHARED'");
    await providers.slackLimit(0.9);
    expect(await send()).toMatchObject({ status: "succeeded", result: { counts: { slack_sent: 3 } } });
    expect((await providers.slackRequests()).filter(({ error }) => error !== null)).toEqual([]);
  });

  test("an archived channel: fails for good with its reason, and the e-mail stands", async () => {
    await addWaitingUsers(world.sql, 1, { slackEvery: 1 });
    await providers.slackChannel("C00000001", "is_archived");
    expect(await send()).toMatchObject({
      result: { outcome: "sent_with_failures", counts: { emails_sent: 1, failed: 1 } },
    });
    expect(await states("slack")).toEqual([{ status: "failed", code: "is_archived" }]);
    expect(await unsent()).toBe(0);
  });

  test("a revoked token: nothing is lost, e-mails go out, operators are told, and Slack alone is sent later", async () => {
    await addWaitingUsers(world.sql, 5, { slackEvery: 1 });
    await providers.slackToken("token_revoked");
    expect(await send()).toMatchObject({
      status: "failed",
      failure: { code: "provider_refuses" },
      counts: { emails_sent: 5, waiting: 5 },
    });
    await providers.slackToken(null);
    expect(await send()).toMatchObject({
      status: "succeeded",
      result: { counts: { emails_sent: 0, slack_sent: 5 } },
    });
    expect(await recipients()).toHaveLength(5);
  });

  test("an answer that never comes: uncertain and shown so, not posted again by itself", async () => {
    await onlySlack(1);
    await providers.fail("slack", { status: 0, processed: true });
    await send();
    expect(await states("slack")).toEqual([{ status: "uncertain", code: "slack_no_answer" }]);
    await letTimePass(world.sql);
    await send();
    expect(await channels()).toEqual(["C00000001"]);
  }, 60_000);

  test("HTTP 500: tried again after a pause, Slack alone", async () => {
    await addWaitingUsers(world.sql, 1, { slackEvery: 1 });
    await providers.fail("slack", { status: 500, times: 1 });
    expect(await send()).toMatchObject({
      status: "succeeded",
      result: { counts: { emails_sent: 1, slack_sent: 1 } },
    });
    expect(await recipients()).toHaveLength(1);
  });
});

describe("settings that change while a message waits", () => {
  test("an unsubscription stops what has not been sent", async () => {
    await addWaitingUsers(world.sql, 1);
    await freezeOnly();
    await world.sql(
      "update user_alert_settings set email_disabled_at = now(), email_disabled_reason = 'unsubscribed'",
    );
    await send();
    expect(await providers.emails()).toEqual([]);
    expect(await states("email")).toEqual([{ status: "failed", code: "turned_off" }]);
  });

  test("a new address is used at once", async () => {
    await addWaitingUsers(world.sql, 1);
    await freezeOnly();
    await world.sql("update user_alert_settings set email = 'new@example.com'");
    await send();
    expect(await recipients()).toEqual(["new@example.com"]);
  });

  test("a new address after a failure brings the news with the next local date's digest", async () => {
    await addWaitingUsers(world.sql, 1);
    await world.sql("update user_alert_settings set email = 'nobody@invalid.test'");
    await send();
    expect(await unsent()).toBe(1);
    await world.sql("update user_alert_settings set email = 'right@example.com'");
    world.setNow("2026-11-23T01:00:00Z");
    await send();
    world.setNow("2026-11-22T01:00:00Z");
    expect(await recipients()).toEqual(["right@example.com"]);
    expect(await unsent()).toBe(0);
  });
});

/** Freezes what is due without sending it: the channel's provider is away for the moment. */
async function freezeOnly(): Promise<void> {
  const { composeDigests } = await import("@/lib/notify/compose");
  const never = new AbortController().signal;
  await composeDigests(world.ctx, { channels: ["email", "slack"], signal: never, onFrozen: () => {} });
}

/** Runs until a message has been tried, then puts its next attempt out of the run's reach. */
async function abandonAfter(channel: string): Promise<void> {
  const run = send();
  for (;;) {
    const tried = await world.sql("select 1 from deliveries where channel = $1 and error is not null", [
      channel,
    ]);
    if (tried.length > 0) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await world.sql("update email_batches set next_attempt_at = now() + interval '1 hour'");
  await world.sql("update deliveries set next_attempt_at = now() + interval '1 hour'");
  await run;
}

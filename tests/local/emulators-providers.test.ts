import { randomUUID } from "node:crypto";
import { WebClient } from "@slack/web-api";
import { PostHog } from "posthog-node";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { ReceivedMessage } from "@/scripts/local/emulators/expo";
import type { ReceivedEvent } from "@/scripts/local/emulators/posthog";
import { type Emulators, startEmulators } from "@/scripts/local/emulators/start";

const slackBotToken = "xoxb-for-these-tests";
let emulators: Emulators;

beforeAll(async () => {
  emulators = await startEmulators({
    slackBotToken,
    resendWebhookSecret: "whsec_dGVzdA==",
    serperApiKey: "serper-test",
  });
});

afterAll(() => emulators.close());

afterEach(async () => {
  for (const url of Object.values(emulators.urls)) await post(`${url}/_emulate/reset`);
});

function post(url: string, body: unknown = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

describe("PostHog", () => {
  const events = async (): Promise<ReceivedEvent[]> =>
    (await (await fetch(`${emulators.urls.posthog}/_emulate/events`)).json()).events;
  const client = () =>
    new PostHog("phc_test", {
      host: emulators.urls.posthog,
      flushAt: 1000,
      fetchRetryCount: 0,
      preloadFeatureFlags: false,
    });

  it("keeps every event of a gzipped batch with its uuid, in order", async () => {
    const posthog = client();
    const uuids = Array.from({ length: 60 }, () => randomUUID());
    for (const uuid of uuids)
      posthog.capture({ distinctId: "user-1", event: "ranking_finalized", uuid, properties: { n: 1 } });
    await posthog.shutdown();
    expect((await events()).map(({ uuid }) => uuid)).toEqual(uuids);
    expect((await events())[0]).toMatchObject({
      event: "ranking_finalized",
      distinct_id: "user-1",
      properties: { n: 1 },
    });
  });

  it("answers feature flags with none", async () => {
    const posthog = client();
    const flags = await posthog.evaluateFlags("user-1");
    expect(flags.isEnabled("anything")).toBe(false);
    await posthog.shutdown();
  });

  it("fails as often as asked and then works", async () => {
    await post(`${emulators.urls.posthog}/_emulate/fail`, { status: 503, times: 1 });
    const posthog = client();
    const failed = vi.fn();
    posthog.on("error", failed);
    await posthog.captureImmediate({ distinctId: "u", event: "lost" });
    await posthog.captureImmediate({ distinctId: "u", event: "kept" });
    await posthog.shutdown();
    expect((await events()).map(({ event }) => event)).toEqual(["kept"]);
  });
});

describe("Expo", () => {
  const loadExpo = async () => {
    process.env.EXPO_BASE_URL = emulators.urls.expo;
    const { Expo } = await import("expo-server-sdk");
    return new Expo({ accessToken: "token", retryMinTimeout: 1 });
  };
  const messages = async (): Promise<ReceivedMessage[]> =>
    (await (await fetch(`${emulators.urls.expo}/_emulate/messages`)).json()).messages;

  it("gives a ticket per message of a gzipped request, and receipts for them", async () => {
    const expo = await loadExpo();
    const sent = Array.from({ length: 100 }, (_, i) => ({
      to: `ExponentPushToken[${i}]`,
      title: "結果",
      body: "発表",
    }));
    const tickets = await expo.sendPushNotificationsAsync(sent);
    expect(tickets.every((ticket) => ticket.status === "ok")).toBe(true);
    const ids = tickets.flatMap((ticket) => (ticket.status === "ok" ? [ticket.id] : []));
    expect(new Set(ids).size).toBe(100);
    const receipts = await expo.getPushNotificationReceiptsAsync([...ids, "unknown"]);
    expect(Object.keys(receipts).sort()).toEqual(ids.sort());
    expect((await messages())[7]).toMatchObject({ to: "ExponentPushToken[7]", message: { title: "結果" } });
  });

  it("reports a device that is gone in the receipt, or in the ticket", async () => {
    const expo = await loadExpo();
    const [late, early] = await expo.sendPushNotificationsAsync([
      { to: "ExponentPushToken[DeviceNotRegistered-1]", body: "a" },
      { to: "ExponentPushToken[TicketError-1]", body: "b" },
    ]);
    expect(early).toMatchObject({ status: "error", details: { error: "DeviceNotRegistered" } });
    if (late?.status !== "ok") throw new Error("the first message got no ticket");
    const receipts = await expo.getPushNotificationReceiptsAsync([late.id]);
    expect(receipts[late.id]).toMatchObject({ status: "error", details: { error: "DeviceNotRegistered" } });
  });

  it("refuses more than 100 messages in one request", async () => {
    const expo = await loadExpo();
    const tooMany = Array.from({ length: 101 }, (_, i) => ({ to: `ExponentPushToken[${i}]` }));
    await expect(expo.sendPushNotificationsAsync(tooMany)).rejects.toMatchObject({
      code: "PUSH_TOO_MANY_NOTIFICATIONS",
    });
  });

  it("is retried by its SDK after 429, and reports a 500", async () => {
    const expo = await loadExpo();
    await post(`${emulators.urls.expo}/_emulate/fail`, { status: 429, times: 2, retryAfter: 1 });
    expect(await expo.sendPushNotificationsAsync([{ to: "ExponentPushToken[1]" }])).toHaveLength(1);
    await post(`${emulators.urls.expo}/_emulate/fail`, { status: 500, times: 1 });
    await expect(expo.sendPushNotificationsAsync([{ to: "ExponentPushToken[1]" }])).rejects.toMatchObject({
      statusCode: 500,
    });
    expect(await messages()).toHaveLength(1);
  });

  it("can do the work and lose the answer", async () => {
    const expo = await loadExpo();
    await post(`${emulators.urls.expo}/_emulate/fail`, { status: 502, processed: true });
    await expect(expo.sendPushNotificationsAsync([{ to: "ExponentPushToken[1]" }])).rejects.toThrow();
    expect(await messages()).toHaveLength(1);
  });

  it("can hang until the caller gives up", async () => {
    await post(`${emulators.urls.expo}/_emulate/fail`, { status: 0 });
    const request = fetch(`${emulators.urls.expo}/--/api/v2/push/send`, {
      method: "POST",
      body: "[]",
      signal: AbortSignal.timeout(100),
    });
    await expect(request).rejects.toThrow(/timeout/);
  });
});

describe("Slack", () => {
  const slack = (token = slackBotToken) =>
    new WebClient(token, { slackApiUrl: `${emulators.urls.slack}/api/`, retryConfig: { retries: 0 } });

  it("posts to #ops with the bot's token, and keeps the message", async () => {
    const posted = await slack().chat.postMessage({ channel: "#ops", text: "番付が確定しました" });
    expect(posted.ok).toBe(true);
    const history = await slack().conversations.history({ channel: posted.channel ?? "" });
    expect(history.messages?.map(({ text }) => text)).toContain("番付が確定しました");
  });

  it("fails on demand", async () => {
    await post(`${emulators.urls.slack}/_emulate/fail`, { status: 500 });
    await expect(slack().chat.postMessage({ channel: "#ops", text: "x" })).rejects.toThrow();
    expect((await slack().chat.postMessage({ channel: "#ops", text: "x" })).ok).toBe(true);
  });
});

describe("Resend", () => {
  const send = (idempotencyKey: string) =>
    fetch(`${emulators.urls.resend}/emails`, {
      method: "POST",
      headers: {
        authorization: "Bearer re_test",
        "content-type": "application/json",
        "idempotency-key": idempotencyKey,
      },
      body: JSON.stringify({ from: "a@banzuke.test", to: ["b@banzuke.test"], subject: "順位", text: "t" }),
    });

  it("answers a repeated key with the first message", async () => {
    const [first, second] = [await (await send("k1")).json(), await (await send("k1")).json()];
    expect(first.id).toBeTruthy();
    expect(second.id).toBe(first.id);
    expect(await (await fetch(`${emulators.urls.resend}/inbox`)).text()).toContain("順位");
  });
});

describe("S3", () => {
  it("keeps an object byte by byte", async () => {
    const url = `${emulators.urls.s3}/banzuke/a/b.bin`;
    const authorization =
      "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x";
    const bytes = new Uint8Array([0, 255, 10, 13, 128]);
    expect((await fetch(url, { method: "PUT", body: bytes, headers: { authorization } })).status).toBe(200);
    expect(new Uint8Array(await (await fetch(url, { headers: { authorization } })).arrayBuffer())).toEqual(
      bytes,
    );
  });
});

import { LogLevel, WebClient } from "@slack/web-api";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Providers, startProviders } from "../support/providers";

let providers: Providers;
let slack: WebClient;

beforeAll(async () => {
  providers = await startProviders();
  slack = clientFor(process.env.SLACK_BOT_TOKEN ?? "");
});

afterAll(() => providers.close());

beforeEach(() => providers.reset());

function clientFor(token: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: process.env.SLACK_API_URL ?? "",
    retryConfig: { retries: 0 },
    logLevel: LogLevel.ERROR,
    rejectRateLimitedCalls: true,
  });
}

const blocks = [{ type: "section", text: { type: "mrkdwn", text: "*3位 → 12位*" } }];
const metadata = { event_type: "rank_digest", event_payload: { delivery: "d-1" } };

describe("what Slack takes", () => {
  it("is kept in order with blocks and metadata, in any channel by id or name", async () => {
    const first = await slack.chat.postMessage({ channel: "C0ABC", text: "順位", blocks, metadata });
    const second = await slack.chat.postMessage({ channel: "#rank", text: "再" });
    const messages = await providers.slackMessages();
    expect(messages).toMatchObject([
      { channel: "C0ABC", channelId: "C0ABC", text: "順位", blocks, metadata, ts: first.ts },
      { channel: "#rank", channelId: second.channel, text: "再", blocks: [], metadata: null, ts: second.ts },
    ]);
    expect(Number(second.ts)).toBeGreaterThan(Number(first.ts));
    expect(await (await fetch(`${providers.urls.slack}/?tab=messages`)).text()).toContain("*3位 → 12位*");
  });

  it("can be found again by its metadata in the history of any channel", async () => {
    const { ts } = await slack.chat.postMessage({ channel: "C0ABC", text: "順位", metadata });
    await slack.chat.postMessage({ channel: "C0ABC", text: "later" });
    const history = await slack.conversations.history({ channel: "C0ABC", include_all_metadata: true });
    expect(history.messages?.map((message) => [message.text, message.metadata])).toEqual([
      ["later", undefined],
      ["順位", metadata],
    ]);
    const bare = await slack.conversations.history({ channel: "C0ABC", oldest: ts ?? "", inclusive: true });
    expect(bare.messages?.map(({ text }) => text)).toEqual(["later", "順位"]);
    expect(bare.messages?.some((message) => message.metadata)).toBe(false);
    const after = await slack.conversations.history({ channel: "C0ABC", oldest: ts ?? "" });
    expect(after.messages?.map(({ text }) => text)).toEqual(["later"]);
  });

  it("comes page by page from a long channel", async () => {
    for (let i = 0; i < 5; i++) await slack.chat.postMessage({ channel: "C0ABC", text: `${i}` });
    const texts: (string | undefined)[][] = [];
    let cursor: string | undefined = "";
    while (cursor !== undefined) {
      const page = await slack.conversations.history({ channel: "C0ABC", limit: 2, cursor });
      texts.push((page.messages ?? []).map(({ text }) => text));
      cursor = page.has_more ? page.response_metadata?.next_cursor : undefined;
    }
    expect(texts).toEqual([["4", "3"], ["2", "1"], ["0"]]);
  });

  it("must be a message that Slack can show", async () => {
    const post = (more: object) => slack.chat.postMessage({ channel: "C0ABC", text: "t", ...more } as never);
    await expect(post({ text: "" })).rejects.toMatchObject({ data: { error: "no_text" } });
    await expect(post({ blocks: Array(51).fill(blocks[0]) })).rejects.toThrow(/invalid_blocks/);
    const long = [{ type: "section", text: { type: "mrkdwn", text: "x".repeat(3_001) } }];
    await expect(post({ blocks: long })).rejects.toThrow(/invalid_blocks/);
    await expect(post({ metadata: { event_type: "x" } })).rejects.toThrow(/invalid_metadata_format/);
    expect(await providers.slackMessages()).toEqual([]);
  });
});

describe("Slack's refusals", () => {
  it("are the channel's own until they are taken back", async () => {
    await providers.slackChannel("C0OLD", "is_archived");
    const post = (channel: string) => slack.chat.postMessage({ channel, text: "t" });
    await expect(post("C0OLD")).rejects.toMatchObject({ data: { ok: false, error: "is_archived" } });
    await expect(post("X0NONE")).rejects.toMatchObject({ data: { error: "channel_not_found" } });
    expect((await post("C0NEW")).ok).toBe(true);
    await providers.slackChannel("C0OLD", null);
    expect((await post("C0OLD")).ok).toBe(true);
    expect(await providers.slackRequests()).toMatchObject([
      { path: "/api/chat.postMessage", channel: "C0OLD", error: "is_archived", status: 200 },
      { channel: "X0NONE", error: "channel_not_found" },
      { channel: "C0NEW", error: null },
      { channel: "C0OLD", error: null },
    ]);
  });

  it("know a wrong token from a revoked one", async () => {
    await expect(clientFor("xoxb-other").auth.test()).rejects.toThrow(/invalid_auth/);
    await providers.slackToken("token_revoked");
    await expect(slack.chat.postMessage({ channel: "C0ABC", text: "t" })).rejects.toThrow(/token_revoked/);
    await expect(slack.conversations.list()).rejects.toThrow(/token_revoked/);
    await providers.slackToken(null);
    expect((await slack.auth.test()).ok).toBe(true);
  });

  it("come with Retry-After when a channel gets messages too fast, and spare other channels", async () => {
    await providers.slackLimit(1);
    await slack.chat.postMessage({ channel: "C0ABC", text: "1" });
    const tooFast = slack.chat.postMessage({ channel: "C0ABC", text: "2" });
    await expect(tooFast).rejects.toMatchObject({ code: "slack_webapi_rate_limited_error", retryAfter: 1 });
    await slack.chat.postMessage({ channel: "C0DEF", text: "1" });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await slack.chat.postMessage({ channel: "C0ABC", text: "2" });
    expect((await providers.slackMessages()).map(({ channel, text }) => channel + text)).toEqual([
      "C0ABC1",
      "C0DEF1",
      "C0ABC2",
    ]);
    expect((await providers.slackRequests()).map(({ status }) => status)).toEqual([200, 429, 200, 200]);
  });

  it("leave a message posted whose answer was lost", async () => {
    await providers.fail("slack", { status: 500, processed: true });
    await expect(slack.chat.postMessage({ channel: "#ops", text: "once" })).rejects.toThrow();
    expect(await providers.slackTexts()).toEqual(["once"]);
    expect(await providers.slackRequests()).toMatchObject([
      { status: 500, channel: "#ops", error: null },
      {},
      {},
    ]);
  });
});

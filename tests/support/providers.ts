import { WebClient } from "@slack/web-api";
import type { LoggedRequest } from "@/scripts/local/emulators/request-log";
import type { AcceptedEmail } from "@/scripts/local/emulators/resend-emails";
import type { PostedMessage } from "@/scripts/local/emulators/slack-workspace";
import { PROVIDERS, type ProviderName, startEmulators } from "@/scripts/local/emulators/start";

/** A request to Resend: how many e-mails it asked for, how many were taken anew, whether it repeated another. */
export type ResendRequest = LoggedRequest & { emails: number; accepted: number; replayed: boolean };

/** A call of Slack's Web API; `error` is Slack's, null when it did what was asked or never came to it. */
export type SlackRequest = LoggedRequest & { channel: string | null; error: string | null };

export interface Providers {
  urls: Record<ProviderName, string>;
  /** Everything a provider received under a name, in order. */
  received: <T>(provider: ProviderName, name: string) => Promise<T[]>;
  /** Makes a provider's next requests fail: see `scripts/local/emulators/faults.ts`. */
  fail: (
    provider: ProviderName,
    fault: {
      status?: number;
      times?: number;
      processed?: boolean;
      delayMs?: number;
      retryAfter?: number | string;
    },
  ) => Promise<void>;
  /** Lets all providers forget everything, failures and limits included. */
  reset: () => Promise<void>;
  /** Texts posted to the operators' Slack channel, newest first. */
  slackTexts: () => Promise<string[]>;

  /** E-mails that Resend took, in order; `html` and `text` are empty unless `full`. */
  emails: (query?: { to?: string; full?: boolean }) => Promise<AcceptedEmail[]>;
  resendRequests: () => Promise<ResendRequest[]>;
  /** The next requests get exactly this error of Resend's. */
  resendError: (error: { status: number; name: string; message?: string; times?: number }) => Promise<void>;
  /** Requests a second from here on; 0 is no limit. */
  resendLimit: (requestsPerSecond: number) => Promise<void>;
  /** How long Resend works on a request, its idempotency key in progress meanwhile. */
  resendLatency: (ms: number) => Promise<void>;
  /** Lets Resend's idempotency keys expire as after 24 hours. */
  expireResendKeys: () => Promise<void>;
  /** Sends a signed webhook of Resend's; gives back the receiver's answer. */
  resendWebhook: (order: {
    type: `email.${"sent" | "delivered" | "bounced" | "complained" | "delivery_delayed"}`;
    emailId: string;
    url: string;
    bounce?: { type: string; subType: string; message: string };
    svixId?: string;
    to?: string[];
  }) => Promise<{ status: number; svixId: string; body: string }>;

  /** Messages that Slack took, in order, of all channels. */
  slackMessages: () => Promise<PostedMessage[]>;
  slackRequests: () => Promise<SlackRequest[]>;
  /** What a channel answers to a posting from here on, e.g. `is_archived`; null: it takes it. */
  slackChannel: (channel: string, error: string | null) => Promise<void>;
  /** What every call answers from here on, e.g. `token_revoked`; null: the token is good. */
  slackToken: (error: string | null) => Promise<void>;
  /** How long a channel takes no second message; 0 is no limit. */
  slackLimit: (perChannelSeconds: number) => Promise<void>;
  slackLatency: (ms: number) => Promise<void>;
  close: () => Promise<void>;
}

const SLACK_TOKEN = "xoxb-test-operators";
const RESEND_WEBHOOK_SECRET = `whsec_${Buffer.from("a secret that only tests know").toString("base64")}`;

/**
 * Starts the providers and points this process's settings at them. Modules read settings once, and the
 * Expo and Resend SDKs at import or construction: import what sends only after this.
 */
export async function startProviders(): Promise<Providers> {
  const { urls, close } = await startEmulators({
    slackBotToken: SLACK_TOKEN,
    resendWebhookSecret: RESEND_WEBHOOK_SECRET,
  });
  Object.assign(process.env, {
    POSTHOG_KEY: "phc_test",
    POSTHOG_HOST: urls.posthog,
    EXPO_BASE_URL: urls.expo,
    SLACK_BOT_TOKEN: SLACK_TOKEN,
    SLACK_API_URL: `${urls.slack}/api/`,
    SLACK_ALERT_CHANNEL: "#ops",
    RESEND_API_KEY: "re_test",
    RESEND_BASE_URL: urls.resend,
    RESEND_WEBHOOK_SECRET,
    APP_URL: "https://app.banzuke.test",
    NOTIFY_FROM: "Banzuke <rank@banzuke.test>",
    NOTIFY_LINK_SECRET: "links-of-tests-are-signed-with-this",
  });
  const slack = new WebClient(SLACK_TOKEN, { slackApiUrl: `${urls.slack}/api/` });
  const tell = async (provider: ProviderName, name: string, body: unknown): Promise<never> => {
    const url = `${urls[provider]}/_emulate/${name}`;
    const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
    return response.json() as Promise<never>;
  };
  const received = async (provider: ProviderName, name: string, query = ""): Promise<never[]> => {
    const response = await fetch(`${urls[provider]}/_emulate/${name}?${query}`);
    return ((await response.json()) as Record<string, never[]>)[name] ?? [];
  };
  return {
    urls,
    received: (provider, name) => received(provider, name),
    fail: (provider, fault) => tell(provider, "fail", fault),
    reset: async () => {
      await Promise.all(PROVIDERS.map((name) => tell(name, "reset", {})));
    },
    slackTexts: async () => {
      const { channels = [] } = await slack.conversations.list();
      const channel = channels.find(({ name }) => name === "ops")?.id ?? "";
      const { messages = [] } = await slack.conversations.history({ channel });
      return messages.map(({ text = "" }) => text);
    },
    emails: async ({ to, full = false } = {}) => {
      const query = new URLSearchParams({ ...(to && { to }), ...(full && { full: "1" }) });
      const emails = await received("resend", "emails", query.toString());
      return emails.map((email: object) => ({ html: "", text: "", ...email }) as AcceptedEmail);
    },
    resendRequests: () => received("resend", "requests"),
    resendError: ({ message = "as asked by the test", ...error }) =>
      tell("resend", "error", { message, ...error }),
    resendLimit: (requestsPerSecond) => tell("resend", "limit", { requestsPerSecond }),
    resendLatency: (ms) => tell("resend", "latency", { ms }),
    expireResendKeys: () => tell("resend", "expire-keys", {}),
    resendWebhook: (order) => tell("resend", "webhook", order),
    slackMessages: () => received("slack", "messages"),
    slackRequests: () => received("slack", "requests"),
    slackChannel: (channel, error) => tell("slack", "channel", { channel, error }),
    slackToken: (error) => tell("slack", "token", { error }),
    slackLimit: (perChannelSeconds) => tell("slack", "limit", { perChannelSeconds }),
    slackLatency: (ms) => tell("slack", "latency", { ms }),
    close,
  };
}

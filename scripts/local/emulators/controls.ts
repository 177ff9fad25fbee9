import type { z } from "zod";
import type { Fault } from "./faults";
import type { LoggedRequest } from "./request-log";
import type { AcceptedEmail } from "./resend-emails";
import type { WebhookOrder } from "./resend-webhook";
import type { AnalyticsQuery, PropertyRow } from "./search-analytics";
import type { PostedMessage } from "./slack-workspace";
import type { ProviderName } from "./start";

/** A request to Resend: how many e-mails it asked for, how many were taken anew, whether it repeated another. */
export type ResendRequest = LoggedRequest & { emails: number; accepted: number; replayed: boolean };

/** A call of Slack's Web API; `error` is Slack's, null when it did what was asked or never came to it. */
export type SlackRequest = LoggedRequest & { channel: string | null; error: string | null };

/** A search at Serper; keyword and page are null when it never came to it. */
export type SerperRequest = LoggedRequest & { keyword: string | null; page: number | null; results: number };

/** A request to Google: the property and the query, null where there was none. */
export type SearchConsoleRequest = LoggedRequest & { siteUrl: string | null; query: AnalyticsQuery | null };

export type Controls = ReturnType<typeof controlsOf>;

/** What tests, benchmarks and scripts ask of running stand-ins, and tell them. @throws Error when one refuses */
export function controlsOf(urls: Record<ProviderName, string>) {
  const tell = async <T = void>(provider: ProviderName, name: string, body: unknown): Promise<T> => {
    const url = `${urls[provider]}/_emulate/${name}`;
    const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  const received = async <T>(provider: ProviderName, name: string, query = ""): Promise<T[]> => {
    const response = await fetch(`${urls[provider]}/_emulate/${name}?${query}`);
    return ((await response.json()) as Record<string, T[]>)[name] ?? [];
  };
  return {
    /** Everything a provider received under a name, in order. */
    received: <T>(provider: ProviderName, name: string) => received<T>(provider, name),
    /** Makes a provider's next requests fail. */
    fail: (provider: ProviderName, fault: z.input<typeof Fault>) => tell(provider, "fail", fault),
    /** Lets all providers forget everything, failures and limits included. */
    reset: async () => {
      await Promise.all((Object.keys(urls) as ProviderName[]).map((name) => tell(name, "reset", {})));
    },

    /** E-mails that Resend took, in order; `html` and `text` are empty unless `full`. */
    emails: async ({ to, full = false }: { to?: string; full?: boolean } = {}): Promise<AcceptedEmail[]> => {
      const query = new URLSearchParams({ ...(to && { to }), ...(full && { full: "1" }) });
      const emails = await received<Omit<AcceptedEmail, "html" | "text">>("resend", "emails", `${query}`);
      return emails.map((email) => ({ html: "", text: "", ...email }));
    },
    resendRequests: () => received<ResendRequest>("resend", "requests"),
    /** The next requests get exactly this error of Resend's. */
    resendError: (error: { status: number; name: string; message?: string; times?: number }) =>
      tell("resend", "error", { message: "as asked by POST /_emulate/error", ...error }),
    /** Requests a second from here on; 0 is no limit. */
    resendLimit: (requestsPerSecond: number) => tell("resend", "limit", { requestsPerSecond }),
    /** How long Resend works on a request, its idempotency key in progress meanwhile. */
    resendLatency: (ms: number) => tell("resend", "latency", { ms }),
    /** Lets Resend's idempotency keys expire as after 24 hours. */
    expireResendKeys: () => tell("resend", "expire-keys", {}),
    /** Sends a signed webhook of Resend's; gives back the receiver's answer. */
    resendWebhook: (order: z.input<typeof WebhookOrder>) =>
      tell<{ status: number; svixId: string; body: string }>("resend", "webhook", order),

    /** Messages that Slack took, in order, of all channels. */
    slackMessages: () => received<PostedMessage>("slack", "messages"),
    slackRequests: () => received<SlackRequest>("slack", "requests"),
    /** What a channel answers to a posting from here on, e.g. `is_archived`; null: it takes it. */
    slackChannel: (channel: string, error: string | null) => tell("slack", "channel", { channel, error }),
    /** What every call answers from here on, e.g. `token_revoked`; null: the token is good. */
    slackToken: (error: string | null) => tell("slack", "token", { error }),
    /** How long a channel takes no second message; 0 is no limit. */
    slackLimit: (perChannelSeconds: number) => tell("slack", "limit", { perChannelSeconds }),
    slackLatency: (ms: number) => tell("slack", "latency", { ms }),

    /** What a keyword finds at Serper, from the first place on; without country or language, in all of them. */
    serp: (keyword: string, results: string[], where: { country?: string; language?: string } = {}) =>
      tell("serper", "serp", { keyword, results, ...where }),
    /** Refuses this keyword alone from here on. */
    serpFailure: (keyword: string, error: { status: number; message: string }) =>
      tell("serper", "serp", { keyword, error }),
    /** The next searches get this error of Serper's, e.g. 400 "Not enough credits". */
    serperError: (error: { status: number; message: string; times?: number }) =>
      tell("serper", "error", error),
    /** Searches a second from here on; 0 is no limit. */
    serperLimit: (requestsPerSecond: number) => tell("serper", "limit", { requestsPerSecond }),
    serperLatency: (ms: number) => tell("serper", "latency", { ms }),
    serperRequests: () => received<SerperRequest>("serper", "requests"),

    /** All rows of a Search Console property, replacing those before; only then is the property known. */
    searchConsoleRows: (siteUrl: string, rows: z.input<typeof PropertyRow>[]) =>
      tell("searchConsole", "rows", { siteUrl, rows }),
    /** The next queries get this error of Google's, e.g. 429 `rateLimitExceeded` or 403 `quotaExceeded`. */
    searchConsoleError: (error: { status: number; reason: string; message?: string; times?: number }) =>
      tell("searchConsole", "error", error),
    /** The next requests for a token get this error of OAuth's, e.g. `invalid_grant`. */
    googleTokenError: (error: { error: string; description?: string; status?: number; times?: number }) =>
      tell("searchConsole", "token-error", error),
    searchConsoleRequests: () => received<SearchConsoleRequest>("searchConsole", "requests"),
  };
}

import { z } from "zod";
import { ReadingFailure } from "./failures";
import { postJson, type Reply, retryAfterMs } from "./http";
import { createPace } from "./pace";
import { type Backoff, withRetries } from "./retry";
import type { ServiceAccount } from "./service-account";
import { SourceUnavailableError } from "./source";

/** A row of Search Analytics; `keys` in the order of the dimensions asked for. */
export interface AnalyticsRow {
  keys: string[];
  impressions: number;
  /** Average over the row's impressions, counted from 1. */
  position: number;
}

export interface AnalyticsQuery {
  startDate: string;
  endDate: string;
  dimensions: ("date" | "page" | "query")[];
  filters?: { dimension: "country" | "query"; operator: "equals" | "contains"; expression: string }[];
  startRow?: number;
}

export interface SearchConsoleApi {
  /**
   * At most {@link ROWS_PER_REPLY} rows, those with the most clicks first; none when there are none.
   * @throws ReadingFailure, SourceUnavailableError
   */
  query: (property: string, query: AnalyticsQuery, signal: AbortSignal) => Promise<AnalyticsRow[]>;
}

export const ROWS_PER_REPLY = 25_000;
/** Google allows 1,200 queries a minute per site and per user; this leaves a quarter to others. */
const REQUESTS_PER_SECOND = 15;
/** A reply of 25,000 rows takes its time. */
const TIMEOUT_MS = 60_000;

const analyticsReply = z.object({
  rows: z
    .array(
      z.object({ keys: z.array(z.string()), impressions: z.number().min(0), position: z.number().min(1) }),
    )
    .optional(),
});

/** Search Console's `searchAnalytics.query`, at an even pace and with retries. */
export function createSearchConsoleApi(
  settings: { apiUrl: string; dataState: "final" | "all" },
  account: ServiceAccount,
  backoff: Backoff,
): SearchConsoleApi {
  const pace = createPace(REQUESTS_PER_SECOND);
  const askOnce: SearchConsoleApi["query"] = async (property, { filters = [], ...query }, signal) => {
    await pace.turn(signal);
    const site = `${settings.apiUrl.replace(/\/$/, "")}/webmasters/v3/sites/${encodeURIComponent(property)}`;
    const reply = await postJson(`${site}/searchAnalytics/query`, {
      headers: { authorization: `Bearer ${await account.accessToken()}` },
      body: {
        ...query,
        type: "web",
        dataState: settings.dataState,
        rowLimit: ROWS_PER_REPLY,
        ...(filters.length > 0 ? { dimensionFilterGroups: [{ groupType: "and", filters }] } : {}),
      },
      signal,
      timeoutMs: TIMEOUT_MS,
    });
    if (reply.status !== 200) throw problemOf(reply, property, account.email);
    const answer = analyticsReply.safeParse(reply.body);
    if (answer.success) return answer.data.rows ?? [];
    throw new ReadingFailure("unexpected_reply", `Search Console's answer for ${property} is no table`, {
      permanent: false,
    });
  };
  return {
    query: (property, query, signal) => withRetries(signal, () => askOnce(property, query, signal), backoff),
  };
}

const errorReply = z.object({
  error: z.object({
    message: z.string().default("no reason given"),
    errors: z.array(z.object({ reason: z.string().optional() })).default([]),
    details: z.array(z.object({ reason: z.string().optional() })).default([]),
  }),
});

const QUOTA = /^(quotaExceeded|(user)?rateLimitExceeded|dailyLimitExceeded|RATE_LIMIT_EXCEEDED)$/i;
const DISABLED = /^(accessNotConfigured|SERVICE_DISABLED)$/;

function problemOf(reply: Reply, property: string, email: string): ReadingFailure | SourceUnavailableError {
  const { status } = reply;
  const said = errorReply.safeParse(reply.body).data?.error;
  const reasons = [...(said?.errors ?? []), ...(said?.details ?? [])].flatMap(({ reason }) => reason ?? []);
  const message = `Search Console answered ${status} for ${property}: ${said?.message ?? "no reason given"}`;
  if (status === 429 || reasons.some((reason) => QUOTA.test(reason))) {
    const wait = retryAfterMs(reply.headers);
    return new ReadingFailure("quota_exceeded", message, { permanent: false, retryAfterMs: wait });
  }
  if (status === 401) return new SourceUnavailableError("unauthorized", message, { permanent: true });
  if (reasons.some((reason) => DISABLED.test(reason))) {
    return new SourceUnavailableError("api_disabled", message, { permanent: true });
  }
  if (status === 403) {
    const advice = `Add ${email} to the users of ${property} in Search Console.`;
    return new ReadingFailure("forbidden", `${message} ${advice}`, { permanent: true });
  }
  const passing = status >= 500 || status === 408;
  return new ReadingFailure(passing ? "provider_error" : "refused", message, { permanent: !passing });
}

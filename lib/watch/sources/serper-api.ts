import { z } from "zod";
import { ReadingFailure } from "./failures";
import { postJson, type Reply, retryAfterMs } from "./http";
import { createPace, type Pace } from "./pace";
import { type Backoff, withRetries } from "./retry";
import { SourceUnavailableError } from "./source";

export interface SerperSettings {
  apiKey: string;
  apiUrl: string;
  requestsPerSecond: number;
}

/** One search as Google is asked for it. */
export interface SearchQuery {
  keyword: string;
  country: string;
  language: string;
}

export interface SerperApi {
  /**
   * The addresses of one page's organic results in order, ten or so; null for a result without one. An empty page
   * is asked for twice, and the second answer counts.
   * @throws ReadingFailure, SourceUnavailableError
   */
  page: (query: SearchQuery, page: number, signal: AbortSignal) => Promise<(string | null)[]>;
}

/** Pages of ten: since Google dropped `num=100` (September 2025) a larger `num` costs two credits and brings no more. */
export const RESULTS_PER_PAGE = 10;
const TIMEOUT_MS = 15_000;

const searchReply = z.object({
  organic: z.array(z.object({ link: z.string().optional() })).optional(),
});
const errorReply = z.object({ message: z.string() });

/** Serper's `POST /search`, at an even pace and with retries; failed requests cost no credits. */
export function createSerperApi(settings: SerperSettings, backoff: Backoff): SerperApi {
  const pace = createPace(settings.requestsPerSecond);
  const ask = (query: SearchQuery, page: number, signal: AbortSignal) =>
    withRetries(signal, () => askOnce(settings, pace, query, page, signal), backoff);
  return {
    page: async (query, page, signal) => {
      const links = await ask(query, page, signal);
      return links.length > 0 ? links : ask(query, page, signal);
    },
  };
}

async function askOnce(
  settings: SerperSettings,
  pace: Pace,
  query: SearchQuery,
  page: number,
  signal: AbortSignal,
): Promise<(string | null)[]> {
  await pace.turn(signal);
  const reply = await postJson(`${settings.apiUrl.replace(/\/$/, "")}/search`, {
    headers: { "x-api-key": settings.apiKey },
    body: { q: query.keyword, gl: query.country, hl: query.language, num: RESULTS_PER_PAGE, page },
    signal,
    timeoutMs: TIMEOUT_MS,
  });
  if (reply.status !== 200) {
    const problem = problemOf(reply);
    if (problem instanceof ReadingFailure && problem.retryAfterMs) pace.hold(problem.retryAfterMs);
    throw problem;
  }
  const answer = searchReply.safeParse(reply.body);
  if (!answer.success) {
    throw new ReadingFailure("unexpected_reply", "Serper's answer is not a page of search results", {
      permanent: false,
    });
  }
  return (answer.data.organic ?? []).map(({ link }) => link ?? null);
}

/**
 * Serper says `{message, statusCode}` without a code of its own. Seen: 400 "Not enough credits", 403 "Unauthorized."
 * for a wrong key, 429 above the plan's requests a second.
 */
function problemOf(reply: Reply): ReadingFailure | SourceUnavailableError {
  const { status } = reply;
  const said = errorReply.safeParse(reply.body).data?.message ?? "no reason given";
  const message = `Serper answered ${status}: ${said}`;
  if (status === 402 || (status < 500 && /\bcredits?\b/i.test(said))) {
    return new SourceUnavailableError("quota_exceeded", message, { permanent: false });
  }
  if (status === 401 || status === 403) {
    return new SourceUnavailableError("unauthorized", `${message} Check SERPER_API_KEY.`, {
      permanent: true,
    });
  }
  if (status === 404) {
    return new SourceUnavailableError("wrong_address", `${message} Check SERPER_API_URL.`, {
      permanent: true,
    });
  }
  if (status === 429) {
    const wait = retryAfterMs(reply.headers);
    return new ReadingFailure("rate_limited", message, { permanent: false, retryAfterMs: wait });
  }
  const passing = status >= 500 || status === 408;
  return new ReadingFailure(passing ? "provider_error" : "refused", message, { permanent: !passing });
}

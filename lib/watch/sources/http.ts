import { ReadingFailure } from "./failures";

export interface Reply {
  status: number;
  headers: Headers;
  /** The parsed JSON; undefined when the body was none. */
  body: unknown;
}

/**
 * POSTs JSON and returns the reply, whatever its status.
 * @throws ReadingFailure `timeout` or `unreachable`; the signal's reason when aborted
 */
export async function postJson(
  url: string,
  request: { headers: Record<string, string>; body: unknown; signal: AbortSignal; timeoutMs: number },
): Promise<Reply> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), request.timeoutMs);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...request.headers },
      body: JSON.stringify(request.body),
      signal: AbortSignal.any([request.signal, timeout.signal]),
    });
    return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
  } catch (error) {
    request.signal.throwIfAborted();
    throw unanswered(new URL(url).host, error, timeout.signal.aborted ? request.timeoutMs : null);
  } finally {
    clearTimeout(timer);
  }
}

/** The failure of a request that got no answer, after `waitedMs` or at once (null). */
export function unanswered(host: string, cause: unknown, waitedMs: number | null): ReadingFailure {
  return waitedMs === null
    ? new ReadingFailure("unreachable", `${host} cannot be reached`, { permanent: false, cause })
    : new ReadingFailure("timeout", `${host} did not answer within ${waitedMs / 1000} s`, {
        permanent: false,
      });
}

/** What `Retry-After` asks for (RFC 9110, 10.2.3: seconds or a date), in milliseconds; undefined without one. */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A request to a provider; `GET /_emulate/requests` lists them in the order of their arrival. */
export type LoggedRequest = {
  method: string;
  path: string;
  idempotencyKey: string | null;
  /** What the caller was answered; 0 while there is no answer. */
  status: number;
  /** Epoch milliseconds of arrival. */
  at: number;
};

const DETAILS_HEADER = "x-emulated-details";

/** Lets a provider add facts to the log of the request it answers; the caller never sees them. */
export function withDetails(response: Response, details: Record<string, unknown>): Response {
  response.headers.set(DETAILS_HEADER, encodeURIComponent(JSON.stringify(details)));
  return response;
}

/** Remembers requests and what became of them. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];

  /** Writes a request down as it arrives; `unprocessed` is what it says until the provider says more. */
  begin(request: Request, unprocessed: Record<string, unknown> = {}): LoggedRequest {
    const entry = {
      method: request.method,
      path: new URL(request.url).pathname,
      idempotencyKey: request.headers.get("idempotency-key"),
      status: 0,
      at: Date.now(),
      ...unprocessed,
    };
    this.entries.push(entry);
    return entry;
  }

  clear(): void {
    this.entries.length = 0;
  }
}

/** Moves the provider's facts from its response into the log, whether or not the caller will see that response. */
export function takeDetails(entry: LoggedRequest, response: Response): Response {
  const details = response.headers.get(DETAILS_HEADER);
  if (details) {
    Object.assign(entry, JSON.parse(decodeURIComponent(details)));
    response.headers.delete(DETAILS_HEADER);
  }
  return response;
}

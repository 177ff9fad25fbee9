import { once } from "node:events";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { z } from "zod";
import { type Control, control } from "./control";
import { Fault, failWith, Queue } from "./faults";
import { RequestLog, takeDetails } from "./request-log";

/** What stands behind a front: a provider's API, and how to forget everything. */
export type Provider = {
  fetch(request: Request): Promise<Response>;
  reset(): void | Promise<void>;
  close(): Promise<void>;
  /** What arrived, listed at `GET /_emulate/<name>` for each name. */
  received?(query: URLSearchParams): Record<string, unknown[]>;
  /** What `POST /_emulate/<name>` changes, beside `fail` and `reset` that every provider has. */
  controls?: Record<string, Control>;
  /** Which requests `GET /_emulate/requests` lists, all unless told, and what they say if nothing was done. */
  log?: { isCounted(method: string, path: string): boolean; unprocessed: Record<string, unknown> };
};

/** A provider listening on 127.0.0.1. */
export type Front = { url: string; close(): Promise<void> };

const CONTROL = "/_emulate/";

/**
 * Serves a provider with failures on demand: `POST /_emulate/fail`, and `POST /_emulate/reset` to forget all.
 * `GET /_emulate/requests` lists what was asked of it.
 */
export async function serveFront(provider: Provider, port = 0): Promise<Front> {
  const faults = new Queue<Fault>();
  const log = new RequestLog();
  const controls: Record<string, Control> = {
    ...provider.controls,
    fail: control(Fault, (fault) => faults.add(fault)),
    reset: control(z.unknown(), async () => {
      faults.clear();
      log.clear();
      await provider.reset();
    }),
  };
  const listOf = (name: string, query: URLSearchParams): unknown[] | undefined =>
    name === "requests" ? log.entries : provider.received?.(query)[name];

  const answer = async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname.startsWith(CONTROL)) {
      const name = pathname.slice(CONTROL.length);
      const list = request.method === "GET" ? listOf(name, searchParams) : undefined;
      if (list) return Response.json({ [name]: list });
      const change = request.method === "POST" ? controls[name] : undefined;
      return change ? change(await request.json().catch(() => null)) : provider.fetch(request);
    }
    const fault = faults.take();
    const isCounted = provider.log?.isCounted(request.method, pathname) ?? true;
    const entry = isCounted ? log.begin(request, provider.log?.unprocessed) : undefined;
    const work = async () => {
      const response = await provider.fetch(request);
      return entry ? takeDetails(entry, response) : response;
    };
    const response = await (fault ? failWith(fault, work) : work());
    if (entry) entry.status = response.status;
    return response;
  };

  const server = createServer(getRequestListener(answer, { hostname: "127.0.0.1" }));
  server.keepAliveTimeout = 120_000;
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await provider.close();
    },
  };
}

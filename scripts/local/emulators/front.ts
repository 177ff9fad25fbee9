import { once } from "node:events";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { z } from "zod";

/** What stands behind a front: a provider's API, and how to forget everything. */
export type Provider = {
  fetch(request: Request): Promise<Response>;
  reset(): void | Promise<void>;
  close(): Promise<void>;
  /** What arrived, listed at `GET /_emulate/<name>` for each name. */
  received?(): Record<string, unknown[]>;
};

/** A provider listening on 127.0.0.1. */
export type Front = { url: string; close(): Promise<void> };

/**
 * How the next requests fail, as `POST /_emulate/fail` takes it. `status` 0 never answers; without a status the
 * answer is only late. `processed` does the work first and then fails: the case where nobody knows what happened.
 */
const Fault = z.strictObject({
  status: z.int().min(0).max(599).optional(),
  times: z.int().min(1).default(1),
  delayMs: z.int().min(0).default(0),
  retryAfter: z.union([z.int(), z.string()]).optional(),
  processed: z.boolean().default(false),
});
type Fault = z.infer<typeof Fault>;

const CONTROL = "/_emulate/";

/** Serves a provider with failures on demand: `POST /_emulate/fail`, and `POST /_emulate/reset` to forget all. */
export async function serveFront(provider: Provider, port = 0): Promise<Front> {
  const faults: Fault[] = [];
  const control = async (request: Request, path: string): Promise<Response | undefined> => {
    if (request.method === "GET" && path.startsWith(CONTROL)) {
      const name = path.slice(CONTROL.length);
      const list = provider.received?.()[name];
      return list ? Response.json({ [name]: list }) : undefined;
    }
    if (request.method !== "POST") return undefined;
    if (path === `${CONTROL}fail`) {
      const fault = Fault.safeParse(await request.json().catch(() => null));
      if (!fault.success) return Response.json({ error: z.prettifyError(fault.error) }, { status: 400 });
      faults.push(fault.data);
      return Response.json({ ok: true });
    }
    if (path === `${CONTROL}reset`) {
      faults.length = 0;
      await provider.reset();
      return Response.json({ ok: true });
    }
    return undefined;
  };
  const answer = async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname;
    const controlled = await control(request, path);
    if (controlled) return controlled;
    const fault = path.startsWith(CONTROL) ? undefined : takeFault(faults);
    return fault ? failWith(fault, () => provider.fetch(request)) : provider.fetch(request);
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

function takeFault(faults: Fault[]): Fault | undefined {
  const [fault] = faults;
  if (!fault) return undefined;
  fault.times -= 1;
  if (fault.times === 0) faults.shift();
  return fault;
}

async function failWith(fault: Fault, work: () => Promise<Response>): Promise<Response> {
  const done = fault.processed || fault.status === undefined ? await work() : undefined;
  if (fault.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (fault.status === 0) return new Promise<Response>(() => undefined);
  if (fault.status === undefined) return done ?? work();
  const message = "failed as asked by POST /_emulate/fail";
  // Every provider's SDK finds its own error shape in here.
  const body = {
    statusCode: fault.status,
    name: "emulated_failure",
    message,
    errors: [{ code: "EMULATED_FAILURE", message }],
  };
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
  return Response.json(body, { status: fault.status, headers });
}

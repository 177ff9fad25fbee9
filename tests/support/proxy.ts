import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

/** A request that is stopped on its way, so that a test can do something at exactly this point. */
export interface Hold {
  /** Resolves with the request's path once it is held; rejects when nobody asks for long. */
  held: Promise<string>;
  /** Lets it go on, also when whoever asked is dead by now: a request may outlive its sender. */
  release: () => void;
  /** Cuts the connection: held before forwarding, the request never arrives; after, its answer is lost. */
  drop: () => void;
  /** The status the service answered with, whether or not anybody was left to read it. */
  answered: Promise<number>;
}

/** Before the request reaches the service, or when the service has done the work and its answer is on the way. */
export type Side = "request" | "response";

/** An HTTP proxy before a service, which passes everything but what it is told to hold. */
export interface HoldingProxy {
  url: string;
  /** Every path asked for since the start or the last `forget`, in order. */
  seen: () => string[];
  forget: () => void;
  /** Stops the next request whose path matches. */
  hold: (matches: RegExp | ((path: string) => boolean), side?: Side) => Hold;
  close: () => Promise<void>;
}

const HELD_WITHIN_MS = 20_000;

interface Trap {
  matches: (path: string) => boolean;
  side: Side;
  stop: (path: string) => Promise<"go" | "drop">;
  tellStatus: (status: number) => void;
}

/** Puts a proxy before the service at `target` (a URL without a path), on a free port of 127.0.0.1. */
export async function startProxy(target: string): Promise<HoldingProxy> {
  const traps = new Set<Trap>();
  let paths: string[] = [];
  const takeTrap = (path: string): Trap | undefined => {
    const trap = [...traps].find((candidate) => candidate.matches(path));
    if (trap) traps.delete(trap);
    return trap;
  };
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? "/";
    paths.push(path);
    pass(target, incoming, outgoing, takeTrap(path)).catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 120_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the proxy listens on no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen: () => [...paths],
    forget: () => {
      paths = [];
    },
    hold: (matches, side = "request") => {
      const reached = Promise.withResolvers<string>();
      const decided = Promise.withResolvers<"go" | "drop">();
      const answered = Promise.withResolvers<number>();
      const tooLong = setTimeout(
        () => reached.reject(new Error(`nobody asked for ${matches} within ${HELD_WITHIN_MS / 1000} s`)),
        HELD_WITHIN_MS,
      ).unref();
      reached.promise.catch(() => undefined);
      traps.add({
        matches: typeof matches === "function" ? matches : (path) => matches.test(path),
        side,
        stop: (path) => {
          clearTimeout(tooLong);
          reached.resolve(path);
          return decided.promise;
        },
        tellStatus: answered.resolve,
      });
      return {
        held: reached.promise,
        answered: answered.promise,
        release: () => decided.resolve("go"),
        drop: () => decided.resolve("drop"),
      };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function pass(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  trap: Trap | undefined,
): Promise<void> {
  const path = incoming.url ?? "/";
  const body = await buffer(incoming);
  const isStopped = async (side: Side) => trap?.side === side && (await trap.stop(path)) === "drop";
  if (await isStopped("request")) return void outgoing.destroy();
  const answer = await forward(target, incoming, body);
  trap?.tellStatus(answer.status);
  if (await isStopped("response")) return void outgoing.destroy();
  outgoing.writeHead(answer.status, answer.headers).end(answer.body);
}

async function forward(target: string, { method, url, headers }: IncomingMessage, body: Buffer) {
  const asked = request(new URL(url ?? "/", target), {
    method,
    headers: {
      ...headers,
      host: new URL(target).host,
      "x-forwarded-host": headers.host,
      "content-length": body.length,
    },
  });
  asked.end(body);
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  const { "transfer-encoding": _, ...answered } = answer.headers;
  return { status: answer.statusCode ?? 502, headers: answered, body: await buffer(answer) };
}

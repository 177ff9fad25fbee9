import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { messageOf } from "../errors";
import { type Encoding, encodeReply } from "./encoding";
import { parseCommandBody, parsePipelineBody } from "./request";
import { ShebangScripts } from "./shebang-scripts";
import { type Command, type RedisEngine, type Reply, ReplyError } from "./types";

// They belong to a connection, or block it for everybody: REST has no connections, and Upstash refuses them too.
const UNAVAILABLE = new Set(
  `AUTH BLMOVE BLMPOP BLPOP BRPOP BRPOPLPUSH BZMPOP BZPOPMAX BZPOPMIN CLIENT DEBUG DISCARD EXEC HELLO MIGRATE MONITOR
   MULTI PSUBSCRIBE PSYNC PUNSUBSCRIBE QUIT REPLICAOF RESET SELECT SHUTDOWN SLAVEOF SSUBSCRIBE SUBSCRIBE SUNSUBSCRIBE
   SYNC UNSUBSCRIBE UNWATCH WAIT WATCH`.split(/\s+/),
);

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Answers HTTP requests as Upstash's Redis REST API does: `POST /`, `/pipeline` and `/multi-exec` with a bearer token. */
export function createRestHandler(engine: RedisEngine, token: string): RequestListener {
  const scripts = new ShebangScripts();
  const syncToken = randomUUID();
  const authorization = `Bearer ${token}`;

  return (request, response) => {
    response.setHeader("upstash-sync-token", request.headers["upstash-sync-token"] || syncToken);
    if (request.headers.authorization !== authorization)
      return refuse(request, response, 401, "Unauthorized");
    if (request.method !== "POST") return refuse(request, response, 405, "ERR only POST is supported");
    const path = (request.url ?? "/").replace(/\?.*$/, "").replace(/\/+$/, "");
    if (path !== "" && path !== "/pipeline" && path !== "/multi-exec") {
      return refuse(request, response, 404, `ERR there is no ${path}: use /, /pipeline or /multi-exec`);
    }
    const encoding: Encoding = request.headers["upstash-encoding"] === "base64" ? "base64" : "plain";
    readBody(request)
      .then((body) => answer(path, body))
      .then(({ replies, isList }) => {
        const json = replies.map((reply) => encodeReply(reply, encoding));
        const isError = !isList && replies[0] instanceof ReplyError;
        send(response, isError ? 400 : 200, isList ? `[${json.join(",")}]` : (json[0] ?? ""));
      })
      .catch((error: unknown) => {
        const status = error instanceof ReplyError ? 400 : 500;
        send(response, status, JSON.stringify({ error: messageOf(error) }));
      });
  };

  async function answer(path: string, body: string): Promise<{ replies: Reply[]; isList: boolean }> {
    if (path === "") return { replies: await pipeline([parseCommandBody(body)]), isList: false };
    const commands = parsePipelineBody(body);
    const replies = path === "/pipeline" ? await pipeline(commands) : await transaction(commands);
    return { replies, isList: true };
  }

  async function pipeline(commands: readonly Command[]): Promise<Reply[]> {
    const refusals = commands.map(refusalOf);
    const sent = commands
      .filter((_, index) => refusals[index] === null)
      .map((command) => scripts.rewrite(command));
    const replies = sent.length === 0 ? [] : await engine.pipeline(sent);
    const restored = sent.map((command, index) => scripts.restore(command, replies[index] ?? null));
    if (sent.length === commands.length) return restored;
    let next = 0;
    return refusals.map((refusal) => refusal ?? restored[next++] ?? null);
  }

  async function transaction(commands: readonly Command[]): Promise<Reply[]> {
    const refusal = commands.map(refusalOf).find((error) => error !== null);
    if (refusal) throw refusal;
    const sent = commands.map((command) => scripts.rewrite(command));
    const replies = await engine.transaction(sent);
    return sent.map((command, index) => scripts.restore(command, replies[index] ?? null));
  }
}

function refusalOf(command: Command): ReplyError | null {
  const name = command[0].toUpperCase();
  return UNAVAILABLE.has(name) ? new ReplyError(`ERR Command is not available: '${name}'`) : null;
}

function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.on("end", () => {
      if (bytes > MAX_BODY_BYTES) reject(new ReplyError(`ERR max request size exceeded: ${bytes} bytes`));
      else resolve(Buffer.concat(chunks).toString("utf8"));
    });
    request.on("error", reject);
  });
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, error: string): void {
  request.resume();
  send(response, status, JSON.stringify({ error }));
}

function send(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(json),
  });
  response.end(json);
}

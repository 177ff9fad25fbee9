import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { SourceContext } from "@/lib/watch/sources/source";
import type { ArticleReading, WatchedArticle } from "@/lib/watch/types";

export interface Asked {
  path: string;
  headers: IncomingHttpHeaders;
  /** Parsed JSON, or the text where it is none. */
  body: unknown;
}
/** `silence` never answers, `hangup` closes the connection. */
export type Answer =
  | "silence"
  | "hangup"
  | { status?: number; headers?: Record<string, string>; body?: unknown };

/** A provider on real HTTP whose answers a test gives, and which remembers what it was asked. */
export async function startServer() {
  const asked: Asked[] = [];
  let answer: (asked: Asked) => Answer = () => ({ status: 500 });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const one = { path: request.url ?? "", headers: request.headers, body: parsed(text) };
    asked.push(one);
    const given = answer(one);
    if (given === "silence") return;
    if (given === "hangup") return void request.socket.destroy();
    response.writeHead(given.status ?? 200, { "content-type": "application/json", ...given.headers });
    response.end(typeof given.body === "string" ? given.body : JSON.stringify(given.body ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (with_: (asked: Asked) => Answer) => {
      answer = with_;
      asked.length = 0;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

export function context(signal: AbortSignal = new AbortController().signal) {
  const warnings: object[] = [];
  const ctx: SourceContext = {
    now: () => new Date("2026-11-22T00:00:00Z"),
    log: { warn: (fields) => void warnings.push(fields), info: () => undefined },
    signal,
  };
  return { ctx, warnings };
}

let ids = 0;
export function article(fields: Partial<WatchedArticle> = {}): WatchedArticle {
  ids += 1;
  return {
    id: `article-${ids}`,
    url: "https://example.com/guide",
    keyword: "ハンドドリップ",
    source: "serper",
    property: null,
    country: "jp",
    language: "ja",
    competitors: [],
    ...fields,
  };
}

/** All groups in one list; with what was thrown at the end, when something was. */
export async function collect(groups: AsyncIterable<ArticleReading[]>) {
  const readings: ArticleReading[] = [];
  const sizes: number[] = [];
  try {
    for await (const group of groups) {
      readings.push(...group);
      sizes.push(group.length);
    }
  } catch (thrown) {
    return { readings, sizes, thrown };
  }
  return { readings, sizes, thrown: undefined };
}

/** The only reading there is. */
export function only(readings: ArticleReading[]) {
  if (readings.length !== 1) throw new Error(`${readings.length} readings`);
  return readings[0]?.reading;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

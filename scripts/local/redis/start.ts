import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codeOf, StackError } from "../errors";
import { startMemoryEngine } from "./memory-engine";
import { connectRedisEngine } from "./redis-engine";
import { findRedisServer, startRedisServer } from "./redis-server-process";
import { createRestHandler } from "./rest-handler";
import type { RedisEngine } from "./types";

/** What to start: all optional, and by default a free port, a random token and the best engine there is. */
export interface RedisRestOptions {
  /** Port on 127.0.0.1; 0 or none is a free one. */
  port?: number | undefined;
  token?: string | undefined;
  /** Where data is kept; without it, in a temporary folder that goes when the process ends. */
  dataDir?: string | undefined;
  /** A Redis that runs already; its data stays its own. */
  redisUrl?: string | undefined;
  /** "auto": the Redis at `redisUrl`, else `redis-server` from PATH, else the engine in memory. */
  engine?: "auto" | "redis" | "memory" | undefined;
}

/** A running server: what its clients need, and how to take it down and up again. */
export interface RedisRest {
  readonly url: string;
  readonly token: string;
  readonly engine: "redis" | "memory";
  /** The Redis version behind it, or the one the in-memory engine imitates. */
  readonly version: string;
  /** Refuses connections at once, drops the open ones, and saves. Twice does no harm. */
  stop(): Promise<void>;
  /** After stop(): the same port, token and data. */
  start(): Promise<void>;
}

/** Starts a server that speaks Upstash's Redis REST protocol on 127.0.0.1; throws a StackError when it cannot. */
export async function startRedisRest(options: RedisRestOptions = {}): Promise<RedisRest> {
  const token = options.token ?? randomBytes(24).toString("base64url");
  const { engine: kind, open } = chooseEngine(options);
  let running: { engine: RedisEngine; server: Server } | undefined;

  async function launch(port: number): Promise<{ engine: RedisEngine; server: Server }> {
    const engine = await open();
    try {
      return { engine, server: await listen(engine, token, port) };
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  running = await launch(options.port ?? 0);
  const port = portOf(running.server);
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    engine: kind,
    version: running.engine.version,
    async stop() {
      const stopping = running;
      running = undefined;
      if (!stopping) return;
      await closeServer(stopping.server);
      await stopping.engine.close();
    },
    async start() {
      running ??= await launch(port);
    },
  };
}

function chooseEngine(options: RedisRestOptions): {
  engine: "redis" | "memory";
  open: () => Promise<RedisEngine>;
} {
  const { engine = "auto", redisUrl } = options;
  const executable = engine === "memory" || redisUrl ? undefined : findRedisServer();
  if (engine !== "memory" && redisUrl) return { engine: "redis", open: () => connectRedisEngine(redisUrl) };
  if (engine === "redis" && !executable) {
    throw new StackError("No Redis to use: give REDIS_URL, or install redis-server so that it is on PATH.");
  }
  const dataDir = options.dataDir ?? temporaryFolder();
  if (executable) return { engine: "redis", open: () => startRedisServer(executable, dataDir) };
  return { engine: "memory", open: () => startMemoryEngine({ file: join(dataDir, "redis-memory.jsonl") }) };
}

const temporaryFolders: string[] = [];

function temporaryFolder(): string {
  if (temporaryFolders.length === 0) {
    process.once("exit", () => {
      for (const folder of temporaryFolders) rmSync(folder, { recursive: true, force: true });
    });
  }
  const folder = mkdtempSync(join(tmpdir(), "banzuke-redis-"));
  temporaryFolders.push(folder);
  return folder;
}

async function listen(engine: RedisEngine, token: string, port: number): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 120_000 }, createRestHandler(engine, token));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      const isBusy = codeOf(error) === "EADDRINUSE";
      reject(isBusy ? new StackError(`Port ${port}, wanted for the Redis REST server, is in use.`) : error);
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  return server;
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no TCP port");
  return address.port;
}

import { Redis } from "ioredis";
import { StackError } from "../errors";
import { type Command, type RedisEngine, type Reply, ReplyError } from "./types";

/** An engine over the real Redis at a URL; throws a StackError naming it when nobody answers there. */
export async function connectRedisEngine(redisUrl: string): Promise<RedisEngine> {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    // RESP3 would answer maps and doubles where the REST API answers flat lists and text.
    protocol: 2,
    disableClientInfo: true,
    // A command whose fate is unknown is reported, not sent twice.
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
  });
  let lastError: Error | undefined;
  redis.on("error", (error: Error) => {
    lastError = error;
  });
  try {
    await redis.connect();
  } catch {
    redis.disconnect();
    throw new StackError(
      `No Redis answers at ${withoutPassword(redisUrl)}: ${lastError?.message ?? "no reason given"}.`,
    );
  }
  const info = await redis.info("server");
  return {
    version: /redis_version:(\S+)/.exec(info)?.[1] ?? "unknown",
    pipeline: (commands) => send(redis, commands),
    transaction: (commands) => sendTransaction(redis, commands),
    async close() {
      redis.disconnect();
    },
  };
}

async function sendTransaction(redis: Redis, commands: readonly Command[]): Promise<Reply[]> {
  const replies = await send(redis, [["MULTI"], ...commands, ["EXEC"]]);
  const outcome = replies.at(-1);
  if (outcome instanceof ReplyError) throw outcome;
  if (!Array.isArray(outcome)) throw new Error("Redis answered a transaction with no list of replies");
  return outcome;
}

async function send(redis: Redis, commands: readonly Command[]): Promise<Reply[]> {
  const pipeline = redis.pipeline();
  for (const [name, ...args] of commands) {
    // Names in capitals pass ioredis' reply transformers by, which know lower case only: replies stay raw.
    pipeline.call(name.toUpperCase(), args);
  }
  const results = (await pipeline.exec()) ?? [];
  return results.map(([error, reply]) => (error ? failureOf(error) : toReply(reply)));
}

function failureOf(error: Error): ReplyError {
  if (error.name === "ReplyError") return new ReplyError(error.message);
  throw new Error(`Redis is not reachable: ${error.message}`);
}

function toReply(value: unknown): Reply {
  if (typeof value === "string" || typeof value === "number" || value === null) return value;
  if (Array.isArray(value)) return value.map(toReply);
  if (value instanceof Error) return new ReplyError(value.message);
  throw new Error(`Redis answered with ${typeof value}, which the REST API has no form for`);
}

function withoutPassword(redisUrl: string): string {
  return redisUrl.replace(/\/\/[^@/]*@/, "//");
}

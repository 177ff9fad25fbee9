import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMemoryEngine } from "@/scripts/local/redis/memory-engine";
import { findRedisServer, startRedisServer } from "@/scripts/local/redis/redis-server-process";
import { type Command, type RedisEngine, type Reply, ReplyError } from "@/scripts/local/redis/types";

const key = fc.constantFrom("a", "b", "c", "番");
const member = fc.constantFrom("m", "n", "o", "é", "\uff5e", "🏆", "10", "9");
const value = fc.oneof(fc.constantFrom("", "x", "12", "-3", "1.5", "9223372036854775807"), member);
const integer = fc.oneof(fc.integer({ min: -6, max: 6 }).map(String), fc.constantFrom("x", "1.5", ""));
// Quarters print alike as the shortest digits and as %.17g, which Redis 7.0 and later ones differ in.
const quarter = fc.integer({ min: -40, max: 40 }).map((quarters) => String(quarters / 4));
const score = fc.oneof(quarter, fc.constantFrom("inf", "-inf", "1e20", "abc", "nan"));
const scoreLimit = fc.oneof(
  score,
  score.map((limit) => `(${limit}`),
);
const lexLimit = fc.oneof(
  fc.constantFrom("-", "+"),
  member.map((m) => `[${m}`),
  member.map((m) => `(${m}`),
  member,
);
const seconds = fc.constantFrom("100", "200", "-1", "0", "x");

function command(name: string, ...parts: fc.Arbitrary<string | string[]>[]): fc.Arbitrary<Command> {
  return fc.tuple(...parts).map((args) => [name, ...args.flat()]);
}

function many(...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string[]> {
  return fc.array(fc.tuple(...parts), { minLength: 1, maxLength: 4 }).map((groups) => groups.flat());
}

function some(...options: string[][]): fc.Arbitrary<string[]> {
  return fc.subarray(options, { maxLength: Math.min(2, options.length) }).map((chosen) => chosen.flat());
}

const commands = fc.oneof(
  command("SET", key, value, some(["NX"], ["XX"], ["GET"], ["EX", "100"], ["PX", "0"], ["KEEPTTL"], ["EX"])),
  ...["GET", "INCR", "DECR", "GETDEL", "TYPE", "STRLEN", "TTL", "PERSIST"].map((name) => command(name, key)),
  ...["HGETALL", "HKEYS", "HVALS", "HLEN", "SMEMBERS", "SCARD", "LLEN", "ZCARD"].map((name) =>
    command(name, key),
  ),
  ...["INCRBY", "DECRBY"].map((name) => command(name, key, integer)),
  // Long doubles show their own digits beyond the sixteenth, so floats are added on a key and a field of their own.
  command("INCRBYFLOAT", fc.constant("float"), quarter),
  command("INCRBYFLOAT", key, fc.constantFrom("abc", "inf")),
  command("GET", fc.constant("float")),
  ...["SETNX", "GETSET", "APPEND"].map((name) => command(name, key, value)),
  command("SETEX", key, seconds, value),
  command("MSET", many(key, value)),
  ...["MGET", "EXISTS", "DEL", "UNLINK"].map((name) => command(name, many(key))),
  ...["EXPIRE", "PEXPIRE"].map((name) => command(name, key, seconds)),
  // What depends on the very millisecond is tried with times given in full.
  command("SET", fc.constantFrom("until"), value),
  ...["EXPIREAT", "PEXPIREAT"].map((name) =>
    command(
      name,
      fc.constant("until"),
      fc.constantFrom("9000000000", "9000000000000", "9000000000600", "1", "x"),
      some(["NX"], ["XX"], ["GT"], ["LT"], ["no"]),
    ),
  ),
  ...["EXPIRETIME", "PEXPIRETIME"].map((name) => command(name, fc.constantFrom("until", "missing"))),
  command("RENAME", key, key),
  command("KEYS", fc.constantFrom("*", "[a-b]", "?", "[^a]", "\\a", "番*", "[", "[]")),
  fc.constant<Command>(["SCAN", "0", "COUNT", "100"]),
  command("HSET", key, many(member, value)),
  command("HMSET", key, many(member, value)),
  ...["HGET", "HEXISTS"].map((name) => command(name, key, member)),
  ...["HMGET", "HDEL", "SREM", "SADD", "SMISMEMBER", "ZREM", "ZMSCORE"].map((name) =>
    command(name, key, many(member)),
  ),
  command("HSETNX", key, member, value),
  command("HINCRBY", key, member, integer),
  command("HINCRBYFLOAT", key, fc.constant("float"), quarter),
  command("HINCRBYFLOAT", key, member, fc.constantFrom("abc", "inf")),
  command("HSCAN", key, fc.constant("0"), some(["MATCH", "[m-n]"], ["COUNT", "0"])),
  command("SISMEMBER", key, member),
  ...["LPUSH", "RPUSH"].map((name) => command(name, key, many(value))),
  ...["LPOP", "RPOP", "ZPOPMIN", "ZPOPMAX"].map((name) => command(name, key, some(["2"], ["-1"], ["0"]))),
  ...["LRANGE", "LTRIM", "ZREMRANGEBYRANK"].map((name) => command(name, key, integer, integer)),
  command("ZADD", key, some(["NX"], ["XX"], ["GT"], ["LT"], ["CH"], ["INCR"]), many(score, member)),
  ...["ZSCORE", "ZRANK", "ZREVRANK"].map((name) => command(name, key, member)),
  command("ZINCRBY", key, score, member),
  ...["ZCOUNT", "ZREMRANGEBYSCORE"].map((name) => command(name, key, scoreLimit, scoreLimit)),
  command("ZRANGE", key, integer, integer, some(["REV"], ["WITHSCORES"], ["LIMIT", "0", "1"])),
  command(
    "ZRANGE",
    key,
    scoreLimit,
    scoreLimit,
    fc.constant("BYSCORE"),
    some(["REV"], ["WITHSCORES"], ["LIMIT", "1", "2"]),
  ),
  // BYLEX means something only where all scores are the same.
  command("ZADD", fc.constant("names"), many(fc.constant("0"), member)),
  command(
    "ZRANGE",
    fc.constant("names"),
    lexLimit,
    lexLimit,
    fc.constant("BYLEX"),
    some(["REV"], ["LIMIT", "1", "-1"], ["WITHSCORES"]),
  ),
  command("ZREVRANGE", key, integer, integer, some(["WITHSCORES"])),
  ...["ZRANGEBYSCORE", "ZREVRANGEBYSCORE"].map((name) =>
    command(
      name,
      key,
      scoreLimit,
      scoreLimit,
      some(["WITHSCORES"], ["LIMIT", "1", "1"], ["LIMIT", "-1", "1"]),
    ),
  ),
  command("ZSCAN", key, fc.constant("0"), some(["MATCH", "[mo]"])),
  command("ECHO", value),
  command("NOSUCH", value),
  command("GET"),
  command("ZADD", key),
);

const scripts: string[] = [
  "return {1, 2.9, 'a', true, false, 'cut'}",
  "return {1, {2, {3}}, nil, 4}",
  "return redis.call('SET', 'a', 0.1)",
  "redis.call('SET', 'a', 1e15) return redis.call('GET', 'a')",
  "return redis.call('GET', 'missing') == false",
  "return redis.call('SET', 'a', 1).ok",
  "return redis.pcall('HGET', 'a')",
  "redis.call('LPUSH', 'l', 'x') return redis.call('GET', 'l')",
  "redis.call('LPUSH', 'l', 'x') return redis.pcall('GET', 'l').err",
  "return redis.call('NOSUCH')",
  "return redis.call()",
  "return redis.call({})",
  "return redis.error_reply('boom')",
  "return redis.error_reply('My boom')",
  "return redis.status_reply('fine')",
  "return redis.sha1hex('abc')",
  "local t = {}\nfor i = 1, 3 do t[i] = i * i end\nreturn t",
  "return tostring(10 / 2) .. ' ' .. 3 .. ' ' .. 7 / 2 .. ' ' .. math.floor(2.5)",
  "return string.format('%d %5.2f %s', 3, 1.005, 'x')",
  "return 60 * 60 * 24 * 1000 * 365",
  "return tonumber('1700000000000') + 1",
  "return {KEYS[1], ARGV[1], ARGV[2], #ARGV}",
  "return unpack({'first', 'second'})",
  "return {redis.call('ZADD', 'z', '1.5', 'm'), redis.call('ZSCORE', 'z', 'm')}",
  "\n\nerror('boom')",
  "error({err = 'My boom'})",
  "leak = 1",
  "return missing",
  "return pcall(function() error('inner') end)",
  "return -7 % 3",
  "return",
];

describe.skipIf(!findRedisServer())(
  "The in-memory engine beside a real Redis (needs redis-server on PATH)",
  () => {
    let folder: string;
    let real: RedisEngine;
    let memory: RedisEngine;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "banzuke-differential-"));
      real = await startRedisServer(findRedisServer() ?? "", folder);
      memory = await startMemoryEngine();
    });
    afterAll(async () => {
      await memory.close();
      await real.close();
      await rm(folder, { recursive: true });
    });

    /** Errors in full on the version the texts were taken from; on others their first word. */
    function comparable(reply: Reply, { isUnordered }: { isUnordered: boolean }): unknown {
      if (reply instanceof ReplyError) {
        return { error: real.version.startsWith("7.0.") ? reply.message : reply.message.split(" ")[0] };
      }
      if (!Array.isArray(reply)) return reply;
      const items = reply.map((item) => comparable(item, { isUnordered }));
      return isUnordered ? items.map(String).sort() : items;
    }

    async function expectSame(sequence: readonly Command[]): Promise<void> {
      const replies = await Promise.all([memory.pipeline(sequence), real.pipeline(sequence)]);
      const [ours, theirs] = replies.map((list) =>
        list.map((reply, index) => {
          const name = sequence[index]?.[0] ?? "";
          return [sequence[index], comparable(reply, { isUnordered: /^(SMEMBERS|KEYS|SCAN)$/.test(name) })];
        }),
      );
      expect(ours).toEqual(theirs);
    }

    it("gives the same replies to the same generated commands", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(commands, { minLength: 20, maxLength: 60 }), (sequence) =>
          expectSame([["FLUSHALL"], ...sequence]),
        ),
        { seed: 20_261_122, numRuns: 150 },
      );
    });

    it.each(scripts)("gives the same reply to the script %j", async (script) => {
      await expectSame([["FLUSHALL"], ["EVAL", script, "1", "k", "first", "第二"]]);
    });

    it("gives the same replies inside a transaction", async () => {
      const transaction: Command[] = [["FLUSHALL"], ["SET", "a", "x"], ["INCR", "a"], ["GET", "a"]];
      const [ours, theirs] = await Promise.all([
        memory.transaction(transaction),
        real.transaction(transaction),
      ]);
      expect(ours).toEqual(theirs);
    });
  },
);

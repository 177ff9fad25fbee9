import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "@upstash/redis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findRedisServer } from "@/scripts/local/redis/redis-server-process";
import { type RedisRest, startRedisRest } from "@/scripts/local/redis/start";

const engines = [
  { engine: "memory", title: "in memory", isMissing: false },
  { engine: "redis", title: "on a real Redis (needs redis-server on PATH)", isMissing: !findRedisServer() },
] as const;

for (const { engine, title, isMissing } of engines) {
  describe.skipIf(isMissing)(`@upstash/redis ${title}`, () => {
    let dataDir: string;
    let rest: RedisRest;
    let redis: Redis;

    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), "banzuke-rest-"));
      rest = await startRedisRest({ dataDir, engine });
      redis = new Redis({ url: rest.url, token: rest.token, enableTelemetry: false, retry: false });
    });
    afterAll(async () => {
      await rest.stop();
      await rm(dataDir, { recursive: true });
    });
    beforeEach(async () => {
      await redis.flushdb();
    });

    it("gives back text, numbers, objects and text beyond ASCII as they were set", async () => {
      await redis.set("text", "番付 🏆 OK");
      await redis.set("number", 42);
      await redis.set("object", { title: "一位", tags: ["a", "b"] });
      await redis.set("ok", "OK");
      expect(await redis.mget("text", "number", "object", "ok", "missing")).toEqual([
        "番付 🏆 OK",
        42,
        { title: "一位", tags: ["a", "b"] },
        "OK",
        null,
      ]);
      expect(await redis.get("ok")).toBe("OK");
    });

    it("answers commands that the client joined to one pipeline each with its own reply", async () => {
      const commands = Array.from({ length: 300 }, (_, index) => redis.set(`key:${index}`, index));
      await Promise.all(commands);
      const values = await Promise.all(
        Array.from({ length: 300 }, (_, index) => redis.get<number>(`key:${index}`)),
      );
      expect(values).toEqual(Array.from({ length: 300 }, (_, index) => index));
    });

    it("keeps a failing command of a pipeline apart from its neighbours", async () => {
      const pipeline = redis.pipeline().set("a", "text").incr("a").get("a");
      const replies = await pipeline.exec({ keepErrors: true });
      expect(replies.map(({ error }) => error)).toEqual([
        undefined,
        "ERR value is not an integer or out of range",
        undefined,
      ]);
      expect(replies[2]?.result).toBe("text");
    });

    it("throws Redis' own words for a command on a key of another type", async () => {
      await redis.lpush("list", "a");
      await expect(redis.get("list")).rejects.toThrow(
        "WRONGTYPE Operation against a key holding the wrong kind",
      );
    });

    it("runs a transaction whole, or not at all when a command in it does not exist", async () => {
      expect(await redis.multi().incr("n").incr("n").get("n").exec()).toEqual([1, 2, 2]);
      const broken = redis.multi().incr("n");
      Object.assign(broken, {
        commands: [{ command: ["INCR", "n"] }, { command: ["NOSUCH", "n"] }],
      });
      await expect(broken.exec()).rejects.toThrow("EXECABORT");
      expect(await redis.get("n")).toBe(2);
    });

    it("does not let another client's write into a transaction", async () => {
      const others = Promise.all(Array.from({ length: 50 }, () => redis.incr("shared")));
      const other = new Redis({ url: rest.url, token: rest.token, enableAutoPipelining: false });
      const transactions = Array.from({ length: 50 }, () =>
        other.multi().incr("shared").incr("shared").exec<[number, number]>(),
      );
      for (const [first, second] of await Promise.all(transactions)) expect(second).toBe(first + 1);
      await others;
      expect(await redis.get("shared")).toBe(150);
    });

    it("ranks members, highest first, ties by their bytes", async () => {
      await redis.zadd("board", { score: 10, member: "b" }, { score: 10, member: "a" });
      await redis.zadd("board", { score: 12.5, member: "番" }, { score: -1, member: "z" });
      expect(await redis.zrange("board", 0, -1, { rev: true, withScores: true })).toEqual([
        "番",
        12.5,
        "b",
        10,
        "a",
        10,
        "z",
        -1,
      ]);
      expect(await redis.zrank("board", "a")).toBe(1);
      expect(await redis.zrevrank("board", "a")).toBe(2);
      expect(await redis.zadd("board", { gt: true, ch: true }, { score: 5, member: "a" })).toBe(0);
      expect(await redis.zrange("board", "(10", "+inf", { byScore: true })).toEqual(["番"]);
      expect(await redis.zscore("board", "missing")).toBeNull();
    });

    it("reads hashes whole and in parts", async () => {
      await redis.hset("item", { title: "緑茶", price: 1200 });
      expect(await redis.hgetall("item")).toEqual({ title: "緑茶", price: 1200 });
      expect(await redis.hmget("item", "price", "stock")).toEqual({ price: 1200, stock: null });
      expect(await redis.hgetall("missing")).toBeNull();
    });

    it("sets only once with NX and says how long a key will live", async () => {
      expect(await redis.set("lock", "mine", { nx: true, ex: 60 })).toBe("OK");
      expect(await redis.set("lock", "yours", { nx: true, ex: 60 })).toBeNull();
      expect(await redis.ttl("lock")).toBe(60);
      expect(await redis.persist("lock")).toBe(1);
      expect(await redis.ttl("lock")).toBe(-1);
      expect(await redis.ttl("missing")).toBe(-2);
    });

    it("meets every key once while scanning, though scanned keys are deleted on the way", async () => {
      const pipeline = redis.pipeline();
      for (let index = 0; index < 500; index += 1) pipeline.set(`scan:${index}`, index);
      await pipeline.set("other", 1).exec();
      const met: string[] = [];
      let cursor = "0";
      do {
        const [next, keys] = await redis.scan(cursor, { match: "scan:*", count: 40 });
        cursor = next;
        met.push(...keys);
        if (keys.length > 0) await redis.del(...keys);
      } while (cursor !== "0");
      expect(new Set(met).size).toBe(500);
      expect(await redis.dbsize()).toBe(1);
    });

    it("runs Lua by text and by sha1, and names the line of an error", async () => {
      const script =
        "redis.call('SET', KEYS[1], ARGV[1])\nreturn {redis.call('GET', KEYS[1]), 3.9, false, 'end'}";
      expect(await redis.eval(script, ["lua"], ["値"])).toEqual(["値", 3, null, "end"]);
      const sha = await redis.scriptLoad(script);
      expect(await redis.evalsha(sha, ["lua"], ["two"])).toEqual(["two", 3, null, "end"]);
      expect(await redis.scriptExists(sha, "0".repeat(40))).toEqual([1, 0]);
      await expect(redis.eval("local a = 1\nerror('boom')", [], [])).rejects.toThrow("user_script:2: boom");
      await expect(redis.evalsha("f".repeat(40), [], [])).rejects.toThrow("NOSCRIPT");
    });

    it("runs a script that starts with a shebang line, and answers to the sha1 of the script as sent", async () => {
      const script = "#!lua flags=allow-key-locking\nreturn ARGV[1]";
      const sha = await redis.scriptLoad(script);
      expect(sha).toBe("2a96d6016fefc2029195d631c5a8e09ec967c245");
      expect(await redis.scriptExists(sha)).toEqual([1]);
      expect(await redis.evalsha(sha, [], ["hello"])).toBe("hello");
    });
  });
}

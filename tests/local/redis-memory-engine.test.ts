import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMemoryEngine } from "@/scripts/local/redis/memory-engine";
import type { Command, RedisEngine, Reply } from "@/scripts/local/redis/types";

async function run(engine: RedisEngine, ...commands: Command[]): Promise<Reply[]> {
  return engine.pipeline(commands);
}

describe("The in-memory engine", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "banzuke-memory-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("ends a key when its time has come by the clock, not before", async () => {
    let nowMs = 1_700_000_000_000;
    const engine = await startMemoryEngine({ now: () => nowMs });
    await run(engine, ["SET", "a", "1", "EX", "10"], ["HSET", "h", "f", "v"], ["PEXPIRE", "h", "10000"]);
    nowMs += 10_000;
    expect(await run(engine, ["GET", "a"], ["PTTL", "h"], ["DBSIZE"])).toEqual(["1", 0, 2]);
    nowMs += 1;
    expect(await run(engine, ["GET", "a"], ["TTL", "h"], ["DBSIZE"], ["KEYS", "*"])).toEqual([
      null,
      -2,
      0,
      [],
    ]);
    await engine.close();
  });

  it("loses the life of a key with its value, and keeps it through an increment", async () => {
    const engine = await startMemoryEngine({ now: () => 0 });
    await run(engine, ["SET", "a", "1", "EX", "10"], ["INCR", "a"]);
    expect(await run(engine, ["TTL", "a"], ["SET", "a", "5"], ["TTL", "a"])).toEqual([10, "OK", -1]);
    await engine.close();
  });

  it("comes back with every type, score and end of life after it was closed", async () => {
    const file = join(folder, "all-types.jsonl");
    const first = await startMemoryEngine({ file });
    await run(
      first,
      ["SET", "text", '番付\n"quoted"', "PXAT", "9000000000000"],
      ["HSET", "hash", "a", "1", "b", "2"],
      ["RPUSH", "list", "x", "y", "x"],
      ["SADD", "set", "m", "n"],
      ["ZADD", "zset", "0.1", "a", "-inf", "b", "1e300", "c"],
    );
    await first.close();
    const second = await startMemoryEngine({ file });
    expect(
      await run(
        second,
        ["GET", "text"],
        ["PEXPIRETIME", "text"],
        ["HGETALL", "hash"],
        ["LRANGE", "list", "0", "-1"],
        ["SMEMBERS", "set"],
        ["ZRANGE", "zset", "0", "-1", "WITHSCORES"],
      ),
    ).toEqual([
      '番付\n"quoted"',
      9_000_000_000_000,
      ["a", "1", "b", "2"],
      ["x", "y", "x"],
      ["m", "n"],
      ["b", "-inf", "a", "0.1", "c", "1e+300"],
    ]);
    await second.close();
    expect(await readdir(folder)).toEqual(["all-types.jsonl"]);
  });

  it.each([
    ["no snapshot at all", () => "hello", 1],
    ["cut off in a line", (text: string) => text.slice(0, -5), 3],
    ["changed by hand", (text: string) => text.replace('"kind":"string"', '"kind":"blob"'), 2],
  ])("says in one sentence where a saved file is damaged: %s", async (_, damage, line) => {
    const file = join(folder, "damaged.jsonl");
    await rm(file, { force: true });
    const engine = await startMemoryEngine({ file });
    await run(engine, ["SET", "a", "1"], ["SET", "b", "2"]);
    await engine.close();
    await writeFile(file, damage(await readFile(file, "utf8")));
    await expect(startMemoryEngine({ file })).rejects.toThrow(
      `The saved Redis data in ${file} is damaged at line ${line}: move the file away`,
    );
    await rm(file);
  });

  it("keeps the order of 100,000 members right through changes of score", async () => {
    const engine = await startMemoryEngine();
    const scores = new Map(
      Array.from({ length: 100_000 }, (_, index) => [`m${index}`, (index * 7_919) % 5_003]),
    );
    await engine.pipeline([...scores].map(([member, score]) => ["ZADD", "board", String(score), member]));
    for (let index = 0; index < 100_000; index += 3) {
      scores.set(`m${index}`, (index * 31) % 4_001);
      await run(engine, ["ZADD", "board", String((index * 31) % 4_001), `m${index}`]);
    }
    const expected = [...scores]
      .sort(([a, left], [b, right]) => left - right || (a < b ? -1 : 1))
      .map(([member]) => member);
    const [lowest, highest, rank] = await run(
      engine,
      ["ZRANGE", "board", "0", "-1"],
      ["ZREVRANGE", "board", "0", "9"],
      ["ZRANK", "board", expected[77_777] ?? ""],
    );
    // The first place that is wrong: a diff of 100,000 lines would take minutes to print.
    expect(Array.isArray(lowest) && lowest.length).toBe(expected.length);
    expect(expected.findIndex((member, place) => Array.isArray(lowest) && lowest[place] !== member)).toBe(-1);
    expect(highest).toEqual(expected.slice(-10).reverse());
    expect(rank).toBe(77_777);
    await engine.close();
  });

  it("counts in scripts without 32-bit overflow, and prints whole numbers as Lua 5.1 does", async () => {
    const engine = await startMemoryEngine();
    const script =
      "local month = 30 * 24 * 60 * 60 * 1000 return {month, tostring(month), math.floor(7.9) .. '', #KEYS}";
    expect(await run(engine, ["EVAL", script, "1", "k"])).toEqual([[2_592_000_000, "2592000000", "7", 1]]);
    await engine.close();
  });

  it("keeps a script from leaving globals behind and from running scripts", async () => {
    const engine = await startMemoryEngine();
    const [leak, nested] = await run(
      engine,
      ["EVAL", "x = 1", "0"],
      ["EVAL", "return redis.call('EVAL', 'return 1', 0)", "0"],
    );
    expect(String(leak)).toContain("Attempt to modify a readonly table");
    expect(String(nested)).toContain("This Redis command is not allowed from script");
    await engine.close();
  });
});

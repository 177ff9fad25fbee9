import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RedisRest, startRedisRest } from "@/scripts/local/redis/start";

describe("The Redis REST server", () => {
  let dataDir: string;
  let rest: RedisRest;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "banzuke-rest-"));
    rest = await startRedisRest({ dataDir, engine: "memory", token: "secret" });
  });
  afterAll(async () => {
    await rest.stop();
    await rm(dataDir, { recursive: true });
  });

  async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${rest.url}${path}`, {
      method: "POST",
      headers: { authorization: "Bearer secret", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return { status: response.status, json: await response.json(), headers: response.headers };
  }

  it.each([
    ["a wrong token", { authorization: "Bearer guess" }],
    ["no token", { authorization: "" }],
  ])("refuses %s with 401", async (_, headers) => {
    expect(await post("/", ["PING"], headers)).toMatchObject({
      status: 401,
      json: { error: "Unauthorized" },
    });
  });

  it("encodes every string in base64 when asked to, in nested lists too, except a literal OK", async () => {
    const base64 = { "upstash-encoding": "base64" };
    expect((await post("/", ["SET", "a", "OK"], base64)).json).toEqual({ result: "OK" });
    expect((await post("/", ["EVAL", "return {'a', {'b', 1}}", 0], base64)).json).toEqual({
      result: ["YQ==", ["Yg==", 1]],
    });
    const pipeline = [["HSET", "h", "f", "番".repeat(3000)], ["HGETALL", "h"], ["GET", "none"], ["PING"]];
    expect((await post("/pipeline", pipeline, base64)).json).toEqual([
      { result: 1 },
      { result: ["Zg==", Buffer.from("番".repeat(3000)).toString("base64")] },
      { result: null },
      { result: "UE9ORw==" },
    ]);
  });

  it("answers plain strings when base64 is not asked for", async () => {
    expect((await post("/", ["ECHO", '"番"\n'])).json).toEqual({ result: '"番"\n' });
  });

  it("answers an error of a single command with 400, and of a pipeline inline with 200", async () => {
    expect(await post("/", ["GET"])).toMatchObject({
      status: 400,
      json: { error: "ERR wrong number of arguments for 'get' command" },
    });
    expect(await post("/pipeline", [["NOSUCH", "x", 1], ["SUBSCRIBE", "c"], ["PING"]])).toMatchObject({
      status: 200,
      json: [
        { error: "ERR unknown command 'NOSUCH', with args beginning with: 'x' '1' " },
        { error: "ERR Command is not available: 'SUBSCRIBE'" },
        { result: "PONG" },
      ],
    });
  });

  it.each([
    ["/", "{not json", /not valid JSON/],
    ["/", { command: "PING" }, /must be a JSON array/],
    ["/", [], /name of a command/],
    ["/", ["SET", "a", null], /not a string, number or boolean/],
    ["/pipeline", [["PING"], "PING"], /command 2 must be a JSON array/],
    ["/pipeline", [], /empty pipeline/],
    ["/multi-exec", ["PING"], /command 1 must be a JSON array/],
  ])("says with 400 what is wrong with a body: POST %s %j", async (path, body, message) => {
    const { status, json } = await post(path, body);
    expect(status).toBe(400);
    expect(json).toEqual({ error: expect.stringMatching(message) });
  });

  it("gives a sync token and echoes the one it gets", async () => {
    expect((await post("/", ["PING"])).headers.get("upstash-sync-token")).toMatch(/.+/);
    const echoed = await post("/", ["PING"], { "upstash-sync-token": "token-7" });
    expect(echoed.headers.get("upstash-sync-token")).toBe("token-7");
  });

  it("knows no other paths and methods", async () => {
    expect((await post("/set/a/1", [])).status).toBe(404);
    const get = await fetch(rest.url, { headers: { authorization: "Bearer secret" } });
    expect(get.status).toBe(405);
    await get.text();
  });

  it("refuses connections at once when stopped, and comes back on the same port with its data", async () => {
    await post("/", ["SET", "kept", "yes"]);
    const before = rest.url;
    await rest.stop();
    await expect(post("/", ["PING"])).rejects.toThrow("fetch failed");
    await rest.stop();
    await rest.start();
    expect(rest.url).toBe(before);
    expect((await post("/", ["GET", "kept"])).json).toEqual({ result: "yes" });
  });

  it("says in one sentence that its port is taken", async () => {
    const port = Number(new URL(rest.url).port);
    await expect(startRedisRest({ dataDir, engine: "memory", port })).rejects.toThrow(
      `Port ${port}, wanted for the Redis REST server, is in use.`,
    );
  });

  it("names the Redis that does not answer, without its password", async () => {
    const starting = startRedisRest({ redisUrl: "redis://user:hush@127.0.0.1:1" });
    await expect(starting).rejects.toThrow(/^No Redis answers at redis:\/\/127\.0\.0\.1:1: /);
  });
});

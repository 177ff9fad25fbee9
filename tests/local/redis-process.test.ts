import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exitOf, isAlive, waitUntil } from "@/scripts/local/processes";
import { findRedisServer } from "@/scripts/local/redis/redis-server-process";

const serverFile = fileURLToPath(new URL("../../scripts/local/redis/server.ts", import.meta.url));

interface Ready {
  url: string;
  token: string;
  engine: string;
  version: string;
}

describe("The Redis REST server as a process of its own", () => {
  let dataDir: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "banzuke-process-"));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      child.kill("SIGKILL");
      await exitOf(child);
    }
    await rm(dataDir, { recursive: true });
  });

  async function start(options: object): Promise<{ child: ChildProcess; message: unknown }> {
    const child = fork(serverFile, [JSON.stringify(options)], { execArgv: ["--import", "tsx"] });
    children.push(child);
    const message = await new Promise((resolve, reject) => {
      child.once("message", resolve);
      child.once("exit", (code) => reject(new Error(`ended with ${code} and no message`)));
    });
    return { child, message };
  }

  async function startReady(options: object): Promise<{ child: ChildProcess; ready: Ready }> {
    const { child, message } = await start(options);
    expect(message).toMatchObject({ url: expect.stringMatching(/^http:/), token: expect.any(String) });
    return { child, ready: message as Ready };
  }

  async function command({ url, token }: Ready, ...args: string[]): Promise<unknown> {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(args) });
    return response.json();
  }

  async function redisPid(): Promise<number> {
    return JSON.parse(await readFile(join(dataDir, "redis-server.pid"), "utf8")).pid;
  }

  it("saves and ends on SIGTERM, and finds its data again", async () => {
    const first = await startReady({ engine: "memory", dataDir });
    expect(first.ready).toMatchObject({ engine: "memory" });
    await command(first.ready, "SET", "kept", "yes");
    first.child.kill("SIGTERM");
    await exitOf(first.child);
    expect(first.child.exitCode).toBe(0);
    const second = await startReady({ engine: "memory", dataDir });
    expect(await command(second.ready, "GET", "kept")).toEqual({ result: "yes" });
  });

  it("saves and ends when its parent lets go of it", async () => {
    const first = await startReady({ engine: "memory", dataDir });
    await command(first.ready, "SET", "kept", "yes");
    first.child.disconnect();
    await exitOf(first.child);
    const second = await startReady({ engine: "memory", dataDir });
    expect(await command(second.ready, "GET", "kept")).toEqual({ result: "yes" });
  });

  it("tells its parent in one sentence why it cannot start", async () => {
    await writeFile(join(dataDir, "redis-memory.jsonl"), "not a snapshot");
    const { child, message } = await start({ engine: "memory", dataDir });
    expect(message).toEqual({
      error: expect.stringMatching(/^The saved Redis data in .* is damaged at line 1: /),
    });
    await exitOf(child);
    expect(child.exitCode).toBe(1);
    expect((await start({ engine: "sqlite" })).message).toEqual({
      error: expect.stringMatching(/^The Redis REST server cannot start: .*engine/),
    });
  });

  describe.skipIf(!findRedisServer())("with a real Redis (needs redis-server on PATH)", () => {
    it.each(["SIGTERM", "SIGINT"] as const)("leaves no redis-server behind on %s", async (signal) => {
      const { child, ready } = await startReady({ engine: "redis", dataDir });
      expect(ready.engine).toBe("redis");
      const pid = await redisPid();
      expect(isAlive(pid)).toBe(true);
      child.kill(signal);
      await exitOf(child);
      expect(isAlive(pid)).toBe(false);
    });

    it("says that Redis is not reachable once it has died, instead of hanging", async () => {
      const { ready } = await startReady({ engine: "redis", dataDir });
      const pid = await redisPid();
      process.kill(pid, "SIGKILL");
      expect(await waitUntil(() => !isAlive(pid), 5_000)).toBe(true);
      expect(await command(ready, "GET", "a")).toEqual({
        error: expect.stringMatching(/^Redis is not reachable: /),
      });
    });

    it("stops the redis-server that a killed parent left, and has its data", async () => {
      const first = await startReady({ engine: "redis", dataDir });
      await command(first.ready, "SET", "kept", "yes");
      const orphan = await redisPid();
      first.child.kill("SIGKILL");
      await exitOf(first.child);
      expect(isAlive(orphan)).toBe(true);
      const second = await startReady({ engine: "redis", dataDir });
      expect(await waitUntil(() => !isAlive(orphan), 5_000)).toBe(true);
      expect(await redisPid()).not.toBe(orphan);
      expect(await command(second.ready, "GET", "kept")).toEqual({ result: "yes" });
      second.child.kill("SIGTERM");
      await exitOf(second.child);
    });
  });
});

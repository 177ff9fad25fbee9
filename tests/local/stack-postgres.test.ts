import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/scripts/local/ports";
import { type Postgres, removePostgres, startPostgres } from "@/scripts/local/postgres";

let folder: string;

beforeAll(async () => {
  // mkdtemp makes it 0700: as under a home that nobody else may enter.
  folder = await mkdtemp(join(tmpdir(), "banzuke-postgres-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function query(postgres: Postgres, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("the embedded PostgreSQL", () => {
  it("runs although its data folder lies under a closed one, and is removed whole", async () => {
    const dataDir = join(folder, "data");
    await mkdir(dataDir, { mode: 0o700 });
    const postgres = await startPostgres({ dataDir, durable: false });
    const [place] = (await query(postgres, "show data_directory")) as { data_directory: string }[];
    await postgres.stop();
    await removePostgres(dataDir);
    expect(existsSync(place?.data_directory ?? "")).toBe(false);
  });

  it("keeps every answered commit through a kill -9, on the same port, even when not durable", async () => {
    const port = await freePort();
    const postgres = await startPostgres({ dataDir: join(folder, "killed"), port, durable: false });
    await query(postgres, "create table t as select 1 as x");
    await postgres.kill();
    await postgres.start();
    expect(new URL(postgres.url).port).toBe(String(port));
    expect(await query(postgres, "select x from t")).toEqual([{ x: 1 }]);
    await postgres.stop();
    await removePostgres(join(folder, "killed"));
  });

  it("asks for its password", async () => {
    const postgres = await startPostgres({ dataDir: join(folder, "password"), durable: false });
    const guessed = new URL(postgres.url);
    guessed.password = "postgres";
    await expect(query({ ...postgres, url: guessed.toString() }, "select 1")).rejects.toThrow(/password/);
    await postgres.stop();
    await removePostgres(join(folder, "password"));
  });

  it("says where DATABASE_URL points when nobody answers there, without its password", async () => {
    const port = await freePort();
    const started = startPostgres({
      dataDir: folder,
      databaseUrl: `postgresql://me:hush@127.0.0.1:${port}/x`,
    });
    await expect(started).rejects.toThrow(
      `No PostgreSQL answers at 127.0.0.1:${port}, where DATABASE_URL points`,
    );
    await expect(started).rejects.not.toThrow(/hush/);
  });
});

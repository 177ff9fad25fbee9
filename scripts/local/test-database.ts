import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { Client } from "pg";
import { type Migration, migrationsHash, readMigrations } from "./migrations";
import { type Postgres, startPostgres } from "./postgres";
import { migrate } from "./supabase";
import { generateKeys, type SupabaseKeys } from "./supabase-keys";
import { openLite } from "./supabase-lite";

/** A database of one test file's own: migrated, empty, with a Supabase in this process over it. */
export type TestDatabase = SupabaseKeys & {
  postgresUrl: string;
  /** No server listens there: hand `fetch` to clients, or use `clientFor`. */
  url: string;
  fetch: typeof fetch;
  /** supabase-js with a key of this database; the secret key by default. */
  clientFor(apiKey?: string): SupabaseClient;
  /** Runs SQL as the superuser. */
  sql<Row extends Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

/** Set by the global setup of a test run, so that its files share one server. */
export const TEST_POSTGRES_URL = "BANZUKE_TEST_POSTGRES_URL";

/** A PostgreSQL for tests: in a temporary folder, crash safety off. `stop` deletes it. */
export async function startTestPostgres(): Promise<Postgres> {
  const dataDir = await mkdtemp(join(tmpdir(), "banzuke-test-"));
  const postgres = await startPostgres({ dataDir, durable: false });
  const stop = async () => {
    await postgres.kill();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  return { ...postgres, stop };
}

/**
 * Clones the template with all migrations applied; makes that template when these migrations are new.
 * Uses the server of the test run, else starts one that `close` stops.
 */
export async function createTestDatabase(options: { projectDir?: string } = {}): Promise<TestDatabase> {
  const projectDir = options.projectDir ?? process.cwd();
  const shared = process.env[TEST_POSTGRES_URL];
  const own = shared ? undefined : await startTestPostgres();
  const serverUrl = shared ?? own?.url ?? "";
  const keys = generateKeys();
  const template = await ensureTemplate(serverUrl, projectDir, keys);
  const name = `test_${randomBytes(6).toString("hex")}`;
  const postgresUrl = databaseUrl(serverUrl, name);
  await withClient(serverUrl, (client) => client.query(`create database ${name} template ${template}`));
  const lite = await openLite({ postgresUrl, keys, poolSize: 10 });
  const sql = new Client({ connectionString: postgresUrl });
  // A fault test may take the server away between two statements.
  sql.on("error", () => undefined);
  await sql.connect();
  const url = "http://supabase.test";
  const inProcessFetch: typeof fetch = async (input, init) => lite.fetch(new Request(input, init));
  return {
    ...keys,
    postgresUrl,
    url,
    fetch: inProcessFetch,
    clientFor: (apiKey = keys.secretKey) =>
      createClient(url, apiKey, {
        global: { fetch: inProcessFetch },
        auth: { persistSession: false, autoRefreshToken: false },
      }),
    sql: async <Row>(text: string, values?: unknown[]) => (await sql.query(text, values)).rows as Row[],
    close: async () => {
      await Promise.all([sql.end(), lite.close()]);
      if (own) await own.stop();
      else await withClient(serverUrl, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

/** Made under another name and renamed at the end: a template that exists is complete. */
async function ensureTemplate(serverUrl: string, projectDir: string, keys: SupabaseKeys): Promise<string> {
  const migrations: Migration[] = await readMigrations(projectDir);
  const template = `template_${migrationsHash(migrations)}`;
  await withClient(serverUrl, async (client) => {
    await client.query("select pg_advisory_lock(hashtext('banzuke template'))");
    const { rowCount } = await client.query("select from pg_database where datname = $1", [template]);
    if (rowCount) return;
    const unfinished = `${template}_unfinished`;
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished}`);
    await migrate({ postgresUrl: databaseUrl(serverUrl, unfinished), keys }, projectDir);
    await client.query(`alter database ${unfinished} rename to ${template}`);
  });
  return template;
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

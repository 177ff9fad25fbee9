import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { applyMigrations, readMigrations } from "@/scripts/local/migrations";
import { generateKeys, type SupabaseKeys } from "@/scripts/local/supabase-keys";
import { prepareDatabase } from "@/scripts/local/supabase-lite";
import { TEST_POSTGRES_URL } from "@/scripts/local/test-database";

/**
 * How a hosted project treats new objects of schema `public`: until 2026-10-30 everything was granted to every role of
 * the API, later projects grant nothing.
 */
export type HostedGrants = "everything" | "nothing";

/** A database as a hosted project has it before the first `supabase db push`. */
export interface HostedDatabase {
  url: string;
  keys: SupabaseKeys;
  /** A connection of the owner, as whom migrations run. */
  sql: Client;
  migrate: () => Promise<void>;
  close: () => Promise<void>;
}

const GRANT_EVERYTHING = `
  alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
  alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
  alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
`;

/** Makes one on the server of the test run; `close` drops it. */
export async function createHostedDatabase(grants: HostedGrants): Promise<HostedDatabase> {
  const server = new Client({ connectionString: process.env[TEST_POSTGRES_URL] });
  await server.connect();
  const name = `hosted_${randomBytes(6).toString("hex")}`;
  await server.query(`create database ${name}`);
  const url = new URL(process.env[TEST_POSTGRES_URL] ?? "");
  url.pathname = `/${name}`;
  const keys = generateKeys();
  await prepareDatabase({ postgresUrl: url.href, keys });
  const sql = new Client({ connectionString: url.href });
  await sql.connect();
  if (grants === "everything") await sql.query(GRANT_EVERYTHING);
  return {
    url: url.href,
    keys,
    sql,
    migrate: async () => {
      await applyMigrations(url.href, await readMigrations(process.cwd()));
    },
    close: async () => {
      await sql.end();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}

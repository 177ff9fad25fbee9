import { App, InMemoryEmailDriver } from "@supabase/lite";
import { createPostgresConnection } from "@supabase/lite/postgres";
import { Client } from "pg";
import { codeOf, messageOf } from "./errors";
import { asPostgrestError } from "./supabase-errors";
import type { SupabaseKeys } from "./supabase-keys";
import { signAsHosted } from "./supabase-tokens";

/** A Supabase Lite over one database: answers requests, holds a connection pool. */
export type Lite = { fetch(request: Request): Response | Promise<Response>; close(): Promise<void> };

export type LiteOptions = {
  postgresUrl: string;
  keys: SupabaseKeys;
  /** Connections to Postgres at most. */
  poolSize?: number;
  /** Told of every database error that becomes an answer; nobody by default. */
  onError?: (line: string) => void;
};

/** Prepares a database for migrations as a hosted project is: roles, schemas, Auth's tables. Safe to repeat. */
export async function prepareDatabase(options: LiteOptions): Promise<void> {
  const client = new Client({ connectionString: options.postgresUrl });
  await client.connect();
  try {
    await client.query(BOOTSTRAP);
  } finally {
    await client.end();
  }
  const { app, connection } = build(options);
  try {
    await app.ensureSystemSchema();
  } finally {
    await connection.close();
  }
}

/** Opens Lite on a prepared and migrated database. Changes to its tables are seen by a Lite opened later. */
export async function openLite(options: LiteOptions): Promise<Lite> {
  const { app, connection } = build(options);
  await app.init();
  await connection.introspect({ useCache: true });
  return {
    fetch: signAsHosted((request) => app.fetch(request), options.keys),
    close: () => connection.close(),
  };
}

function build({ postgresUrl, keys, poolSize = 20, onError }: LiteOptions) {
  process.env.DO_NOT_TRACK = "1";
  const connection = createPostgresConnection({
    url: postgresUrl,
    postgresOptions: { max: poolSize, types: TYPES, backoff: () => 0.1, onnotice: () => undefined },
  });
  // Lite would grant everything to anon at each boot; migrations say who may do what.
  Object.assign(connection, { rlsState: "active" });
  connection.normalizeDbError = (error: unknown) => {
    muteOnce();
    onError?.(describe(error));
    return asPostgrestError(error);
  };
  const app = new App({
    connection,
    auth: {
      enabled: true,
      jwt_secret: keys.jwtSecret,
      publishable_key: keys.publishableKey,
      secret_key: keys.secretKey,
      email: { enable_signup: true, enable_confirmations: false },
    },
    studio: { enabled: false },
    options: { server: { admin: false, disableStudio: true }, drivers: { email: new InMemoryEmailDriver() } },
  });
  return { app, connection };
}

const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** Values as PostgREST prints them: JSON arguments are not encoded twice, numbers are numbers, instants are ISO 8601. */
const TYPES = {
  json: { to: 114, from: [114], serialize: asText, parse: (text: string): unknown => JSON.parse(text) },
  jsonb: { to: 3802, from: [3802], serialize: asText, parse: (text: string): unknown => JSON.parse(text) },
  bigint: { to: 20, from: [20], serialize: String, parse: Number },
  numeric: { to: 1700, from: [1700], serialize: String, parse: asNumber },
  timestamp: { to: 1114, from: [1114], serialize: String, parse: (text: string) => text.replace(" ", "T") },
  timestamptz: { to: 1184, from: [1184], serialize: String, parse: asIsoInstant },
};

function asNumber(text: string): number | string {
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}

function asIsoInstant(text: string): string {
  return text.replace(" ", "T").replace(/([+-]\d{2})$/, "$1:00");
}

function describe(error: unknown): string {
  return `${codeOf(error) ?? "error"} ${messageOf(error)}`;
}

/** Lite prints each error whole, expected ones too, right after asking us to normalize it, in the same turn of the event loop. */
function muteOnce(): void {
  const print = console.error;
  console.error = () => undefined;
  queueMicrotask(() => {
    console.error = print;
  });
}

/** Roles belong to the whole server: another database's bootstrap may create them at the same moment. */
const BOOTSTRAP = `
  do $$
  begin
    perform pg_advisory_xact_lock(hashtext('banzuke bootstrap'));
    if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin; end if;
    if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin; end if;
    if not exists (select from pg_roles where rolname = 'service_role') then
      create role service_role nologin bypassrls;
    end if;
  exception when duplicate_object or unique_violation then null;
  end $$;
  create schema if not exists auth;
  create schema if not exists extensions;
  create extension if not exists pgcrypto with schema extensions;
  grant usage on schema public, auth, extensions to anon, authenticated, service_role;
  grant execute on all functions in schema extensions to anon, authenticated, service_role;
`;

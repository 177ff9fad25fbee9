import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { Client } from "pg";
import { StackError } from "./errors";
import { applyMigrations, readMigrations } from "./migrations";
import { keepKeys, type SupabaseKeys } from "./supabase-keys";
import { type Lite, openLite, prepareDatabase } from "./supabase-lite";

export type SupabaseOptions = {
  postgresUrl: string;
  /** 0 or left out: a free one. */
  port?: number;
  /** The folder that holds `supabase/migrations`. */
  projectDir: string;
  /** Where keys are kept between starts. */
  dataDir: string;
  /** Told of every database error that becomes an answer. */
  onError?: (line: string) => void;
};

/** A Supabase (Data API and Auth) on 127.0.0.1. */
export type Supabase = SupabaseKeys & {
  url: string;
  /** Serves on with a new connection pool, as soon as the database answers; until then everything is a 503. */
  reopen(): Promise<void>;
  close(): Promise<void>;
};

const REOPEN_AFTER_MS = 200;

/**
 * Migrates the database and serves it as a Supabase project, in this process.
 * @throws StackError when a migration fails or is not there
 */
export async function startSupabase(options: SupabaseOptions): Promise<Supabase> {
  const keys = await keepKeys(join(options.dataDir, "supabase-keys.json"));
  const database = { postgresUrl: options.postgresUrl, keys };
  await migrate(database, options.projectDir);
  const open = () => openLite({ ...database, ...(options.onError && { onError: options.onError }) });
  let lite: Lite | undefined = await open();
  let closed = false;
  const server = await listen((request) => (lite ? lite.fetch(request) : unavailable()), options.port ?? 0);
  return {
    ...keys,
    url: `http://127.0.0.1:${portOf(server)}`,
    reopen: async () => {
      const broken = lite;
      // Without one it is being reopened already.
      if (!broken) return;
      lite = undefined;
      // Requests that wait for a connection which hangs would wait for ever.
      server.closeAllConnections();
      broken.close().catch(() => undefined);
      while (!closed && !lite) {
        lite = await open().catch(() => undefined);
        if (!lite) await setTimeout(REOPEN_AFTER_MS);
      }
    },
    close: async () => {
      closed = true;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await lite?.close();
    },
  };
}

/** What PostgREST answers while it has no connection. */
function unavailable(): Response {
  const message = "Database connection error. Retrying the connection.";
  return Response.json({ code: "PGRST001", message, details: null, hint: null }, { status: 503 });
}

/** Prepares the database, applies `<projectDir>/supabase/migrations` and asserts that all of them stand. */
export async function migrate(
  database: { postgresUrl: string; keys: SupabaseKeys },
  projectDir: string,
): Promise<void> {
  const migrations = await readMigrations(projectDir);
  await prepareDatabase(database);
  await applyMigrations(database.postgresUrl, migrations);
  const client = new Client({ connectionString: database.postgresUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string }>(
      "select version from supabase_migrations.schema_migrations",
    );
    if (rows.length !== migrations.length) {
      const known = new Set(migrations.map((m) => m.version));
      const gone = rows.filter((row) => !known.has(row.version)).map((row) => row.version);
      throw new StackError(
        `The database has ${rows.length} migrations and the folder ${migrations.length} (${gone.join(", ")} are gone): npm run dev -- --reset starts anew.`,
      );
    }
  } finally {
    await client.end();
  }
}

async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
): Promise<Server> {
  const answer = getRequestListener(fetch, { hostname: "127.0.0.1" });
  const server = createServer((request, response) => {
    // Lite's own page shows its configuration, keys included.
    if (request.url?.startsWith("/_system")) response.writeHead(404).end();
    else void answer(request, response);
  });
  server.keepAliveTimeout = 120_000;
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server listens on no port");
  return address.port;
}

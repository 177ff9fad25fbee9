import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { Database as Schema } from "@/lib/database.types";
import { databaseEnv } from "@/lib/platform/env";
import type { Patience } from "@/lib/platform/redis";

export type Database = SupabaseClient<Schema>;

/** A job may wait for a large write; somebody who looks at a page may not. */
const TIMEOUT_MS: Record<Patience, number> = { job: 60_000, page: 5_000 };

/**
 * A database call failed. `permanent` tells whether the same call could pass later: an unreachable
 * server could, a violated constraint could not.
 */
export class DatabaseError extends Error {
  readonly code: string;
  readonly status: number;
  readonly permanent: boolean;
  constructor(message: string, code: string, status: number) {
    super(message);
    this.name = "DatabaseError";
    this.code = code || "database_unavailable";
    this.status = status;
    this.permanent = status >= 400 && status < 500 && !PASSING_SQLSTATES.has(code);
  }
  /** The database could not be asked at all. */
  get unreachable(): boolean {
    return this.status === 0 || this.status >= 502 || UNREACHABLE_SQLSTATES.test(this.code);
  }
}

/** Serialization failure, deadlock, lock not available, statement timeout. */
const PASSING_SQLSTATES = new Set(["40001", "40P01", "55P03", "57014"]);
/** Connection exceptions, shutdown, too many connections, and PostgREST's own "no connection" codes. */
const UNREACHABLE_SQLSTATES = /^(08...|57P0[123]|53300|PGRST00[0-3])$/;

/** A client with the service role: it passes row security, so it never leaves the server. */
export function connectDatabase(
  url: string,
  secretKey: string,
  { send = fetch, patience = "job" }: { send?: typeof fetch; patience?: Patience } = {},
): Database {
  return createClient<Schema>(url, secretKey, {
    // The SDK would try reads again for seconds; a page answers from what is left instead.
    db: { retry: patience === "job" },
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: {
      fetch: (input, init) =>
        send(input, {
          ...init,
          signal: AbortSignal.any([
            AbortSignal.timeout(TIMEOUT_MS[patience]),
            ...(init?.signal ? [init.signal] : []),
          ]),
        }),
    },
  });
}

const shared: Partial<Record<Patience, Database>> = {};

/** The service-role client of the configured project, one per process and patience. */
export function database(patience: Patience = "job"): Database {
  const { NEXT_PUBLIC_SUPABASE_URL, SUPABASE_SECRET_KEY } = databaseEnv();
  shared[patience] ??= connectDatabase(NEXT_PUBLIC_SUPABASE_URL, SUPABASE_SECRET_KEY, { patience });
  return shared[patience];
}

interface Reply<T> {
  data: T;
  error: { message: string; code?: string } | null;
  status: number;
}

/** Awaits a supabase-js call and returns its data, or throws {@link DatabaseError}. */
export async function rows<T>(call: PromiseLike<Reply<T>>): Promise<NonNullable<T>> {
  const { data, error, status } = await call;
  if (error) throw new DatabaseError(error.message, error.code ?? "", status);
  return data as NonNullable<T>;
}

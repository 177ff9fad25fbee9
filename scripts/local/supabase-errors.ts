/** What Lite shows as an error when we hand it this: it answers with exactly this status and body. */
export type RaisedError = { code: "PGRST"; message: string; detail: string };

type DatabaseError = { code: string; message: string; detail?: string | null; hint?: string | null };

/**
 * Turns a database error into the answer PostgREST gives, which Lite knows for a few codes only.
 * Codes whose status depends on the caller's role or on Lite's own wording are returned as they came.
 * Source: PostgREST documentation, "Errors", table of HTTP status codes.
 */
export function asPostgrestError(error: unknown): unknown {
  const found = databaseError(error);
  if (!found) return error;
  const status = statusOf(found.code);
  if (status === undefined) return error;
  const body = isConnectionFailure(found.code)
    ? {
        code: "PGRST001",
        message: "Database client error. Retrying the connection.",
        details: found.message,
        hint: null,
      }
    : { code: found.code, message: found.message, details: found.detail ?? null, hint: found.hint ?? null };
  return {
    code: "PGRST",
    message: JSON.stringify(body),
    detail: JSON.stringify({ status, headers: {} }),
  } satisfies RaisedError;
}

const STATUS_BY_CODE: Record<string, number> = { "23503": 409, "23505": 409, "25006": 405, P0001: 400 };

const STATUS_BY_CLASS: Record<string, number> = {
  "08": 503, // connection
  "09": 500, // triggered action
  "0L": 403, // invalid grantor
  "0P": 403, // invalid role
  "22": 400, // data exception
  "23": 400, // integrity constraint
  "25": 500, // transaction state
  "28": 403, // authorization
  "2D": 500, // transaction termination
  "38": 500, // external routine
  "39": 500, // external routine invocation
  "3B": 500, // savepoint
  "40": 500, // rollback: serialization failure, deadlock
  "53": 503, // resources
  "54": 500, // too complex
  "55": 500, // prerequisite state
  "57": 500, // operator intervention
  "58": 500, // system error
  F0: 500, // configuration file
  HV: 500, // foreign data wrapper
  P0: 500, // PL/pgSQL
  XX: 500, // internal
};

function statusOf(code: string): number | undefined {
  if (code === "PGRST" || code.startsWith("PT") || code.startsWith("42")) return undefined;
  if (isConnectionFailure(code)) return 503;
  return (
    STATUS_BY_CODE[code] ??
    STATUS_BY_CLASS[code.slice(0, 2)] ??
    (/^[0-9A-Z]{5}$/.test(code) ? 400 : undefined)
  );
}

/** The driver's own codes, and a server that is starting, stopping or gone. */
function isConnectionFailure(code: string): boolean {
  return /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|57P0[123])/.test(code);
}

function databaseError(error: unknown): DatabaseError | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("code" in error && typeof error.code === "string" && "message" in error) return error as DatabaseError;
  return "cause" in error ? databaseError(error.cause) : undefined;
}

import { DatabaseError } from "@/lib/platform/database";
import { ConfigurationError } from "@/lib/platform/env";
import { rootLog } from "@/lib/platform/log";
import { Problem } from "@/lib/platform/problem";
import { RedisError } from "@/lib/platform/redis";
import { reportException } from "@/lib/platform/sentry";
import { KeysUnreachableError } from "@/lib/platform/tokens";

type Handler<Args extends unknown[]> = (request: Request, ...args: Args) => Promise<Response>;

/**
 * Wraps a route handler: a thrown {@link Problem} is its answer; an unreachable database or Redis is a
 * 503 to try again; anything else is a 500 that tells the client nothing and Sentry everything.
 */
export function route<Args extends unknown[]>(handler: Handler<Args>): Handler<Args> {
  return async (request, ...args) => {
    try {
      return await handler(request, ...args);
    } catch (error) {
      return problemOf(error, request).toResponse();
    }
  };
}

function problemOf(error: unknown, request: Request): Problem {
  if (error instanceof Problem) return error;
  const path = new URL(request.url).pathname;
  rootLog.error({ event: "http.failed", method: request.method, path, err: error });
  reportException(error, { path });
  if (isOutOfReach(error)) {
    return new Problem(
      503,
      "unavailable",
      "A service this answer needs is not reachable. Try again shortly.",
      {
        headers: { "retry-after": "5" },
      },
    );
  }
  if (error instanceof ConfigurationError) {
    return new Problem(
      500,
      "not_configured",
      "This deployment is not configured completely; see the server log.",
    );
  }
  return new Problem(500, "internal", "Something went wrong on our side. It has been recorded.");
}

function isOutOfReach(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.unreachable;
  return error instanceof RedisError || error instanceof KeysUnreachableError;
}

import { createHash, timingSafeEqual } from "node:crypto";
import { Problem } from "@/lib/platform/problem";
import { InvalidTokenError, type TokenIssuer, verifyToken } from "@/lib/platform/tokens";

/** The token of an `Authorization: Bearer` header, or the 401 for a request without one. */
function bearerOf(request: Request): string {
  const match = /^Bearer ([^\s]+)$/i.exec(request.headers.get("authorization") ?? "");
  if (!match?.[1]) throw unauthorized();
  return match[1];
}

/** Passes a request that carries the shared secret as its bearer; compares in constant time. Throws 401. */
export function requireBearer(request: Request, secret: string): void {
  if (!isSame(bearerOf(request), secret)) throw unauthorized();
}

/** What a bearer is held against: the project's tokens, and the secret key this deployment itself uses. */
export interface BearerTrust extends TokenIssuer {
  SUPABASE_SECRET_KEY: string;
}

/**
 * Passes the service role: a JWT of this project that says so, or the project's secret key, which on projects without
 * a JWT secret is the only form it has. Throws 401 for a bearer that proves nothing, 403 for one of another role, 503
 * while the keys that could tell are out of reach.
 */
export async function requireServiceRole(request: Request, trusted: BearerTrust): Promise<void> {
  const { role } = await claimsOf(request, trusted);
  if (role !== "service_role") throw forbidden();
}

/** Passes the user of that id, signed in at this project, or the service role. Throws 401, 403 or 503 as above. */
export async function requireUser(
  request: Request,
  trusted: BearerTrust,
  userId: string | undefined,
): Promise<void> {
  const { role, sub } = await claimsOf(request, trusted);
  if (role === "service_role") return;
  if (role === "authenticated" && sub !== undefined && sub === userId) return;
  throw forbidden();
}

async function claimsOf(request: Request, trusted: BearerTrust): Promise<{ role: string; sub?: string }> {
  const token = bearerOf(request);
  if (isSame(token, trusted.SUPABASE_SECRET_KEY)) return { role: "service_role" };
  try {
    return await verifyToken(token, trusted);
  } catch (error) {
    if (error instanceof InvalidTokenError) throw unauthorized();
    throw error;
  }
}

/** Compares in constant time. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function forbidden(): Problem {
  return new Problem(403, "forbidden", "This token may not do that.");
}

/** Deliberately the same for every reason: which check failed helps only somebody who is guessing. */
function unauthorized(): Problem {
  return new Problem(401, "unauthorized", "A valid bearer token is required.", {
    headers: { "www-authenticate": "Bearer" },
  });
}

import { createHash, timingSafeEqual } from "node:crypto";
import { errors as joseErrors, jwtVerify } from "jose";
import { Problem } from "@/lib/platform/problem";

/** The token of an `Authorization: Bearer` header, or the 401 for a request without one. */
function bearerOf(request: Request): string {
  const match = /^Bearer ([^\s]+)$/i.exec(request.headers.get("authorization") ?? "");
  if (!match?.[1]) throw unauthorized();
  return match[1];
}

/** Passes a request that carries the shared secret as its bearer; compares in constant time. Throws 401. */
export function requireBearer(request: Request, secret: string): void {
  const given = createHash("sha256").update(bearerOf(request)).digest();
  const wanted = createHash("sha256").update(secret).digest();
  if (!timingSafeEqual(given, wanted)) throw unauthorized();
}

/**
 * Passes a request whose bearer is a JWT of the `service_role`, signed with the project's HS256 secret
 * and not expired. Throws 401 for a token that proves nothing, 403 for a valid one of another role.
 */
export async function requireServiceRole(request: Request, jwtSecret: string): Promise<void> {
  const { role } = await verifiedClaims(request, jwtSecret);
  if (role !== "service_role") throw forbidden();
}

/** Passes the user of that id, signed in at this project, or the service role. Throws 401 or 403 as above. */
export async function requireUser(
  request: Request,
  jwtSecret: string,
  userId: string | undefined,
): Promise<void> {
  const { role, sub } = await verifiedClaims(request, jwtSecret);
  if (role === "service_role") return;
  if (role === "authenticated" && sub !== undefined && sub === userId) return;
  throw forbidden();
}

async function verifiedClaims(request: Request, jwtSecret: string) {
  const token = bearerOf(request);
  try {
    const { payload } = await jwtVerify<{ role: unknown }>(token, new TextEncoder().encode(jwtSecret), {
      algorithms: ["HS256"],
      requiredClaims: ["exp", "role"],
    });
    return payload;
  } catch (error) {
    if (error instanceof joseErrors.JOSEError) throw unauthorized();
    throw error;
  }
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

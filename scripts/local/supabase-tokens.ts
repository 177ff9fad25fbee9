import { errors, importJWK, jwtVerify, SignJWT } from "jose";
import type { SupabaseKeys } from "./supabase-keys";

type Fetch = (request: Request) => Response | Promise<Response>;

const KEYS_PATH = "/auth/v1/.well-known/jwks.json";
const ISSUER_PATH = "/auth/v1";

/**
 * Lite signs sessions with HS256 and names no issuer; hosted projects sign them with ES256, say who they are and publish
 * the key. Stands before Lite and translates: out, its sessions become such tokens; in, such tokens become Lite's.
 */
export function signAsHosted(
  lite: Fetch,
  { jwtSecret, signingKey }: Pick<SupabaseKeys, "jwtSecret" | "signingKey">,
): Fetch {
  const { d: _, ...published } = signingKey;
  const shared = new TextEncoder().encode(jwtSecret);
  const privateKey = importJWK(signingKey, "ES256");
  const publicKey = importJWK(published, "ES256");

  const asHosted = async (token: string, issuer: string) => {
    const { payload } = await jwtVerify(token, shared, { algorithms: ["HS256"] });
    return new SignJWT({ ...payload, iss: issuer })
      .setProtectedHeader({ alg: "ES256", kid: signingKey.kid, typ: "JWT" })
      .sign(await privateKey);
  };
  /** Anything but a good token of ours goes on as it is: Lite refuses it in its own words. */
  const asLite = async (token: string) => {
    try {
      const { payload } = await jwtVerify(token, await publicKey, { algorithms: ["ES256"] });
      return new SignJWT(payload).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(shared);
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        return new SignJWT(error.payload).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(shared);
      return token;
    }
  };

  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === KEYS_PATH) return Response.json({ keys: [published] });
    const [, token] = /^Bearer ([^.]+\.[^.]+\.[^.]+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
    if (token) request.headers.set("authorization", `Bearer ${await asLite(token)}`);
    const response = await lite(request);
    const isSession =
      pathname.startsWith(ISSUER_PATH) && /json/.test(response.headers.get("content-type") ?? "");
    if (!isSession || !response.ok) return response;
    const text = await response.text();
    const body: unknown = text ? JSON.parse(text) : null;
    if (typeof body === "object" && body && "access_token" in body && typeof body.access_token === "string")
      body.access_token = await asHosted(body.access_token, issuerOf(request));
    const headers = new Headers(response.headers);
    headers.delete("content-length");
    return new Response(text && JSON.stringify(body), { status: response.status, headers });
  };
}

/** The address the project is known by, which is another one than its own behind a proxy. */
function issuerOf(request: Request): string {
  const { protocol, host } = new URL(request.url);
  return `${protocol}//${request.headers.get("x-forwarded-host") ?? host}${ISSUER_PATH}`;
}

import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from "jose";

/** What this deployment trusts: its Supabase project, and the secret that signs HS256 tokens where there is one. */
export interface TokenIssuer {
  NEXT_PUBLIC_SUPABASE_URL: string;
  SUPABASE_JWT_SECRET?: string | undefined;
}

/** A token of this project: somebody's access token, or the service role's. */
export interface TokenClaims extends JWTPayload {
  role: string;
}

/** The token proves nothing: made up, expired, of another issuer, for another audience. */
export class InvalidTokenError extends Error {
  override readonly name = "InvalidTokenError";
}

/** The keys that tell good tokens from bad ones could not be read: nothing is known about the token. */
export class KeysUnreachableError extends Error {
  override readonly name = "KeysUnreachableError";
  readonly code = "auth_keys_unreachable";
  readonly permanent = false;
}

/** What Supabase's signing keys can be; a shared secret is never looked up among published keys, nor the reverse. */
const PUBLISHED = ["ES256", "RS256"];
/** Issuer of the API keys that Supabase made of the JWT secret, `anon` and `service_role`; they name no audience. */
const API_KEY_ISSUER = "supabase";
const API_KEY_ROLES = ["anon", "service_role"];
const AUDIENCE = "authenticated";

/**
 * The claims of a token that Supabase Auth of this project signed and that is in time: with a published key, or with
 * the JWT secret where one is set. Throws {@link InvalidTokenError} or {@link KeysUnreachableError}.
 */
export async function verifyToken(token: string, trusted: TokenIssuer): Promise<TokenClaims> {
  const issuer = `${trusted.NEXT_PUBLIC_SUPABASE_URL.replace(/\/+$/, "")}/auth/v1`;
  const claims = await verifySignature(token, issuer, trusted.SUPABASE_JWT_SECRET);
  const { iss, aud, role } = claims;
  if (typeof role !== "string") throw new InvalidTokenError("it names no role");
  const isApiKey = iss === API_KEY_ISSUER && aud === undefined && API_KEY_ROLES.includes(role);
  if (!isApiKey && (iss !== issuer || !aud || ![aud].flat().includes(AUDIENCE)))
    throw new InvalidTokenError("it is of another issuer or for another audience");
  return { ...claims, role };
}

async function verifySignature(
  token: string,
  issuer: string,
  secret: string | undefined,
): Promise<JWTPayload> {
  const required = { requiredClaims: ["exp", "iss"] };
  try {
    // The header only chooses the door; behind it, one kind of algorithm is allowed with one kind of key.
    const shared = decodeProtectedHeader(token).alg === "HS256";
    if (shared && !secret) throw new InvalidTokenError("no secret is set");
    const { payload } = shared
      ? await jwtVerify(token, new TextEncoder().encode(secret), { ...required, algorithms: ["HS256"] })
      : await jwtVerify(token, publishedKeys(issuer), { ...required, algorithms: PUBLISHED });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError)
      throw new InvalidTokenError("it does not verify", { cause: error });
    throw error;
  }
}

const READ_TIMEOUT_MS = 3_000;
/** A key id nobody has published is asked for again at most this often, whoever makes them up. */
const COOLDOWN_MS = 30_000;
/** As long as Supabase's own edge keeps them: a revoked key is refused after that. */
const KEEP_MS = 600_000;

const keySets = new Map<string, JWTVerifyGetKey>();

/** The project's public keys, read when first needed, when a key id is new, and every ten minutes. */
function publishedKeys(issuer: string): JWTVerifyGetKey {
  const known = keySets.get(issuer);
  if (known) return known;
  const remote = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
    timeoutDuration: READ_TIMEOUT_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: KEEP_MS,
  });
  const keys: JWTVerifyGetKey = async (header, jws) => {
    try {
      return await remote(header, jws);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
        throw error;
      throw new KeysUnreachableError("the project's signing keys could not be read", { cause: error });
    }
  };
  keySets.set(issuer, keys);
  return keys;
}

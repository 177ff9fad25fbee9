import { jwtVerify, SignJWT } from "jose";
import { notifyEnv } from "@/lib/platform/env";

const AUDIENCE = "notification-preferences";
/** A digest may be found in a mailbox long after; a link that has died says so and asks for a newer mail. */
const VALID_FOR = "400 days";

/** The signed token by which a user, without an account here, manages their own notifications. */
export async function signPreferencesToken(userId: string, now: Date): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(userId)
    .setAudience(AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(new Date(now.getTime() + 400 * 86_400_000))
    .sign(key());
}

/** The user a token speaks for, or null when it is not ours, altered or older than 400 days. */
export async function readPreferencesToken(token: string, now: Date): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(token, key(), {
      audience: AUDIENCE,
      algorithms: ["HS256"],
      currentDate: now,
      maxTokenAge: VALID_FOR,
    });
    return payload.sub ?? null;
  } catch {
    return null;
  }
}

/** Addresses that a digest carries: the preferences page, and the one-click target of RFC 8058. */
export function digestLinks(token: string): { preferences: string; unsubscribe: string } {
  const { APP_URL } = notifyEnv();
  const query = `?token=${encodeURIComponent(token)}`;
  return {
    preferences: new URL(`/preferences${query}`, APP_URL).href,
    unsubscribe: new URL(`/api/v1/notifications/unsubscribe${query}`, APP_URL).href,
  };
}

function key(): Uint8Array {
  return new TextEncoder().encode(notifyEnv().NOTIFY_LINK_SECRET);
}

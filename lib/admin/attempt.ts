import { DatabaseError } from "@/lib/platform/database";
import { RedisError } from "@/lib/platform/redis";
import { SessionUnavailableError } from "@/lib/platform/session";

/** What did not answer. */
export type Away = "database" | "auth" | "redis";

export type Attempt<T> = { ok: true; value: T } | { ok: false; away: Away };

/**
 * Tries to read; a service that does not answer becomes a value, for the page to say what still works.
 * Everything else, Next's own signals among it, is thrown on.
 */
export async function attempt<T>(read: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    const away = awayOf(error);
    if (!away) throw error;
    return { ok: false, away };
  }
}

/** Which service an error says is away; null for any other error. */
export function awayOf(error: unknown): Away | null {
  if (error instanceof DatabaseError && error.unreachable) return "database";
  if (error instanceof SessionUnavailableError) return "auth";
  if (error instanceof RedisError) return "redis";
  return null;
}

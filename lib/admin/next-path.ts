const ORIGIN = "http://local.invalid";

/**
 * Where to go after signing in: `next` when it is a path of this site, else the admin. Anything that a
 * browser would take for another origin (`//host`, `/\host`, a scheme) is refused.
 */
export function safeNextPath(next: string | null | undefined, fallback = "/admin"): string {
  if (!next?.startsWith("/") || next.length > 2_000) return fallback;
  try {
    const url = new URL(next, ORIGIN);
    if (url.origin !== ORIGIN || /^\/[/\\]/.test(url.pathname)) return fallback;
    return url.pathname + url.search + url.hash;
  } catch {
    return fallback;
  }
}

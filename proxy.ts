import { type NextRequest, NextResponse } from "next/server";
import { connectSession, SESSION_COOKIE } from "@/lib/platform/session";

/**
 * Renews the session cookie shortly before it expires, since a page cannot set cookies while it
 * renders. Decides nothing about who may see what: every page and action asks Auth itself.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (!request.cookies.getAll().some(({ name }) => name.startsWith(SESSION_COOKIE))) {
    return NextResponse.next();
  }
  let response = NextResponse.next();
  const client = connectSession(request.nextUrl.protocol === "https:", {
    getAll: () => request.cookies.getAll(),
    setAll: (changes, headers) => {
      for (const { name, value } of changes) request.cookies.set(name, value);
      response = NextResponse.next({ request });
      for (const { name, value, options } of changes) response.cookies.set(name, value, options);
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    },
  });
  // Reads the cookie and goes to Auth only when the token is about to expire. If Auth is away the
  // page says so itself.
  await client.auth.getSession().catch(() => {});
  return response;
}

export const config = { matcher: ["/admin/:path*", "/sign-in"] };

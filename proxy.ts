import { type NextRequest, NextResponse } from "next/server";
import { connectSession, SESSION_COOKIE } from "@/lib/platform/session";

/**
 * Renews the session cookie shortly before it expires, since a page cannot set cookies while it
 * renders, and shows the way to whoever has none. It lets nobody in: every page and action asks Auth itself.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (!request.cookies.getAll().some(({ name }) => name.startsWith(SESSION_COOKIE))) {
    return isAdminPage(request) ? signInFirst(request) : NextResponse.next();
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

function isAdminPage({ method, nextUrl }: NextRequest): boolean {
  return method === "GET" && nextUrl.pathname.startsWith("/admin") && nextUrl.pathname !== "/admin/status";
}

function signInFirst({ nextUrl }: NextRequest): NextResponse {
  const target = new URL("/sign-in", nextUrl);
  target.searchParams.set("next", nextUrl.pathname + nextUrl.search);
  return NextResponse.redirect(target);
}

export const config = { matcher: ["/admin/:path*", "/sign-in"] };

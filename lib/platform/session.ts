import "server-only";
import { type CookieMethodsServer, createServerClient } from "@supabase/ssr";
import { type AuthError, isAuthRetryableFetchError } from "@supabase/supabase-js";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { database, rows } from "@/lib/platform/database";
import { databaseEnv } from "@/lib/platform/env";

/** Somebody waits for it in front of a page. */
const REQUEST_TIMEOUT_MS = 5_000;

/** An operator: a user Supabase Auth has just vouched for and table `admins` lists. */
export interface Admin {
  id: string;
  email: string;
}

/** Who asks, as Auth and table `admins` say right now. */
export type Session =
  | { kind: "anonymous" }
  | { kind: "not_operator"; email: string }
  | { kind: "operator"; admin: Admin };

/** Supabase Auth could not be asked: nobody can be told apart, and nobody is signed out by it. */
export class SessionUnavailableError extends Error {
  readonly code = "auth_unavailable";
  readonly permanent = false;
  constructor(cause: unknown) {
    super("Supabase Auth could not be asked", { cause });
    this.name = "SessionUnavailableError";
  }
}

/** The caller is not an operator (any more). */
export class NotAdminError extends Error {
  readonly code = "not_admin";
  readonly permanent = true;
  constructor() {
    super("only an operator may do this");
    this.name = "NotAdminError";
  }
}

/**
 * Asks Auth who the session cookie belongs to, then table `admins`; once per rendered request. A
 * cookie alone proves nothing. Throws {@link SessionUnavailableError} or `DatabaseError` when either is away.
 */
export const readSession = cache(async (): Promise<Session> => {
  const client = await sessionClient();
  const { data, error } = await client.auth.getUser();
  if (error && isUnreachable(error)) throw new SessionUnavailableError(error);
  if (!data.user) return { kind: "anonymous" };
  const { id, email = id } = data.user;
  const found = await rows(database("page").from("admins").select("user_id").eq("user_id", id));
  return found.length > 0 ? { kind: "operator", admin: { id, email } } : { kind: "not_operator", email };
});

/** The operator who asks, or null. */
export async function currentAdmin(): Promise<Admin | null> {
  const session = await readSession();
  return session.kind === "operator" ? session.admin : null;
}

/** The operator who asks; throws {@link NotAdminError}. For data functions and server actions. */
export async function requireAdmin(): Promise<Admin> {
  const admin = await currentAdmin();
  if (!admin) throw new NotAdminError();
  return admin;
}

/** The operator who asks, for pages: anybody else is sent to sign in, and back to `path` after. */
export async function requireAdminOn(path: string): Promise<Admin> {
  const admin = await currentAdmin();
  if (!admin) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  return admin;
}

/** Whether an answer of Auth means that it was not reached rather than that it refused. */
export function isUnreachable(error: AuthError): boolean {
  return isAuthRetryableFetchError(error) || (error.status ?? 0) >= 500;
}

/** A Supabase client that acts for the reader's session cookie; for sign-in, sign-out and asking who it is. */
export async function sessionClient() {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return connectSession(head.get("x-forwarded-proto") === "https", {
    getAll: () => jar.getAll(),
    setAll: (changes) => {
      try {
        for (const { name, value, options } of changes) jar.set(name, value, options);
      } catch {
        // While a page renders cookies cannot be set; the proxy has refreshed the session before.
      }
    },
  });
}

/** The same for given cookies, e.g. those of a request in the proxy. `secure`: the page came by https. */
export function connectSession(secure: boolean, jar: CookieMethodsServer) {
  const { NEXT_PUBLIC_SUPABASE_URL, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY } = databaseEnv();
  return createServerClient(NEXT_PUBLIC_SUPABASE_URL, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, {
    cookies: jar,
    cookieOptions: { name: SESSION_COOKIE, httpOnly: true, sameSite: "lax", path: "/", secure },
    global: {
      fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) }),
    },
  });
}

/** Its chunks are called `banzuke-session.0` and so on. */
export const SESSION_COOKIE = "banzuke-session";

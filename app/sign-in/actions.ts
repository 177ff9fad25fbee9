"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { safeNextPath } from "@/lib/admin/next-path";
import { rootLog } from "@/lib/platform/log";
import { isUnreachable, sessionClient } from "@/lib/platform/session";

const credentials = z.object({ email: z.email(), password: z.string().min(1).max(1_000) });

/** Why signing in did not work; null before anybody tried. `email` fills the field again. */
export type SignInState = { problem: "missing" | "wrong" | "tooMany" | "unreachable"; email: string } | null;

/** Signs in with e-mail and password, then goes where the reader was heading. */
export async function signIn(_before: SignInState, form: FormData): Promise<SignInState> {
  const email = String(form.get("email") ?? "").trim();
  const given = credentials.safeParse({ email, password: form.get("password") });
  if (!given.success) return { problem: "missing", email };

  const client = await sessionClient();
  const { error } = await client.auth.signInWithPassword(given.data);
  if (error) {
    rootLog.info({ event: "sign_in.refused", code: error.code, status: error.status });
    if (isUnreachable(error)) return { problem: "unreachable", email };
    return { problem: error.status === 429 ? "tooMany" : "wrong", email };
  }
  const next = form.get("next");
  redirect(safeNextPath(typeof next === "string" ? next : null));
}

/** Ends the session here; other devices stay signed in. */
export async function signOut(): Promise<void> {
  const client = await sessionClient();
  await client.auth.signOut({ scope: "local" });
  redirect("/sign-in");
}

import { createClient } from "@supabase/supabase-js";
import { Client } from "pg";
import { StackError } from "./errors";

/** An operator of the admin pages. */
export type AdminAccount = { email: string; password: string };

/**
 * Makes sure the operator can sign in with this password and is in `public.admins`: signs up through the Auth
 * API, or gives an account that exists the password. Safe to repeat.
 */
export async function seedAdmin(
  supabase: { url: string; publishableKey: string },
  postgresUrl: string,
  admin: AdminAccount,
): Promise<void> {
  const { auth } = createClient(supabase.url, supabase.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `update auth.users set encrypted_password = extensions.crypt($2, extensions.gen_salt('bf', 10)) where email = $1`,
      [admin.email, admin.password],
    );
    if (rowCount === 0) {
      const { error } = await auth.signUp(admin);
      if (error) throw new StackError(`The admin account could not be made: ${error.message}.`);
    }
    await client.query(
      `insert into public.admins (user_id, email) select id, email from auth.users where email = $1 on conflict do nothing`,
      [admin.email],
    );
  } finally {
    await client.end();
  }
}

import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { keptJson } from "./kept-file";

const Keys = z.object({
  publishableKey: z.string().startsWith("sb_publishable_"),
  secretKey: z.string().startsWith("sb_secret_"),
  jwtSecret: z.string().min(32),
});

/** The keys of one stack's Supabase. */
export type SupabaseKeys = z.infer<typeof Keys>;

/** Random keys in the format hosted Supabase issues. */
export function generateKeys(): SupabaseKeys {
  return {
    publishableKey: apiKey("sb_publishable_"),
    secretKey: apiKey("sb_secret_"),
    jwtSecret: randomBytes(32).toString("hex"),
  };
}

/** The keys kept in the file, made the first time: sessions outlive a restart. */
export async function keepKeys(file: string): Promise<SupabaseKeys> {
  return keptJson(file, Keys, generateKeys);
}

function apiKey(prefix: string): string {
  const random = randomBytes(24).toString("base64url").replaceAll(/[-_]/g, "x").slice(0, 22);
  const check = createHash("sha256").update(random).digest("base64url").replaceAll(/[-_]/g, "x").slice(0, 8);
  return `${prefix}${random}_${check}`;
}

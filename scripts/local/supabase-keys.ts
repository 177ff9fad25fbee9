import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { codeOf, StackError } from "./errors";

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

/** Reads the keys kept in the file, making them the first time: sessions outlive a restart. */
export async function keepKeys(file: string): Promise<SupabaseKeys> {
  try {
    return Keys.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (codeOf(error) !== "ENOENT") {
      throw new StackError(
        `${file} is not a list of keys: delete it, or npm run dev -- --reset to start anew.`,
      );
    }
  }
  const keys = generateKeys();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  return keys;
}

function apiKey(prefix: string): string {
  const random = randomBytes(24).toString("base64url").replaceAll(/[-_]/g, "x").slice(0, 22);
  const check = createHash("sha256").update(random).digest("base64url").replaceAll(/[-_]/g, "x").slice(0, 8);
  return `${prefix}${random}_${check}`;
}

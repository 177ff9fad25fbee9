import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { z } from "zod";
import { keptJson, writePrivateJson } from "./kept-file";

const Keys = z.object({
  publishableKey: z.string().startsWith("sb_publishable_"),
  secretKey: z.string().startsWith("sb_secret_"),
  jwtSecret: z.string().min(32),
  /** The private key that signs users' tokens. */
  signingKey: z.object({
    kty: z.literal("EC"),
    crv: z.literal("P-256"),
    x: z.string(),
    y: z.string(),
    d: z.string(),
    kid: z.string(),
    alg: z.literal("ES256"),
  }),
});

/** The keys of one stack's Supabase. */
export type SupabaseKeys = z.infer<typeof Keys>;

/** Random keys in the format hosted Supabase issues. */
export function generateKeys(): SupabaseKeys {
  return {
    publishableKey: apiKey("sb_publishable_"),
    secretKey: apiKey("sb_secret_"),
    jwtSecret: randomBytes(32).toString("hex"),
    signingKey: signingKey(),
  };
}

/** The keys kept in the file, so that sessions outlive a restart; those it does not have yet are made and kept too. */
export async function keepKeys(file: string): Promise<SupabaseKeys> {
  const kept = await keptJson(file, Keys.partial(), generateKeys);
  const complete = Keys.safeParse(kept);
  if (complete.success) return complete.data;
  const keys = { ...generateKeys(), ...kept };
  await writePrivateJson(file, keys);
  return keys;
}

function signingKey(): SupabaseKeys["signingKey"] {
  const {
    x = "",
    y = "",
    d = "",
  } = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
    format: "jwk",
  });
  return { kty: "EC", crv: "P-256", x, y, d, kid: randomBytes(16).toString("hex"), alg: "ES256" };
}

function apiKey(prefix: string): string {
  const random = randomBytes(24).toString("base64url").replaceAll(/[-_]/g, "x").slice(0, 22);
  const check = createHash("sha256").update(random).digest("base64url").replaceAll(/[-_]/g, "x").slice(0, 8);
  return `${prefix}${random}_${check}`;
}

import { randomBytes } from "node:crypto";
import { SignJWT } from "jose";
import { z } from "zod";
import { makeServiceAccountKey } from "./emulators/service-account";
import { keptJson, writePrivateJson } from "./kept-file";

const Secrets = z.object({
  cronSecret: z.string(),
  redisRestToken: z.string(),
  adminPassword: z.string(),
  slackBotToken: z.string(),
  resendApiKey: z.string(),
  resendWebhookSecret: z.string(),
  notifyLinkSecret: z.string(),
  posthogKey: z.string(),
  expoAccessToken: z.string(),
  serperApiKey: z.string(),
  /** The JSON of a service account's key. */
  googleServiceAccount: z.string(),
});

/** Secrets of one stack besides Supabase's keys, all random. */
export type StackSecrets = z.infer<typeof Secrets>;

/** The secrets kept in the file; those it does not have yet are made and kept too. */
export async function keepSecrets(file: string): Promise<StackSecrets> {
  const kept = await keptJson(file, Secrets.partial(), () => ({}));
  const complete = Secrets.safeParse(kept);
  if (complete.success) return complete.data;
  const secrets = { ...(await makeSecrets()), ...kept };
  await writePrivateJson(file, secrets);
  return secrets;
}

/** The service-role key as Supabase makes it of a JWT secret, good for a year. */
export function signServiceRoleJwt(jwtSecret: string): Promise<string> {
  return new SignJWT({ role: "service_role" })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer("supabase")
    .setIssuedAt()
    .setExpirationTime("1y")
    .sign(new TextEncoder().encode(jwtSecret));
}

async function makeSecrets(): Promise<StackSecrets> {
  return {
    cronSecret: random(),
    redisRestToken: random(),
    adminPassword: randomBytes(9).toString("base64url").replaceAll(/[-_]/g, "x"),
    slackBotToken: `xoxb-${random()}`,
    resendApiKey: `re_${random()}`,
    resendWebhookSecret: `whsec_${randomBytes(24).toString("base64")}`,
    notifyLinkSecret: random(),
    posthogKey: `phc_${random()}`,
    expoAccessToken: random(),
    serperApiKey: random(),
    googleServiceAccount: await makeServiceAccountKey(),
  };
}

function random(): string {
  return randomBytes(24).toString("base64url");
}

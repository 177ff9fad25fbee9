import { randomBytes } from "node:crypto";
import { SignJWT } from "jose";
import { z } from "zod";
import { keptJson } from "./kept-file";

const Secrets = z.object({
  cronSecret: z.string(),
  redisRestToken: z.string(),
  adminPassword: z.string(),
  slackBotToken: z.string(),
  resendApiKey: z.string(),
  posthogKey: z.string(),
  expoAccessToken: z.string(),
});

/** Secrets of one stack besides Supabase's keys, all random. */
export type StackSecrets = z.infer<typeof Secrets>;

/** The secrets kept in the file, made the first time. */
export function keepSecrets(file: string): Promise<StackSecrets> {
  return keptJson(file, Secrets, () => ({
    cronSecret: random(),
    redisRestToken: random(),
    adminPassword: randomBytes(9).toString("base64url").replaceAll(/[-_]/g, "x"),
    slackBotToken: `xoxb-${random()}`,
    resendApiKey: `re_${random()}`,
    posthogKey: `phc_${random()}`,
    expoAccessToken: random(),
  }));
}

/** A JWT that the app's service-role routes accept, good for a year. */
export function signServiceRoleJwt(jwtSecret: string): Promise<string> {
  return new SignJWT({ role: "service_role" })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer("banzuke-local")
    .setIssuedAt()
    .setExpirationTime("1y")
    .sign(new TextEncoder().encode(jwtSecret));
}

function random(): string {
  return randomBytes(24).toString("base64url");
}

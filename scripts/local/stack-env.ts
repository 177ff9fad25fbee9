import { readFileSync } from "node:fs";
import { z } from "zod";
import { StackError } from "./errors";

const providers = z.object({
  resend: z.url(),
  slack: z.url(),
  s3: z.url(),
  expo: z.url(),
  posthog: z.url(),
  serper: z.url(),
  searchConsole: z.url(),
  rakuten: z.url().optional(),
});

const stackFile = z.object({
  /** Whether Next runs in development, from a production build, or not at all (`app` is then where it would be). */
  mode: z.enum(["dev", "start", "none"]),
  pid: z.int(),
  app: z.url(),
  supabaseUrl: z.url(),
  publishableKey: z.string(),
  secretKey: z.string(),
  jwtSecret: z.string(),
  postgresUrl: z.string(),
  redisRestUrl: z.url(),
  redisRestToken: z.string(),
  redis: z.object({ engine: z.enum(["redis", "memory"]), version: z.string() }),
  queueUrl: z.string(),
  cronSecret: z.string(),
  serviceRoleJwt: z.string(),
  admin: z.object({ email: z.string(), password: z.string() }),
  providers,
  slack: z.object({ botToken: z.string(), alertChannel: z.string() }),
  resendApiKey: z.string(),
  resendWebhookSecret: z.string(),
  notifyLinkSecret: z.string(),
  posthogKey: z.string(),
  expoAccessToken: z.string(),
  serperApiKey: z.string(),
  googleServiceAccount: z.string(),
});

/** `<dataDir>/stack.json`: where everything of a running stack is, for scripts, tests and people. */
export type StackFile = z.infer<typeof stackFile>;

/** Reads a stack file. @throws StackError saying what to do when no stack runs or the file is another version's */
export function readStackFile(path: string): StackFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new StackError(`No stack is running: ${path} is not there. Start one with npm run dev.`);
  }
  const parsed = stackFile.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => issue.path.join(".")).join(", ");
  throw new StackError(
    `${path} is not a stack file of this version (${wrong || "not JSON"}): restart npm run dev.`,
  );
}

/** The environment the app needs to run against a stack: the one place that knows which setting comes from where. */
export function envFromStackFile(file: StackFile): Record<string, string> {
  return {
    NODE_ENV: file.mode === "start" ? "production" : "development",
    PORT: new URL(file.app).port,
    NEXT_PUBLIC_SUPABASE_URL: file.supabaseUrl,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: file.publishableKey,
    SUPABASE_SECRET_KEY: file.secretKey,
    SUPABASE_JWT_SECRET: file.jwtSecret,
    UPSTASH_REDIS_REST_URL: file.redisRestUrl,
    UPSTASH_REDIS_REST_TOKEN: file.redisRestToken,
    QUEUE_URL: file.queueUrl,
    CRON_SECRET: file.cronSecret,
    METRICS_TOKEN: file.cronSecret,
    POSTHOG_KEY: file.posthogKey,
    POSTHOG_HOST: file.providers.posthog,
    EXPO_BASE_URL: file.providers.expo,
    EXPO_ACCESS_TOKEN: file.expoAccessToken,
    SLACK_BOT_TOKEN: file.slack.botToken,
    SLACK_API_URL: `${file.providers.slack}/api/`,
    SLACK_ALERT_CHANNEL: file.slack.alertChannel,
    RESEND_API_KEY: file.resendApiKey,
    RESEND_BASE_URL: file.providers.resend,
    RESEND_WEBHOOK_SECRET: file.resendWebhookSecret,
    APP_URL: file.app,
    NOTIFY_FROM: "Banzuke <rank@banzuke.test>",
    NOTIFY_LINK_SECRET: file.notifyLinkSecret,
    SERPER_API_KEY: file.serperApiKey,
    SERPER_API_URL: file.providers.serper,
    GOOGLE_SERVICE_ACCOUNT_JSON: file.googleServiceAccount,
    SEARCH_CONSOLE_API_URL: file.providers.searchConsole,
    SEARCH_CONSOLE_TOKEN_URL: `${file.providers.searchConsole}/token`,
    DO_NOT_TRACK: "1",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

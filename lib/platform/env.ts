import { z } from "zod";

/** A setting is missing or malformed. Names every offender; never repeats a value. */
export class ConfigurationError extends Error {
  readonly settings: string[];
  constructor(issues: { name: string; message: string }[]) {
    super(
      `Configuration: ${issues.map((issue) => `${issue.name} ${issue.message}`).join("; ")}. See .env.example.`,
    );
    this.name = "ConfigurationError";
    this.settings = issues.map((issue) => issue.name);
  }
}

const url = z.url({ error: missingOr("must be a URL") });
const secret = z.string({ error: missingOr("must be text") }).min(1, "is empty");
const count = z.coerce.number().int().min(1, "must be a whole number of at least 1");

const databaseSchema = z.object({
  NEXT_PUBLIC_SUPABASE_URL: url,
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: secret,
  SUPABASE_SECRET_KEY: secret,
});
const redisSchema = z.object({ UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: secret });
const cronSchema = z.object({ CRON_SECRET: secret.min(16, "must have at least 16 characters") });
const authSchema = databaseSchema.extend({
  SUPABASE_JWT_SECRET: secret.min(32, "must have at least 32 characters").optional(),
});
const posthogSchema = z.object({
  POSTHOG_KEY: secret.optional(),
  POSTHOG_HOST: url.default("https://eu.i.posthog.com"),
});
const expoSchema = z.object({ EXPO_ACCESS_TOKEN: secret.optional() });
const slackSchema = z.object({
  SLACK_BOT_TOKEN: secret.optional(),
  SLACK_ALERT_CHANNEL: secret.optional(),
  SLACK_API_URL: url.optional(),
});
const engineSchema = z.object({
  VERCEL_ENV: z.string().optional(),
  BANZUKE_ENV: z.enum(["dev", "prod"]).optional(),
  JOB_LEASE_SECONDS: z.coerce.number().min(0.5).max(600).default(45),
  JOB_RUNS_RETENTION_DAYS: count.default(90),
});
const rateLimitSchema = z.object({ RATE_LIMIT_PER_MINUTE: count.default(600) });
const contestSchema = z.object({
  CONTEST_TOP_N: z
    .union([z.literal("all"), count], { error: 'must be "all" or a whole number of at least 1' })
    .default(100),
  CONTEST_RETENTION_DAYS: count.optional(),
});

const resendSchema = z.object({
  RESEND_API_KEY: secret.optional(),
  RESEND_REQUESTS_PER_SECOND: z.coerce.number().min(0.1).max(100).default(2),
  RESEND_WEBHOOK_SECRET: secret.optional(),
});
const notifySchema = z.object({
  APP_URL: url,
  NOTIFY_FROM: secret,
  NOTIFY_LINK_SECRET: secret.min(32, "must have at least 32 characters"),
  NOTIFY_MAX_AGE_DAYS: count.default(14),
});
const serperSchema = z.object({
  SERPER_API_KEY: secret.optional(),
  SERPER_API_URL: url.default("https://google.serper.dev"),
  SERPER_REQUESTS_PER_SECOND: z.coerce.number().min(0.1).max(300).default(40),
  SERPER_DEPTH: count.max(100, "must be at most 100").default(50),
});
const searchConsoleSchema = z.object({
  GOOGLE_SERVICE_ACCOUNT_JSON: secret.optional(),
  SEARCH_CONSOLE_API_URL: url.default("https://searchconsole.googleapis.com"),
  SEARCH_CONSOLE_TOKEN_URL: url.default("https://oauth2.googleapis.com/token"),
  SEARCH_CONSOLE_DATA_STATE: z.enum(["final", "all"]).default("final"),
});
const watchSchema = z.object({
  WATCH_MAX_FAILURE_RATE: z.coerce.number().min(0).max(1).default(0.2),
  WATCH_MAX_LOSS_RATE: z.coerce.number().min(0).max(1).default(0.5),
});

const trendingWindows = z
  .string()
  .transform((text) => [...new Set(text.split(",").map((name) => name.trim()))])
  .pipe(z.array(z.enum(["1h", "6h", "24h", "7d"], { error: 'knows "1h", "6h", "24h" and "7d"' })))
  .refine((names) => names.includes("24h") && names.includes("6h"), "must contain 24h and 6h");
const trendingSchema = z.object({
  TRENDING_ENABLED: z.stringbool({ error: "must be true or false" }).default(true),
  TRENDING_WINDOWS: trendingWindows.default(["24h", "6h"]),
  TRENDING_SCORE_PROFILE: secret.default("default"),
  TRENDING_STALE_MINUTES: count.default(15),
  TRENDING_TTL_HOURS: count.default(48),
  TRENDING_HISTORY_TOPICS: count.default(500),
  TRENDING_BATCH_TOPICS: count.default(50_000),
  TRENDING_MAX_ROWS: count.default(100_000),
});

const metricsSchema = z.object({
  METRICS_TOKEN: secret.min(16, "must have at least 16 characters").optional(),
  METRICS_ALLOW_LOOPBACK: z.stringbool({ error: "must be true or false" }).default(false),
  METRICS_EMIT_HISTOGRAM: z.stringbool({ error: "must be true or false" }).default(false),
});

/** Supabase: project URL, publishable key and secret (service-role) key. */
export const databaseEnv = lazily(databaseSchema);
/** Upstash Redis over REST. */
export const redisEnv = lazily(redisSchema);
/** The bearer that Vercel Cron sends. */
export const cronEnv = lazily(cronSchema);
/** Whose tokens are good: the project's, signed with its published keys or, where it is set, with its JWT secret. */
export const authEnv = lazily(authSchema);
/** PostHog; without a key its sink is not offered any event. */
export const posthogEnv = lazily(posthogSchema);
/** Expo push. The access token is needed only where the Expo project enforces it. */
export const expoEnv = lazily(expoSchema);
/** Slack for operators; without token and channel, warnings stay in the log and Sentry. */
export const slackEnv = lazily(slackSchema);
/** The job engine: environment label, lease length, ledger retention. */
export const engineEnv = lazily(engineSchema);
/** Requests a minute that one address may make to public routes. */
export const rateLimitEnv = lazily(rateLimitSchema);
/** The contest's settings (PRODUCT.md, "Settings the seeds left open"). */
export const contestEnv = lazily(contestSchema);

/** Resend: without a key no e-mail is sent, and digests wait. The SDK itself reads RESEND_BASE_URL. */
export const resendEnv = lazily(resendSchema);
/** What digests need: the app's public address, the sender, the secret that signs preference links. */
export const notifyEnv = lazily(notifySchema);
/** Serper, a search results API: requests a second below the plan's limit, and how many results deep to look. */
export const serperEnv = lazily(serperSchema);
/** Google Search Console: the JSON (or its base64) of the key of a service account that may read the properties. */
export const searchConsoleEnv = lazily(searchConsoleSchema);
/** When a check is too partial to tell anybody anything. */
export const watchEnv = lazily(watchSchema);

/** Trending metrics: what is counted, for how long it stands, and when an operator is warned. */
export const trendingEnv = lazily(trendingSchema);

/** Who may read /api/metrics, and whether durations are a histogram or the last run's. */
export const metricsEnv = lazily(metricsSchema);

/** `prod` on Vercel's production deployment or where BANZUKE_ENV says so, else `dev`. */
export function currentEnv(): "dev" | "prod" {
  const { BANZUKE_ENV, VERCEL_ENV } = engineEnv();
  return BANZUKE_ENV ?? (VERCEL_ENV === "production" ? "prod" : "dev");
}

function missingOr(message: string) {
  return (issue: { input?: unknown }) => (issue.input === undefined ? "is not set" : message);
}

/** Parses one group of settings at first use, so that a build needs no secret. */
function lazily<T extends z.ZodType>(schema: T): () => z.infer<T> {
  let parsed: z.infer<T> | undefined;
  return () => {
    if (parsed === undefined) {
      const result = schema.safeParse(withoutEmpty(process.env));
      if (!result.success) {
        throw new ConfigurationError(
          result.error.issues.map((issue) => ({ name: issue.path.join("."), message: issue.message })),
        );
      }
      parsed = result.data;
    }
    return parsed;
  };
}

/** `NAME=` in a dotenv file means "not set": an empty secret must never pass for one. */
function withoutEmpty(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
}

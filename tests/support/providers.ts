import { WebClient } from "@slack/web-api";
import { type Controls, controlsOf } from "@/scripts/local/emulators/controls";
import { makeServiceAccountKey } from "@/scripts/local/emulators/service-account";
import { type ProviderName, startEmulators } from "@/scripts/local/emulators/start";

/** Running providers, and with {@link Controls} all that a test may ask of them. */
export interface Providers extends Controls {
  urls: Record<ProviderName, string>;
  /** Texts posted to the operators' Slack channel, newest first. */
  slackTexts: () => Promise<string[]>;
  close: () => Promise<void>;
}

const SLACK_TOKEN = "xoxb-test-operators";
const SERPER_KEY = "serper-test";
const RESEND_WEBHOOK_SECRET = `whsec_${Buffer.from("a secret that only tests know").toString("base64")}`;

/**
 * Starts the providers and points this process's settings at them. Modules read settings once, and the
 * Expo SDK at import: import what sends only after this.
 */
export async function startProviders(): Promise<Providers> {
  const [{ urls, close }, serviceAccountKey] = await Promise.all([
    startEmulators({
      slackBotToken: SLACK_TOKEN,
      resendWebhookSecret: RESEND_WEBHOOK_SECRET,
      serperApiKey: SERPER_KEY,
    }),
    makeServiceAccountKey(),
  ]);
  Object.assign(process.env, {
    POSTHOG_KEY: "phc_test",
    POSTHOG_HOST: urls.posthog,
    EXPO_BASE_URL: urls.expo,
    SLACK_BOT_TOKEN: SLACK_TOKEN,
    SLACK_API_URL: `${urls.slack}/api/`,
    SLACK_ALERT_CHANNEL: "#ops",
    RESEND_API_KEY: "re_test",
    RESEND_BASE_URL: urls.resend,
    RESEND_WEBHOOK_SECRET,
    APP_URL: "https://app.banzuke.test",
    NOTIFY_FROM: "Banzuke <rank@banzuke.test>",
    NOTIFY_LINK_SECRET: "links-of-tests-are-signed-with-this",
    SERPER_API_KEY: SERPER_KEY,
    SERPER_API_URL: urls.serper,
    GOOGLE_SERVICE_ACCOUNT_JSON: serviceAccountKey,
    SEARCH_CONSOLE_API_URL: urls.searchConsole,
    SEARCH_CONSOLE_TOKEN_URL: `${urls.searchConsole}/token`,
  });
  const slack = new WebClient(SLACK_TOKEN, { slackApiUrl: `${urls.slack}/api/` });
  return {
    ...controlsOf(urls),
    urls,
    slackTexts: async () => {
      const { channels = [] } = await slack.conversations.list();
      const channel = channels.find(({ name }) => name === "ops")?.id ?? "";
      const { messages = [] } = await slack.conversations.history({ channel });
      return messages.map(({ text = "" }) => text);
    },
    close,
  };
}

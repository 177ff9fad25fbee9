import { WebClient } from "@slack/web-api";
import { type ProviderName, startEmulators } from "@/scripts/local/emulators/start";

export interface Providers {
  /** Everything a provider received under a name, in order. */
  received: <T>(provider: ProviderName, name: string) => Promise<T[]>;
  /** Makes a provider's next requests fail: see `scripts/local/emulators/front.ts`. */
  fail: (
    provider: ProviderName,
    fault: { status?: number; times?: number; processed?: boolean },
  ) => Promise<void>;
  reset: () => Promise<void>;
  /** Texts posted to the operators' Slack channel, newest first. */
  slackTexts: () => Promise<string[]>;
  close: () => Promise<void>;
}

const SLACK_TOKEN = "xoxb-test-operators";

/**
 * Starts the providers and points this process's settings at them. Modules read settings once, and the
 * Expo SDK at import: import what sends only after this.
 */
export async function startProviders(): Promise<Providers> {
  const emulators = await startEmulators({ slackBotToken: SLACK_TOKEN });
  const { urls } = emulators;
  Object.assign(process.env, {
    POSTHOG_KEY: "phc_test",
    POSTHOG_HOST: urls.posthog,
    EXPO_BASE_URL: urls.expo,
    SLACK_BOT_TOKEN: SLACK_TOKEN,
    SLACK_API_URL: `${urls.slack}/api/`,
    SLACK_ALERT_CHANNEL: "#ops",
  });
  const slack = new WebClient(SLACK_TOKEN, { slackApiUrl: `${urls.slack}/api/` });
  const post = async (url: string, body: unknown) => {
    const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  };
  return {
    received: async (provider, name) => {
      const response = await fetch(`${urls[provider]}/_emulate/${name}`);
      return ((await response.json()) as Record<string, never[]>)[name] ?? [];
    },
    fail: (provider, fault) => post(`${urls[provider]}/_emulate/fail`, fault),
    reset: async () => {
      await Promise.all(
        (["expo", "posthog", "slack"] as const).map((name) => post(`${urls[name]}/_emulate/reset`, {})),
      );
    },
    slackTexts: async () => {
      const { channels = [] } = await slack.conversations.list();
      const channel = channels.find(({ name }) => name === "ops")?.id ?? "";
      const { messages = [] } = await slack.conversations.history({ channel });
      return messages.map(({ text = "" }) => text);
    },
    close: emulators.close,
  };
}

import { WebClient } from "@slack/web-api";
import { slackEnv } from "@/lib/platform/env";

const REQUEST_TIMEOUT_MS = 10_000;

/** Whether a token and a channel for operators are configured. */
export function operatorsHaveSlack(): boolean {
  const { SLACK_BOT_TOKEN, SLACK_ALERT_CHANNEL } = slackEnv();
  return SLACK_BOT_TOKEN !== undefined && SLACK_ALERT_CHANNEL !== undefined;
}

/**
 * Posts a message (Slack mrkdwn) to the operators' channel; without a configured channel it does nothing.
 * Throws what the Slack SDK throws; callers decide whether to retry, so the SDK does not.
 */
export async function postToOperators(text: string): Promise<void> {
  const { SLACK_BOT_TOKEN, SLACK_ALERT_CHANNEL, SLACK_API_URL } = slackEnv();
  if (!SLACK_BOT_TOKEN || !SLACK_ALERT_CHANNEL) return;
  const client = new WebClient(SLACK_BOT_TOKEN, {
    ...(SLACK_API_URL ? { slackApiUrl: SLACK_API_URL } : {}),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: REQUEST_TIMEOUT_MS,
  });
  await client.chat.postMessage({ channel: SLACK_ALERT_CHANNEL, text, unfurl_links: false });
}

import { ErrorCode, LogLevel, type WebAPICallError, WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Outcome, Setback } from "@/lib/notify/channels/channel";
import { slackEnv } from "@/lib/platform/env";
import { type Failure, reasonOf } from "@/lib/platform/failure";

/** Slack takes about one message a second per channel (FACTS, "Providers"). */
export const SLACK_INTERVAL_SECONDS = 1;
const REQUEST_TIMEOUT_MS = 10_000;

/** A Slack message as it is frozen in `deliveries.content`. */
export const slackContent = z.object({
  text: z.string(),
  blocks: z.array(z.record(z.string(), z.unknown())),
});
export type FrozenSlack = z.infer<typeof slackContent>;

/**
 * Posts a message to a channel. Slack knows no idempotency key: when the answer is lost, the message may be
 * there, and the outcome is `uncertain`. The metadata lets an operator find it by its delivery.
 */
export async function postSlack(
  channel: string,
  content: FrozenSlack,
  deliveryId: string,
): Promise<Outcome | Setback> {
  const { SLACK_BOT_TOKEN, SLACK_API_URL } = slackEnv();
  if (!SLACK_BOT_TOKEN)
    return { status: "halt", error: passing("slack_not_configured", "SLACK_BOT_TOKEN is not set") };
  const client = new WebClient(SLACK_BOT_TOKEN, {
    ...(SLACK_API_URL ? { slackApiUrl: SLACK_API_URL } : {}),
    // A repetition is ours to decide: it could be a second message.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: REQUEST_TIMEOUT_MS,
    // What went wrong is told by the outcome.
    logLevel: LogLevel.ERROR,
  });
  try {
    const answer = await client.chat.postMessage({
      channel,
      text: content.text,
      blocks: content.blocks as never,
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: "banzuke_digest", event_payload: { delivery_id: deliveryId } },
    });
    return { status: "sent", providerId: answer.ts ?? "" };
  } catch (error) {
    return afterError(error as WebAPICallError);
  }
}

/** Slack's errors by what they mean for us (its reference of chat.postMessage, "Errors"). */
const INSTALLATION_REFUSED = new Set([
  "not_authed",
  "invalid_auth",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "no_permission",
  "missing_scope",
  "not_allowed_token_type",
  "org_login_required",
  "ekm_access_denied",
  "team_access_not_granted",
  "access_denied",
  "two_factor_setup_required",
  "team_added_to_org",
]);
const PASSING = new Set([
  "ratelimited",
  "rate_limited",
  "message_limit_exceeded",
  "service_unavailable",
  "request_timeout",
]);
/** Slack says of these that some part may have succeeded. */
const DOUBTFUL = new Set(["internal_error", "fatal_error"]);
/** The request never left this machine. */
const NOT_CONNECTED = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/;

function afterError(error: WebAPICallError): Outcome | Setback {
  switch (error.code) {
    case ErrorCode.RateLimitedError: {
      const limited = passing("ratelimited", `Slack asks to wait ${error.retryAfter} s`);
      return { status: "again", error: limited, seconds: error.retryAfter, refused: true, limited: true };
    }
    case ErrorCode.PlatformError: {
      const code = error.data.error;
      if (INSTALLATION_REFUSED.has(code))
        return { status: "halt", error: passing(code, `Slack refuses: ${code}`) };
      if (PASSING.has(code)) {
        return {
          status: "again",
          error: passing(code, `Slack answered ${code}`),
          seconds: null,
          refused: true,
          limited: false,
        };
      }
      if (DOUBTFUL.has(code)) return { status: "uncertain", error: lasting(code, `Slack answered ${code}`) };
      return { status: "failed", error: lasting(code, `Slack answered ${code}`) };
    }
    case ErrorCode.HTTPError: {
      const failure = passing("slack_http_error", `Slack answered HTTP ${error.statusCode}`);
      if (error.statusCode >= 500)
        return { status: "again", error: failure, seconds: null, refused: true, limited: false };
      return { status: "failed", error: { ...failure, permanent: true } };
    }
    default: {
      const reason = reasonOf(error);
      if (NOT_CONNECTED.test(reason)) {
        return {
          status: "again",
          error: passing("slack_unreachable", reason),
          seconds: null,
          refused: true,
          limited: false,
        };
      }
      return { status: "uncertain", error: lasting("slack_no_answer", reason) };
    }
  }
}

function passing(code: string, message: string): Failure {
  return { code, message, permanent: false };
}

function lasting(code: string, message: string): Failure {
  return { code, message, permanent: true };
}

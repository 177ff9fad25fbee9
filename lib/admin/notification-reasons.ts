/**
 * Codes of providers, and our own, by what they mean for an operator. The words stand under
 * `notifications.reasons`. Others exist: those are shown as they are.
 */
const CODES = {
  credential: [
    ...["missing_api_key", "invalid_api_key", "restricted_api_key", "invalid_access"],
    ...["not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired", "no_permission"],
    ...["missing_scope", "not_allowed_token_type", "org_login_required", "ekm_access_denied"],
    ...["team_access_not_granted", "access_denied", "two_factor_setup_required", "team_added_to_org"],
  ],
  not_configured: ["email_not_configured", "slack_not_configured"],
  sender: ["invalid_from_address"],
  quota: ["daily_quota_exceeded", "monthly_quota_exceeded"],
  endpoint: ["not_found", "method_not_allowed"],
  pace: [
    ...["rate_limit_exceeded", "concurrent_idempotent_requests", "waiting_for_turn"],
    ...["ratelimited", "rate_limited", "message_limit_exceeded"],
  ],
  provider_down: [
    ...["application_error", "internal_server_error", "service_unavailable", "request_timeout"],
    ...["slack_http_error", "slack_unreachable"],
  ],
  invalid_address: ["invalid_email"],
  invalid_message: [
    ...["validation_error", "missing_required_field", "invalid_parameter", "invalid_attachment"],
    ...["invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text"],
  ],
  bounced: ["bounced"],
  complained: ["complained"],
  channel_archived: ["is_archived"],
  channel_missing: ["channel_not_found"],
  not_in_channel: ["not_in_channel"],
  channel_restricted: [
    ...["restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel"],
    ...["restricted_action_non_threadable_channel", "messages_tab_disabled", "cannot_dm_bot"],
  ],
  turned_off: ["turned_off"],
  expired: ["expired"],
  no_answer: ["slack_no_answer", "internal_error", "fatal_error", "answer_unknown"],
  answer_incomplete: ["answer_incomplete"],
  sender_died: ["sender_died"],
  other_contents: ["invalid_idempotent_request"],
} as const satisfies Record<string, readonly string[]>;

export type ReasonKey = keyof typeof CODES;

const KEYS = new Map<string, ReasonKey>(
  Object.entries(CODES).flatMap(([key, codes]) => codes.map((code) => [code, key as ReasonKey] as const)),
);

/** The key of the words for a code, or null for one that has none. */
export function reasonKey(code: string): ReasonKey | null {
  return KEYS.get(code) ?? null;
}

/** Every key there must be words for, and every code that leads to one. */
export const REASON_CODES: Record<ReasonKey, readonly string[]> = CODES;

import type { Messages } from "@/lib/i18n/messages/type";

type FailureKey = keyof Messages["watch"]["failures"];

const KEYS: Record<FailureKey, true> = {
  unreachable: true,
  provider_error: true,
  rate_limited: true,
  empty_result: true,
  source_down: true,
  quota_exceeded: true,
  no_data_yet: true,
  row_limit: true,
  forbidden: true,
  invalid_url: true,
  invalid_country: true,
  source_not_configured: true,
  unauthorized: true,
  api_disabled: true,
  passing: true,
  permanent: true,
};

/** Codes that mean the same to an operator. */
const ALIASES = new Map<string, FailureKey>(
  Object.entries({
    timeout: "unreachable",
    unexpected_reply: "provider_error",
    repeated_page: "empty_result",
    invalid_credentials: "unauthorized",
    wrong_address: "api_disabled",
  }),
);

/** The key of the words for a reading's failure: its own, or those for what passes and what does not. */
export function readingFailureKey(error: { code: string; permanent: boolean }): FailureKey {
  if (Object.hasOwn(KEYS, error.code)) return error.code as FailureKey;
  return ALIASES.get(error.code) ?? (error.permanent ? "permanent" : "passing");
}

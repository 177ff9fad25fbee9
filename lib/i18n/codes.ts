import type { Messages } from "@/lib/i18n/messages/type";

/**
 * Codes from the ledger for which there are words. The ledger may hold others, from an older or newer
 * version: those are shown as they are.
 */
const OUTCOMES: Record<keyof Messages["outcomes"], true> = {
  finalized: true,
  unchanged: true,
  empty: true,
  nothing_due: true,
  delivered: true,
  checked: true,
  ranks_checked: true,
  sent: true,
  sent_with_failures: true,
  swept: true,
  refreshed: true,
  rebuilt: true,
  verified: true,
  disabled: true,
  backfilled: true,
  compared: true,
  backing_off: true,
};

const COUNTS: Record<keyof Messages["counts"], true> = {
  themes: true,
  works: true,
  finalized: true,
  unchanged: true,
  empty: true,
  already_final: true,
  conflict: true,
  still_open: true,
  delivered: true,
  postponed: true,
  failed: true,
  waiting: true,
  recovered: true,
  still_failing: true,
  abandoned: true,
  caught_up: true,
  catch_up_failed: true,
  lateness_told: true,
  runs_pruned: true,
  events_pruned: true,
  articles_read: true,
  articles_left: true,
  readings_failed: true,
  notifications: true,
  suppressed: true,
  digests: true,
  invalid_timezone: true,
  not_rendered: true,
  emails_sent: true,
  slack_sent: true,
  uncertain: true,
  expired: true,
  deliveries_emptied: true,
  rankings_deleted: true,
  topics_upserted: true,
  rows_added: true,
  rows_removed: true,
  records_expired: true,
  windows_counted: true,
  windows_kept: true,
  windows_left: true,
  topics_recorded: true,
  topics_compared: true,
  topics_equal: true,
  topics_different: true,
  drift: true,
  metrics_missing: true,
  metrics_not_a_count: true,
  metrics_likes_above_impressions: true,
};

const FAILURES: Record<keyof Messages["failures"], true> = {
  redis_unavailable: true,
  ledger_unavailable: true,
  deadline_exceeded: true,
  lease_lost: true,
  abandoned: true,
  failure_rate_exceeded: true,
  ranking_conflict: true,
  ranking_still_open: true,
  theme_not_found: true,
  themes_failed: true,
  partial_check: true,
  check_unfinished: true,
  mass_loss: true,
  provider_refuses: true,
  messages_waiting: true,
  digests_not_rendered: true,
  sweep_incomplete: true,
  refresh_busy: true,
  backfill_unfinished: true,
  passing: true,
  permanent: true,
};

const SKIP_REASONS: Record<keyof Messages["run"]["skipReasons"], true> = {
  running: true,
  already_succeeded: true,
  already_skipped: true,
  already_canceled: true,
  backing_off: true,
};

const TRIGGERS: Record<keyof Messages["runs"]["triggers"], true> = {
  cron: true,
  "catch-up": true,
  manual: true,
  api: true,
  cli: true,
  admin: true,
  queue: true,
};

export const isOutcome = knows(OUTCOMES);
export const isCount = knows(COUNTS);
export const isSkipReason = knows(SKIP_REASONS);
export const isTrigger = knows(TRIGGERS);
export const triggers = Object.keys(TRIGGERS).filter(isTrigger);

const isFailure = knows(FAILURES);

/** The key of the words that explain a failure: its own, or those for what passes and what does not. */
export function failureKey(failure: { code: string; permanent: boolean }): keyof Messages["failures"] {
  if (isFailure(failure.code)) return failure.code;
  return failure.permanent ? "permanent" : "passing";
}

function knows<Code extends string>(codes: Record<Code, true>) {
  return (code: string): code is Code => Object.hasOwn(codes, code);
}

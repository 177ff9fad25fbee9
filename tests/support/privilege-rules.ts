/** Who an API request acts as: nobody, a user like any other, a user in `public.admins`, the server. */
export const CALLERS = ["anon", "stranger", "admin", "service_role"] as const;
export type Caller = (typeof CALLERS)[number];

export type Action = "select" | "insert" | "update" | "delete" | "truncate" | "use" | "execute";

/** What each caller may do with an object; who is not named may do nothing. The server may do more. */
export type Rule = Partial<Record<Caller, readonly Action[]>>;

const SERVER_WRITES: Rule = { service_role: ["select", "insert", "update", "delete"] };
const SERVER_READS: Rule = { service_role: ["select"] };
const SERVER_CALLS: Rule = { service_role: ["execute"] };
/** Runs where a row changes, for whoever may change it; called by name it answers nobody. */
const TRIGGER: Rule = {};

/**
 * Every table, view, sequence and function of the migrations with who may do what. All of it is for the server alone:
 * the app asks as the service role and decides itself who hears what. Whoever opens something to others says so here.
 */
export const RULES: ReadonlyMap<string, Rule> = new Map([
  ...rule(
    SERVER_WRITES,
    `jobs job_runs job_totals job_alerts
     events event_deliveries push_tokens push_messages
     themes works ranking_snapshots rankings superseded_rankings
     admins
     articles user_alert_settings rank_observations rank_checks notifications suppressed_notifications
     digests email_batches deliveries send_slots provider_webhooks
     topics posts boosts bookmarks user_follows topic_follows trending_removals trending_state topic_window_metrics
     topic_metrics_history topic_metrics_recordings score_profiles`,
  ),
  ...rule(SERVER_READS, "article_states notification_states trending_activity topic_metrics"),
  ...rule(
    SERVER_CALLS,
    `claim_job_run() heartbeat_job_run() finish_job_run() register_jobs() job_health() runs_to_recover()
     fail_abandoned_runs() prune_job_runs() list_runs()
     job_duration_bounds() job_duration_buckets() sum_counts() add_to_job_totals() skip_job_run() last_success_start()
     job_streak() claim_failure_alert() claim_recovery_alert() claim_lateness_alert() job_metrics()
     enqueue_event() claim_event_deliveries() settle_event_delivery() extend_event_delivery() fan_out_push()
     claim_push_messages() settle_push_messages() push_messages_left() claim_push_receipts() settle_push_receipts()
     expire_push_receipts() outbox_summary() push_summary() retry_failed_deliveries() prune_events()
     theme_closes_at() themes_due() finalize_ranking() close_empty_theme() read_theme() read_ranking()
     ranking_checksum() delete_rankings_before() list_themes() ranks_of_works()
     articles_to_check() record_observations() check_summary() articles_to_judge() write_notifications()
     record_rank_check() admin_articles() article_history() admin_alert_users() import_observations() article_counts()
     articles_matching() watch_users() match_articles() import_articles() match_observations()
     open_channels() digest_candidates() open_digests() take_over_digests() digest_sources() freeze_digests()
     drop_digests() take_send_slot() delay_send_slot() mark_digests_sent() give_up_deliveries() claim_email_batch()
     settle_email_batch() postpone_email_batch() free_email_batch() claim_slack_deliveries() settle_delivery()
     deliveries_left() record_email_report() expire_notifications() prune_deliveries()
     can_resend() admin_notifications() admin_notification_counts() resend_deliveries() deliveries_to_resend()
     preview_resend() resend_matching() notification_backlog() queue_test_delivery()
     result_mail_recipients() freeze_result_mails()
     trending_rows_query() trending_totals() score_profile_in_force() refresh_trending() adopt_restored_rows()
     start_trending() recompute_trending() expire_trending() claim_size_warning()
     trending_score() score_weights() trending_scored() trending_topics() preview_trending() trending_topic()
     trending_posts() following_posts() trending_absence() record_trending() backfilled_ends() compare_trending()
     trending_series() choose_score_profile() trending_gauges() admin_trending()`,
  ),
  ...rule(
    TRIGGER,
    `check_rankings_have_a_snapshot() delete_rankings_of_snapshots() follow_settings()
     note_changed_post() move_engagement() place_engagement() note_changed_engagement() note_deleted_posts()
     note_deleted_engagement() forget_trending()`,
  ),
]);

/** The only functions that act with the owner's rights, whoever writes the row they follow. */
export const ACTS_AS_OWNER =
  `note_changed_post() move_engagement() place_engagement() note_changed_engagement()
  note_deleted_posts() note_deleted_engagement() forget_trending()`.split(/\s+/);

function rule(rule: Rule, names: string): [string, Rule][] {
  return names.split(/\s+/).map((name) => [name, rule]);
}

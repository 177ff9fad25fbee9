
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "admins": {
                  Row: {
                    "created_at": string,"email": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"email"?: string | null,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"email"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"articles": {
                  Row: {
                    "competitors": (string)[],"country": string,"created_at": string,"drop_threshold": number | null,"id": string,"is_monitored": boolean,"keyword": string,"language": string,"last_notification_sent_at": string | null,"lost_after_days": number | null,"muted_kinds": (string)[] | null,"notification_cooldown_days": number | null,"property": string | null,"rise_threshold": number | null,"source": string,"title": string,"top_10_threshold": number | null,"top_3_threshold": number | null,"updated_at": string,"url": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "competitors"?: (string)[],"country"?: string,"created_at"?: string,"drop_threshold"?: number | null,"id"?: string,"is_monitored"?: boolean,"keyword": string,"language"?: string,"last_notification_sent_at"?: string | null,"lost_after_days"?: number | null,"muted_kinds"?: (string)[] | null,"notification_cooldown_days"?: number | null,"property"?: string | null,"rise_threshold"?: number | null,"source"?: string,"title": string,"top_10_threshold"?: number | null,"top_3_threshold"?: number | null,"updated_at"?: string,"url": string,"user_id": string
                  }
                  Update: {
                    "competitors"?: (string)[],"country"?: string,"created_at"?: string,"drop_threshold"?: number | null,"id"?: string,"is_monitored"?: boolean,"keyword"?: string,"language"?: string,"last_notification_sent_at"?: string | null,"lost_after_days"?: number | null,"muted_kinds"?: (string)[] | null,"notification_cooldown_days"?: number | null,"property"?: string | null,"rise_threshold"?: number | null,"source"?: string,"title"?: string,"top_10_threshold"?: number | null,"top_3_threshold"?: number | null,"updated_at"?: string,"url"?: string,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"bookmarks": {
                  Row: {
                    "changed_xid": unknown,"created_at": string,"post_id": string,"topic_id": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "changed_xid"?: unknown,"created_at"?: string,"post_id": string,"topic_id"?: string | null,"user_id": string
                  }
                  Update: {
                    "changed_xid"?: unknown,"created_at"?: string,"post_id"?: string,"topic_id"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "bookmarks_post_id_fkey"
      columns: ["post_id"]
isOneToOne: false
      referencedRelation: "posts"
      referencedColumns: ["id"]
    }
                  ]
                },"boosts": {
                  Row: {
                    "changed_xid": unknown,"created_at": string,"post_id": string,"topic_id": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "changed_xid"?: unknown,"created_at"?: string,"post_id": string,"topic_id"?: string | null,"user_id": string
                  }
                  Update: {
                    "changed_xid"?: unknown,"created_at"?: string,"post_id"?: string,"topic_id"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "boosts_post_id_fkey"
      columns: ["post_id"]
isOneToOne: false
      referencedRelation: "posts"
      referencedColumns: ["id"]
    }
                  ]
                },"deliveries": {
                  Row: {
                    "attempts": number,"batch_id": string | null,"channel": string,"content": Json | null,"created_at": string,"digest_id": string | null,"error": Json | null,"event_id": string | null,"generation": number,"id": string,"lease_expires_at": string | null,"lease_token": string | null,"local_date": string,"next_attempt_at": string,"provider_id": string | null,"provider_status": string | null,"provider_status_at": string | null,"recipient": string,"sent_alone": boolean,"sent_at": string | null,"status": string,"user_id": string,"can_resend": boolean | null
                  }
                  ComputedFields: "can_resend"
                  Insert: {
                    "attempts"?: number,"batch_id"?: string | null,"channel": string,"content"?: Json | null,"created_at"?: string,"digest_id"?: string | null,"error"?: Json | null,"event_id"?: string | null,"generation"?: number,"id"?: string,"lease_expires_at"?: string | null,"lease_token"?: string | null,"local_date": string,"next_attempt_at"?: string,"provider_id"?: string | null,"provider_status"?: string | null,"provider_status_at"?: string | null,"recipient": string,"sent_alone"?: boolean,"sent_at"?: string | null,"status"?: string,"user_id": string
                  }
                  Update: {
                    "attempts"?: number,"batch_id"?: string | null,"channel"?: string,"content"?: Json | null,"created_at"?: string,"digest_id"?: string | null,"error"?: Json | null,"event_id"?: string | null,"generation"?: number,"id"?: string,"lease_expires_at"?: string | null,"lease_token"?: string | null,"local_date"?: string,"next_attempt_at"?: string,"provider_id"?: string | null,"provider_status"?: string | null,"provider_status_at"?: string | null,"recipient"?: string,"sent_alone"?: boolean,"sent_at"?: string | null,"status"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "deliveries_batch_id_fkey"
      columns: ["batch_id"]
isOneToOne: false
      referencedRelation: "email_batches"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "deliveries_digest_id_fkey"
      columns: ["digest_id"]
isOneToOne: false
      referencedRelation: "digests"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "deliveries_event_id_fkey"
      columns: ["event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["id"]
    }
                  ]
                },"digests": {
                  Row: {
                    "created_at": string,"due_at": string,"facts": Json | null,"frozen_at": string | null,"id": string,"lease_expires_at": string | null,"lease_token": string | null,"local_date": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"due_at": string,"facts"?: Json | null,"frozen_at"?: string | null,"id"?: string,"lease_expires_at"?: string | null,"lease_token"?: string | null,"local_date": string,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"due_at"?: string,"facts"?: Json | null,"frozen_at"?: string | null,"id"?: string,"lease_expires_at"?: string | null,"lease_token"?: string | null,"local_date"?: string,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"email_batches": {
                  Row: {
                    "attempts": number,"created_at": string,"id": string,"lease_expires_at": string | null,"lease_token": string | null,"next_attempt_at": string,"settled_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"created_at"?: string,"id"?: string,"lease_expires_at"?: string | null,"lease_token"?: string | null,"next_attempt_at"?: string,"settled_at"?: string | null
                  }
                  Update: {
                    "attempts"?: number,"created_at"?: string,"id"?: string,"lease_expires_at"?: string | null,"lease_token"?: string | null,"next_attempt_at"?: string,"settled_at"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"event_deliveries": {
                  Row: {
                    "attempts": number,"delivered_at": string | null,"error": Json | null,"event_id": string,"lease_expires_at": string | null,"lease_token": string | null,"next_attempt_at": string,"sink": string,"status": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"delivered_at"?: string | null,"error"?: Json | null,"event_id": string,"lease_expires_at"?: string | null,"lease_token"?: string | null,"next_attempt_at"?: string,"sink": string,"status"?: string
                  }
                  Update: {
                    "attempts"?: number,"delivered_at"?: string | null,"error"?: Json | null,"event_id"?: string,"lease_expires_at"?: string | null,"lease_token"?: string | null,"next_attempt_at"?: string,"sink"?: string,"status"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "event_deliveries_event_id_fkey"
      columns: ["event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["id"]
    }
                  ]
                },"events": {
                  Row: {
                    "created_at": string,"id": string,"key": string,"name": string,"payload": NonNullable<Json>
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"id": string,"key": string,"name": string,"payload": NonNullable<Json>
                  }
                  Update: {
                    "created_at"?: string,"id"?: string,"key"?: string,"name"?: string,"payload"?: NonNullable<Json>
                  }
                  Relationships: [
                    
                  ]
                },"job_alerts": {
                  Row: {
                    "env": string,"failures_told": number,"failures_told_after": string | null,"job": string,"late_told_after": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "env": string,"failures_told"?: number,"failures_told_after"?: string | null,"job": string,"late_told_after"?: string | null
                  }
                  Update: {
                    "env"?: string,"failures_told"?: number,"failures_told_after"?: string | null,"job"?: string,"late_told_after"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "job_alerts_job_fkey"
      columns: ["job"]
isOneToOne: false
      referencedRelation: "jobs"
      referencedColumns: ["name"]
    }
                  ]
                },"job_runs": {
                  Row: {
                    "attempt": number,"counts": NonNullable<Json>,"duplicate_calls": number,"env": string,"error": Json | null,"failure_rate": number | null,"finished_at": string | null,"history": NonNullable<Json>,"id": string,"input": NonNullable<Json>,"job": string,"lease_expires_at": string | null,"lease_token": string | null,"occurrence": string,"outcome": string | null,"parent_id": string | null,"progress": Json | null,"queued_at": string,"scheduled_for": string | null,"started_at": string | null,"status": string,"trigger": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempt"?: number,"counts"?: NonNullable<Json>,"duplicate_calls"?: number,"env": string,"error"?: Json | null,"failure_rate"?: number | null,"finished_at"?: string | null,"history"?: NonNullable<Json>,"id"?: string,"input"?: NonNullable<Json>,"job": string,"lease_expires_at"?: string | null,"lease_token"?: string | null,"occurrence": string,"outcome"?: string | null,"parent_id"?: string | null,"progress"?: Json | null,"queued_at"?: string,"scheduled_for"?: string | null,"started_at"?: string | null,"status": string,"trigger": string
                  }
                  Update: {
                    "attempt"?: number,"counts"?: NonNullable<Json>,"duplicate_calls"?: number,"env"?: string,"error"?: Json | null,"failure_rate"?: number | null,"finished_at"?: string | null,"history"?: NonNullable<Json>,"id"?: string,"input"?: NonNullable<Json>,"job"?: string,"lease_expires_at"?: string | null,"lease_token"?: string | null,"occurrence"?: string,"outcome"?: string | null,"parent_id"?: string | null,"progress"?: Json | null,"queued_at"?: string,"scheduled_for"?: string | null,"started_at"?: string | null,"status"?: string,"trigger"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "job_runs_parent_id_fkey"
      columns: ["parent_id"]
isOneToOne: false
      referencedRelation: "job_runs"
      referencedColumns: ["id"]
    }
                  ]
                },"job_totals": {
                  Row: {
                    "counts": NonNullable<Json>,"duration_buckets": (number)[],"duration_seconds": number,"env": string,"failed": number,"job": string,"last_duration_seconds": number | null,"last_failure_at": string | null,"last_success_at": string | null,"last_success_counts": NonNullable<Json>,"skipped": number,"succeeded": number
                  }
                  ComputedFields: never
                  Insert: {
                    "counts"?: NonNullable<Json>,"duration_buckets": (number)[],"duration_seconds"?: number,"env": string,"failed"?: number,"job": string,"last_duration_seconds"?: number | null,"last_failure_at"?: string | null,"last_success_at"?: string | null,"last_success_counts"?: NonNullable<Json>,"skipped"?: number,"succeeded"?: number
                  }
                  Update: {
                    "counts"?: NonNullable<Json>,"duration_buckets"?: (number)[],"duration_seconds"?: number,"env"?: string,"failed"?: number,"job"?: string,"last_duration_seconds"?: number | null,"last_failure_at"?: string | null,"last_success_at"?: string | null,"last_success_counts"?: NonNullable<Json>,"skipped"?: number,"succeeded"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "job_totals_job_fkey"
      columns: ["job"]
isOneToOne: false
      referencedRelation: "jobs"
      referencedColumns: ["name"]
    }
                  ]
                },"jobs": {
                  Row: {
                    "first_seen_at": string,"name": string,"schedule": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "first_seen_at"?: string,"name": string,"schedule"?: string | null
                  }
                  Update: {
                    "first_seen_at"?: string,"name"?: string,"schedule"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"notifications": {
                  Row: {
                    "article_id": string,"checked_on": string,"created_at": string,"digest_id": string | null,"id": string,"kind": string,"notification_data": NonNullable<Json>,"sent_at": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "article_id": string,"checked_on": string,"created_at"?: string,"digest_id"?: string | null,"id"?: string,"kind": string,"notification_data": NonNullable<Json>,"sent_at"?: string | null,"user_id": string
                  }
                  Update: {
                    "article_id"?: string,"checked_on"?: string,"created_at"?: string,"digest_id"?: string | null,"id"?: string,"kind"?: string,"notification_data"?: NonNullable<Json>,"sent_at"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "notifications_article_id_fkey"
      columns: ["article_id"]
isOneToOne: false
      referencedRelation: "article_states"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "notifications_article_id_fkey"
      columns: ["article_id"]
isOneToOne: false
      referencedRelation: "articles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "notifications_digest_id_fkey"
      columns: ["digest_id"]
isOneToOne: false
      referencedRelation: "digests"
      referencedColumns: ["id"]
    }
                  ]
                },"posts": {
                  Row: {
                    "author_id": string,"body": string,"changed_xid": unknown,"created_at": string,"deleted_at": string | null,"id": string,"is_reply": boolean,"reply_to": string | null,"topic_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "author_id": string,"body"?: string,"changed_xid"?: unknown,"created_at"?: string,"deleted_at"?: string | null,"id": string,"is_reply"?: never,"reply_to"?: string | null,"topic_id": string
                  }
                  Update: {
                    "author_id"?: string,"body"?: string,"changed_xid"?: unknown,"created_at"?: string,"deleted_at"?: string | null,"id"?: string,"is_reply"?: never,"reply_to"?: string | null,"topic_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "posts_topic_id_fkey"
      columns: ["topic_id"]
isOneToOne: false
      referencedRelation: "topics"
      referencedColumns: ["id"]
    }
                  ]
                },"provider_webhooks": {
                  Row: {
                    "id": string,"received_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "id": string,"received_at"?: string
                  }
                  Update: {
                    "id"?: string,"received_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"push_messages": {
                  Row: {
                    "attempts": number,"error": Json | null,"event_id": string,"lease_expires_at": string | null,"next_attempt_at": string,"receipt_after": string | null,"sent_at": string | null,"status": string,"ticket_id": string | null,"token": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"error"?: Json | null,"event_id": string,"lease_expires_at"?: string | null,"next_attempt_at"?: string,"receipt_after"?: string | null,"sent_at"?: string | null,"status"?: string,"ticket_id"?: string | null,"token": string
                  }
                  Update: {
                    "attempts"?: number,"error"?: Json | null,"event_id"?: string,"lease_expires_at"?: string | null,"next_attempt_at"?: string,"receipt_after"?: string | null,"sent_at"?: string | null,"status"?: string,"ticket_id"?: string | null,"token"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "push_messages_event_id_fkey"
      columns: ["event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "push_messages_token_fkey"
      columns: ["token"]
isOneToOne: false
      referencedRelation: "push_tokens"
      referencedColumns: ["token"]
    }
                  ]
                },"push_tokens": {
                  Row: {
                    "created_at": string,"disabled_at": string | null,"disabled_reason": string | null,"locale": string,"token": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"disabled_at"?: string | null,"disabled_reason"?: string | null,"locale"?: string,"token": string,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"disabled_at"?: string | null,"disabled_reason"?: string | null,"locale"?: string,"token"?: string,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"rank_checks": {
                  Row: {
                    "checked_on": string,"counts": NonNullable<Json>,"decision": string | null,"judged_at": string | null,"run_id": string | null,"started_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "checked_on": string,"counts"?: NonNullable<Json>,"decision"?: string | null,"judged_at"?: string | null,"run_id"?: string | null,"started_at"?: string
                  }
                  Update: {
                    "checked_on"?: string,"counts"?: NonNullable<Json>,"decision"?: string | null,"judged_at"?: string | null,"run_id"?: string | null,"started_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"rank_observations": {
                  Row: {
                    "article_id": string,"checked_on": string,"competitors": Json | null,"error": Json | null,"found_url": string | null,"observed_at": string,"position": number | null,"run_id": string | null,"source": string,"status": string
                  }
                  ComputedFields: never
                  Insert: {
                    "article_id": string,"checked_on": string,"competitors"?: Json | null,"error"?: Json | null,"found_url"?: string | null,"observed_at"?: string,"position"?: number | null,"run_id"?: string | null,"source": string,"status": string
                  }
                  Update: {
                    "article_id"?: string,"checked_on"?: string,"competitors"?: Json | null,"error"?: Json | null,"found_url"?: string | null,"observed_at"?: string,"position"?: number | null,"run_id"?: string | null,"source"?: string,"status"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "rank_observations_article_id_fkey"
      columns: ["article_id"]
isOneToOne: false
      referencedRelation: "article_states"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "rank_observations_article_id_fkey"
      columns: ["article_id"]
isOneToOne: false
      referencedRelation: "articles"
      referencedColumns: ["id"]
    }
                  ]
                },"ranking_snapshots": {
                  Row: {
                    "checksum": string,"counts": NonNullable<Json>,"entries": number,"finalized_at": string,"run_id": string | null,"theme_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "checksum": string,"counts"?: NonNullable<Json>,"entries": number,"finalized_at": string,"run_id"?: string | null,"theme_id": string,"version": number
                  }
                  Update: {
                    "checksum"?: string,"counts"?: NonNullable<Json>,"entries"?: number,"finalized_at"?: string,"run_id"?: string | null,"theme_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "ranking_snapshots_theme_id_fkey"
      columns: ["theme_id"]
isOneToOne: true
      referencedRelation: "themes"
      referencedColumns: ["id"]
    }
                  ]
                },"rankings": {
                  Row: {
                    "impressions": number | null,"likes": number | null,"rank": number,"score": number,"theme_id": string,"unique_viewers": number | null,"work_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "impressions"?: number | null,"likes"?: number | null,"rank": number,"score": number,"theme_id": string,"unique_viewers"?: number | null,"work_id": string
                  }
                  Update: {
                    "impressions"?: number | null,"likes"?: number | null,"rank"?: number,"score"?: number,"theme_id"?: string,"unique_viewers"?: number | null,"work_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"score_profiles": {
                  Row: {
                    "active": boolean,"bookmarks": number,"boosts": number,"name": string,"participant_delta": number,"posts": number,"replies": number,"unique_authors": number,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "active"?: boolean,"bookmarks"?: number,"boosts"?: number,"name": string,"participant_delta"?: number,"posts"?: number,"replies"?: number,"unique_authors"?: number,"updated_at"?: string
                  }
                  Update: {
                    "active"?: boolean,"bookmarks"?: number,"boosts"?: number,"name"?: string,"participant_delta"?: number,"posts"?: number,"replies"?: number,"unique_authors"?: number,"updated_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"send_slots": {
                  Row: {
                    "key": string,"next_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "key": string,"next_at"?: string
                  }
                  Update: {
                    "key"?: string,"next_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"superseded_rankings": {
                  Row: {
                    "checksum": string,"counts": NonNullable<Json>,"entries": number,"finalized_at": string,"rankings": NonNullable<Json>,"run_id": string | null,"superseded_at": string,"superseded_by_run_id": string | null,"theme_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "checksum": string,"counts": NonNullable<Json>,"entries": number,"finalized_at": string,"rankings": NonNullable<Json>,"run_id"?: string | null,"superseded_at": string,"superseded_by_run_id"?: string | null,"theme_id": string,"version": number
                  }
                  Update: {
                    "checksum"?: string,"counts"?: NonNullable<Json>,"entries"?: number,"finalized_at"?: string,"rankings"?: NonNullable<Json>,"run_id"?: string | null,"superseded_at"?: string,"superseded_by_run_id"?: string | null,"theme_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "superseded_rankings_theme_id_fkey"
      columns: ["theme_id"]
isOneToOne: false
      referencedRelation: "themes"
      referencedColumns: ["id"]
    }
                  ]
                },"suppressed_notifications": {
                  Row: {
                    "article_id": string,"checked_on": string,"created_at": string,"id": string,"kind": string,"notification_data": NonNullable<Json>,"reason": string,"until": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "article_id": string,"checked_on": string,"created_at"?: string,"id"?: string,"kind": string,"notification_data": NonNullable<Json>,"reason": string,"until"?: string | null,"user_id": string
                  }
                  Update: {
                    "article_id"?: string,"checked_on"?: string,"created_at"?: string,"id"?: string,"kind"?: string,"notification_data"?: NonNullable<Json>,"reason"?: string,"until"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "suppressed_notifications_article_id_fkey"
      columns: ["article_id"]
isOneToOne: false
      referencedRelation: "article_states"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "suppressed_notifications_article_id_fkey"
      columns: ["article_id"]
isOneToOne: false
      referencedRelation: "articles"
      referencedColumns: ["id"]
    }
                  ]
                },"themes": {
                  Row: {
                    "closed_at": string | null,"closed_outcome": string | null,"created_at": string,"date": string,"id": string,"sponsored": boolean,"submissions_closed_at": string | null,"title": string,"theme_closes_at": string | null
                  }
                  ComputedFields: "theme_closes_at"
                  Insert: {
                    "closed_at"?: string | null,"closed_outcome"?: string | null,"created_at"?: string,"date": string,"id": string,"sponsored"?: boolean,"submissions_closed_at"?: string | null,"title": string
                  }
                  Update: {
                    "closed_at"?: string | null,"closed_outcome"?: string | null,"created_at"?: string,"date"?: string,"id"?: string,"sponsored"?: boolean,"submissions_closed_at"?: string | null,"title"?: string
                  }
                  Relationships: [
                    
                  ]
                },"topic_follows": {
                  Row: {
                    "created_at": string,"topic_id": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"topic_id": string,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"topic_id"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "topic_follows_topic_id_fkey"
      columns: ["topic_id"]
isOneToOne: false
      referencedRelation: "topics"
      referencedColumns: ["id"]
    }
                  ]
                },"topic_metrics_history": {
                  Row: {
                    "bookmarks": number,"boosts": number,"participant_delta": number,"posts": number,"previous_authors": number,"profile": string,"replies": number,"score": number,"source": string,"topic_id": string,"unique_authors": number,"window_end": string,"window_minutes": number
                  }
                  ComputedFields: never
                  Insert: {
                    "bookmarks": number,"boosts": number,"participant_delta"?: never,"posts": number,"previous_authors": number,"profile": string,"replies": number,"score": number,"source": string,"topic_id": string,"unique_authors": number,"window_end": string,"window_minutes": number
                  }
                  Update: {
                    "bookmarks"?: number,"boosts"?: number,"participant_delta"?: never,"posts"?: number,"previous_authors"?: number,"profile"?: string,"replies"?: number,"score"?: number,"source"?: string,"topic_id"?: string,"unique_authors"?: number,"window_end"?: string,"window_minutes"?: number
                  }
                  Relationships: [
                    
                  ]
                },"topic_metrics_recordings": {
                  Row: {
                    "recorded_at": string,"source": string,"topics": number,"window_end": string,"window_minutes": number
                  }
                  ComputedFields: never
                  Insert: {
                    "recorded_at"?: string,"source": string,"topics": number,"window_end": string,"window_minutes": number
                  }
                  Update: {
                    "recorded_at"?: string,"source"?: string,"topics"?: number,"window_end"?: string,"window_minutes"?: number
                  }
                  Relationships: [
                    
                  ]
                },"topic_window_metrics": {
                  Row: {
                    "bookmarks": number,"boosts": number,"changed_at": string,"posts": number,"previous_authors": number,"replies": number,"topic_id": string,"unique_authors": number,"window_minutes": number
                  }
                  ComputedFields: never
                  Insert: {
                    "bookmarks"?: number,"boosts"?: number,"changed_at": string,"posts"?: number,"previous_authors"?: number,"replies"?: number,"topic_id": string,"unique_authors"?: number,"window_minutes": number
                  }
                  Update: {
                    "bookmarks"?: number,"boosts"?: number,"changed_at"?: string,"posts"?: number,"previous_authors"?: number,"replies"?: number,"topic_id"?: string,"unique_authors"?: number,"window_minutes"?: number
                  }
                  Relationships: [
                    
                  ]
                },"topics": {
                  Row: {
                    "created_at": string,"id": string,"name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"id": string,"name": string
                  }
                  Update: {
                    "created_at"?: string,"id"?: string,"name"?: string
                  }
                  Relationships: [
                    
                  ]
                },"trending_removals": {
                  Row: {
                    "author_id": string | null,"created_at": string,"is_reply": boolean,"kind": string,"removed_xid": unknown,"topic_id": string,"was_xid": unknown
                  }
                  ComputedFields: never
                  Insert: {
                    "author_id"?: string | null,"created_at": string,"is_reply": boolean,"kind": string,"removed_xid"?: unknown,"topic_id": string,"was_xid": unknown
                  }
                  Update: {
                    "author_id"?: string | null,"created_at"?: string,"is_reply"?: boolean,"kind"?: string,"removed_xid"?: unknown,"topic_id"?: string,"was_xid"?: unknown
                  }
                  Relationships: [
                    
                  ]
                },"trending_state": {
                  Row: {
                    "drift": number | null,"one": boolean,"pass": string | null,"pass_cursor": string | null,"pass_drift": number,"posts": number,"profile": string,"recorded_end": string | null,"refreshed_at": string | null,"snapshot": unknown,"topics": NonNullable<Json>,"verified_at": string | null,"warned_of_size_at": string | null,"window_end": string | null,"windows": (number)[]
                  }
                  ComputedFields: never
                  Insert: {
                    "drift"?: number | null,"one"?: boolean,"pass"?: string | null,"pass_cursor"?: string | null,"pass_drift"?: number,"posts"?: number,"profile"?: string,"recorded_end"?: string | null,"refreshed_at"?: string | null,"snapshot"?: unknown,"topics"?: NonNullable<Json>,"verified_at"?: string | null,"warned_of_size_at"?: string | null,"window_end"?: string | null,"windows"?: (number)[]
                  }
                  Update: {
                    "drift"?: number | null,"one"?: boolean,"pass"?: string | null,"pass_cursor"?: string | null,"pass_drift"?: number,"posts"?: number,"profile"?: string,"recorded_end"?: string | null,"refreshed_at"?: string | null,"snapshot"?: unknown,"topics"?: NonNullable<Json>,"verified_at"?: string | null,"warned_of_size_at"?: string | null,"window_end"?: string | null,"windows"?: (number)[]
                  }
                  Relationships: [
                    
                  ]
                },"user_alert_settings": {
                  Row: {
                    "created_at": string,"drop_threshold": number | null,"email": string | null,"email_disabled_at": string | null,"email_disabled_reason": string | null,"email_enabled": boolean,"locale": string,"lost_after_days": number | null,"muted_kinds": (string)[],"notification_cooldown_days": number | null,"notification_time": string,"rise_threshold": number | null,"slack_channel": string | null,"slack_enabled": boolean,"timezone": string,"top_10_threshold": number | null,"top_3_threshold": number | null,"updated_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"drop_threshold"?: number | null,"email"?: string | null,"email_disabled_at"?: string | null,"email_disabled_reason"?: string | null,"email_enabled"?: boolean,"locale"?: string,"lost_after_days"?: number | null,"muted_kinds"?: (string)[],"notification_cooldown_days"?: number | null,"notification_time"?: string,"rise_threshold"?: number | null,"slack_channel"?: string | null,"slack_enabled"?: boolean,"timezone"?: string,"top_10_threshold"?: number | null,"top_3_threshold"?: number | null,"updated_at"?: string,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"drop_threshold"?: number | null,"email"?: string | null,"email_disabled_at"?: string | null,"email_disabled_reason"?: string | null,"email_enabled"?: boolean,"locale"?: string,"lost_after_days"?: number | null,"muted_kinds"?: (string)[],"notification_cooldown_days"?: number | null,"notification_time"?: string,"rise_threshold"?: number | null,"slack_channel"?: string | null,"slack_enabled"?: boolean,"timezone"?: string,"top_10_threshold"?: number | null,"top_3_threshold"?: number | null,"updated_at"?: string,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"user_follows": {
                  Row: {
                    "created_at": string,"followed_id": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"followed_id": string,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"followed_id"?: string,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"works": {
                  Row: {
                    "author_id": string,"created_at": string,"id": string,"theme_id": string,"title": string
                  }
                  ComputedFields: never
                  Insert: {
                    "author_id": string,"created_at"?: string,"id": string,"theme_id": string,"title": string
                  }
                  Update: {
                    "author_id"?: string,"created_at"?: string,"id"?: string,"theme_id"?: string,"title"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "works_theme_id_fkey"
      columns: ["theme_id"]
isOneToOne: false
      referencedRelation: "themes"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            "article_states": {
                  Row: {
                    "checked_on": string | null,"competitors": (string)[],"country": string,"created_at": string,"drop_threshold": number | null,"error": Json | null,"id": string,"is_monitored": boolean,"keyword": string,"language": string,"last_notification_sent_at": string | null,"lost_after_days": number | null,"muted_kinds": (string)[] | null,"notification_cooldown_days": number | null,"position": number | null,"property": string | null,"rise_threshold": number | null,"source": string,"state": string | null,"status": string | null,"title": string,"top_10_threshold": number | null,"top_3_threshold": number | null,"updated_at": string,"url": string,"user_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"notification_states": {
                  Row: {
                    "article_id": string | null,"checked_on": string | null,"created_at": string | null,"digest_id": string | null,"id": string | null,"kind": string | null,"notification_data": Json | null,"partly": boolean | null,"sent_at": string | null,"state": string | null,"suppressed_reason": string | null,"suppressed_until": string | null,"user_id": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"topic_metrics": {
                  Row: {
                    "bookmarks_24h": number,"bookmarks_6h": number | null,"boosts_24h": number,"boosts_6h": number | null,"participant_delta_24h": number | null,"participant_delta_6h": number | null,"posts_24h": number,"posts_6h": number | null,"replies_24h": number,"replies_6h": number | null,"score_24h": number | null,"score_6h": number | null,"topic_id": string,"unique_authors_24h": number,"unique_authors_6h": number | null,"updated_at": string | null,"window_end": string | null,"window_start": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"trending_activity": {
                  Row: {
                    "author_id": string | null,"changed_xid": unknown,"created_at": string | null,"is_reply": boolean | null,"kind": string | null,"topic_id": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                }
          }
          Functions: {
            "add_to_job_totals":
{ Args: { "p_counts": Json,"p_env": string,"p_finished_at": string,"p_job": string,"p_started_at": string,"p_status": string }; Returns: undefined
                           },
"admin_alert_users":
{ Args: { "p_limit": number,"p_offset": number,"p_query": string }; Returns: {
              "articles": number,"email": string,"email_disabled_at": string,"email_disabled_reason": string,"email_enabled": boolean,"last_digest": string,"locale": string,"notification_cooldown_days": number,"notification_time": string,"slack_channel": string,"slack_enabled": boolean,"timezone": string,"total": number,"user_id": string,"waiting": number
            }[]
                           },
"admin_articles":
{ Args: { "p_days": number,"p_limit": number,"p_offset": number,"p_query": string,"p_state": string,"p_today": string,"p_user": string }; Returns: {
              "checked_on": string,"error": Json,"history": Json,"id": string,"is_monitored": boolean,"keyword": string,"last_notification_sent_at": string,"position": number,"previous_on": string,"previous_position": number,"source": string,"status": string,"title": string,"total": number,"url": string,"user_id": string
            }[]
                           },
"admin_notification_counts":
{ Args: { "p_article": string,"p_query": string,"p_user": string }; Returns: {
              "notifications": number,"state": string
            }[]
                           },
"admin_notifications":
{ Args: { "p_article": string,"p_limit": number,"p_offset": number,"p_query": string,"p_state": string,"p_user": string }; Returns: {
              "article_id": string,"checked_on": string,"created_at": string,"deliveries": Json,"due_at": string,"id": string,"kind": string,"local_date": string,"notification_data": Json,"sent_at": string,"settings": Json,"state": string,"suppressed_reason": string,"suppressed_until": string,"user_id": string
            }[]
                           },
"admin_trending":
{ Args: { "p_after_score"?: number,"p_after_topic"?: string,"p_limit": number,"p_query": string,"p_since": string,"p_weights": (number)[],"p_window": number }; Returns: {
              "bookmarks": number,"boosts": number,"name": string,"points": Json,"posts": number,"previous_authors": number,"rank": number,"replies": number,"score": number,"topic_id": string,"total": number,"unique_authors": number
            }[]
                           },
"adopt_restored_rows":
{ Args: { "p_limit": number }; Returns: number
                           },
"article_counts":
{ Args: { "p_query": string,"p_user": string }; Returns: {
              "articles": number,"state": string
            }[]
                           },
"article_history":
{ Args: { "p_article_id": string,"p_since": string }; Returns: {
              "checked_on": string,"competitors": Json,"error": Json,"found_url": string,"observed_at": string,"position": number,"source": string,"status": string
            }[]
                           },
"articles_matching":
{ Args: { "p_after": string,"p_limit": number,"p_query": string,"p_state": string,"p_user": string }; Returns: {
              "competitors": (string)[],
"country": string,
"created_at": string,
"drop_threshold": number | null,
"id": string,
"is_monitored": boolean,
"keyword": string,
"language": string,
"last_notification_sent_at": string | null,
"lost_after_days": number | null,
"muted_kinds": (string)[] | null,
"notification_cooldown_days": number | null,
"property": string | null,
"rise_threshold": number | null,
"source": string,
"title": string,
"top_10_threshold": number | null,
"top_3_threshold": number | null,
"updated_at": string,
"url": string,
"user_id": string
            }[]
                          SetofOptions: {
        from: "*"
        to: "articles"
        isOneToOne: false
        isSetofReturn: true
      } },
"articles_to_check":
{ Args: { "p_after": string,"p_day": string,"p_limit": number,"p_run_id": string }; Returns: {
              "competitors": (string)[],"country": string,"id": string,"keyword": string,"language": string,"property": string,"source": string,"url": string
            }[]
                           },
"articles_to_judge":
{ Args: { "p_after": string,"p_day": string,"p_limit": number,"p_lookback_days": number }; Returns: Json
                           },
"backfilled_ends":
{ Args: { "p_since": string,"p_windows": (number)[] }; Returns: Json
                           },
"can_resend":
{ Args: { "p_delivery": Omit<Database["public"]['Tables']["deliveries"]['Row'], Database["public"]['Tables']["deliveries"]['ComputedFields']> }; Returns: boolean
                           },
"check_summary":
{ Args: { "p_day": string,"p_lookback_days": number }; Returns: {
              "articles": number,"failed": number,"first_error": Json,"lost": number,"not_ranked": number,"ok": number,"ranked_before": number,"source": string
            }[]
                           },
"choose_score_profile":
{ Args: { "p_fallback": string,"p_name": string }; Returns: undefined
                           },
"claim_email_batch":
{ Args: { "p_at_least": number,"p_lease_seconds": number,"p_limit": number,"p_window_seconds": number }; Returns: Json
                           },
"claim_event_deliveries":
{ Args: { "p_lease_seconds": number,"p_limit": number }; Returns: {
              "attempts": number,"created_at": string,"event_id": string,"lease_token": string,"name": string,"payload": Json,"sink": string
            }[]
                           },
"claim_failure_alert":
{ Args: { "p_env": string,"p_failures": number,"p_job": string,"p_threshold": number }; Returns: boolean
                           },
"claim_job_run":
{ Args: { "p_env": string,"p_input"?: Json,"p_job": string,"p_lease_seconds": number,"p_occurrence": string,"p_parent_id"?: string,"p_scheduled_for"?: string,"p_trigger": string }; Returns: Json
                           },
"claim_lateness_alert":
{ Args: { "p_env": string,"p_job": string }; Returns: boolean
                           },
"claim_push_messages":
{ Args: { "p_event_id": string,"p_lease_seconds": number,"p_limit": number }; Returns: {
              "attempts": number,"locale": string,"token": string
            }[]
                           },
"claim_push_receipts":
{ Args: { "p_again_seconds": number,"p_limit": number }; Returns: {
              "event_id": string,"ticket_id": string,"token": string
            }[]
                           },
"claim_recovery_alert":
{ Args: { "p_env": string,"p_job": string }; Returns: boolean
                           },
"claim_size_warning":
{ Args: Record<PropertyKey, never>; Returns: boolean
                           },
"claim_slack_deliveries":
{ Args: { "p_interval_seconds": number,"p_lease_seconds": number,"p_limit": number }; Returns: {
              "attempts": number,"content": Json,"digest_id": string,"id": string,"lease_token": string,"recipient": string,"user_id": string
            }[]
                           },
"close_empty_theme":
{ Args: { "p_event": Json,"p_now": string,"p_run_id": string,"p_sinks": (string)[],"p_theme_id": string }; Returns: string
                           },
"compare_trending":
{ Args: { "p_examples": number,"p_since": string }; Returns: Json
                           },
"delay_send_slot":
{ Args: { "p_key": string,"p_seconds": number }; Returns: undefined
                           },
"delete_rankings_before":
{ Args: { "p_before": string }; Returns: number
                           },
"deliveries_left":
{ Args: { "p_channel": string }; Returns: {
              "retry_seconds": number,"waiting": number
            }[]
                           },
"deliveries_to_resend":
{ Args: { "p_article": string,"p_query": string,"p_state": string,"p_user": string }; Returns: {
              "attempts": number,
"batch_id": string | null,
"channel": string,
"content": Json | null,
"created_at": string,
"digest_id": string | null,
"error": Json | null,
"event_id": string | null,
"generation": number,
"id": string,
"lease_expires_at": string | null,
"lease_token": string | null,
"local_date": string,
"next_attempt_at": string,
"provider_id": string | null,
"provider_status": string | null,
"provider_status_at": string | null,
"recipient": string,
"sent_alone": boolean,
"sent_at": string | null,
"status": string,
"user_id": string
            }[]
                          SetofOptions: {
        from: "*"
        to: "deliveries"
        isOneToOne: false
        isSetofReturn: true
      } },
"digest_candidates":
{ Args: { "p_after": string,"p_channels": (string)[],"p_limit": number }; Returns: {
              "digested": (string)[],"notification_time": string,"timezone": string,"user_id": string
            }[]
                           },
"digest_sources":
{ Args: { "p_channels": (string)[],"p_history_days": number,"p_ids": (string)[] }; Returns: {
              "channels": (string)[],"email": string,"id": string,"local_date": string,"locale": string,"notifications": Json,"slack_channel": string,"timezone": string,"user_id": string
            }[]
                           },
"drop_digests":
{ Args: { "p_ids": (string)[],"p_lease_token": string }; Returns: number
                           },
"enqueue_event":
{ Args: { "p_key": string,"p_name": string,"p_payload": Json,"p_sinks": (string)[] }; Returns: string
                           },
"expire_notifications":
{ Args: { "p_before": string }; Returns: number
                           },
"expire_push_receipts":
{ Args: { "p_older_than_seconds": number }; Returns: number
                           },
"expire_trending":
{ Args: { "p_before": string }; Returns: Json
                           },
"extend_event_delivery":
{ Args: { "p_event_id": string,"p_lease_seconds": number,"p_lease_token": string,"p_sink": string }; Returns: boolean
                           },
"fail_abandoned_runs":
{ Args: { "p_env": string,"p_job": string,"p_max_attempts": number }; Returns: number
                           },
"fan_out_push":
{ Args: { "p_event_id": string }; Returns: number
                           },
"finalize_ranking":
{ Args: { "p_checksum": string,"p_counts": Json,"p_event": Json,"p_force"?: boolean,"p_impressions": (number)[],"p_likes": (number)[],"p_now": string,"p_run_id": string,"p_scores": (number)[],"p_sinks": (string)[],"p_theme_id": string,"p_unique_viewers": (number)[],"p_work_ids": (string)[] }; Returns: Json
                           },
"finish_job_run":
{ Args: { "p_counts": Json,"p_error": Json,"p_failure_rate": number,"p_lease_token": string,"p_outcome": string,"p_progress"?: Json,"p_run_id": string,"p_status": string }; Returns: boolean
                           },
"following_posts":
{ Args: { "p_before_at"?: string,"p_before_id"?: string,"p_limit": number,"p_now": string,"p_user": string }; Returns: {
              "author_id": string,"because": string,"body": string,"created_at": string,"id": string,"reply_to": string,"topic_id": string,"topic_name": string
            }[]
                           },
"free_email_batch":
{ Args: { "p_alone": boolean,"p_batch_id": string,"p_error": Json,"p_lease_token": string,"p_retry_seconds": number }; Returns: boolean
                           },
"freeze_digests":
{ Args: { "p_digests": Json,"p_lease_token": string }; Returns: number
                           },
"freeze_result_mails":
{ Args: { "p_event_id": string,"p_mails": Json }; Returns: number
                           },
"give_up_deliveries":
{ Args: { "p_window_seconds": number }; Returns: number
                           },
"heartbeat_job_run":
{ Args: { "p_lease_seconds": number,"p_lease_token": string,"p_progress"?: Json,"p_run_id": string }; Returns: boolean
                           },
"import_articles":
{ Args: { "p_columns": (string)[],"p_rows": Json }; Returns: {
              "created": number,"updated": number
            }[]
                           },
"import_observations":
{ Args: { "p_at": string,"p_rows": Json }; Returns: {
              "unmatched": number,"written": number
            }[]
                           },
"job_duration_bounds":
{ Args: Record<PropertyKey, never>; Returns: (number)[]
                           },
"job_duration_buckets":
{ Args: { "p_seconds": (number)[] }; Returns: (number)[]
                           },
"job_health":
{ Args: { "p_env": string,"p_recent"?: number }; Returns: {
              "failures_in_a_row": number,"first_seen_at": string,"job": string,"last_run": Json,"last_success_at": string,"last_success_started_at": string,"recent": Json
            }[]
                           },
"job_metrics":
{ Args: { "p_env": string }; Returns: Json
                           },
"job_streak":
{ Args: { "p_env": string,"p_job": string }; Returns: Json
                           },
"last_success_start":
{ Args: { "p_env": string,"p_job": string }; Returns: string
                           },
"list_runs":
{ Args: { "p_before_id"?: string,"p_before_queued_at"?: string,"p_env": string,"p_job"?: string,"p_limit"?: number,"p_status"?: string,"p_trigger"?: string }; Returns: {
              "attempt": number,"counts": Json,"duplicate_calls": number,"error": Json,"finished_at": string,"id": string,"job": string,"lease_expires_at": string,"occurrence": string,"outcome": string,"queued_at": string,"scheduled_for": string,"started_at": string,"status": string,"trigger": string
            }[]
                           },
"list_themes":
{ Args: { "p_limit"?: number,"p_until": string }; Returns: {
              "closed_at": string,"closed_outcome": string,"closes_at": string,"date": string,"id": string,"snapshot": Json,"sponsored": boolean,"title": string,"works": number
            }[]
                           },
"mark_digests_sent":
{ Args: { "p_digest_ids": (string)[],"p_sent_at": string }; Returns: undefined
                           },
"match_articles":
{ Args: { "p_rows": Json }; Returns: {
              "id": string,"is_conflict": boolean,"is_new": boolean,"place": number
            }[]
                           },
"match_observations":
{ Args: { "p_rows": Json }; Returns: {
              "place": number,"verdict": string
            }[]
                           },
"notification_backlog":
{ Args: Record<PropertyKey, never>; Returns: {
              "notifications": number,"oldest_at": string,"state": string
            }[]
                           },
"open_channels":
{ Args: { "p_configured": (string)[],"p_settings": Omit<Database["public"]['Tables']["user_alert_settings"]['Row'], Database["public"]['Tables']["user_alert_settings"]['ComputedFields']> }; Returns: (string)[]
                           },
"open_digests":
{ Args: { "p_channels": (string)[],"p_lease_seconds": number,"p_lease_token": string,"p_users": Json }; Returns: (string)[]
                           },
"outbox_summary":
{ Args: Record<PropertyKey, never>; Returns: {
              "delivered": number,"delivering": number,"failed": number,"last_error": Json,"oldest_pending_at": string,"pending": number,"sink": string
            }[]
                           },
"postpone_email_batch":
{ Args: { "p_batch_id": string,"p_error": Json,"p_lease_token": string,"p_retry_seconds": number }; Returns: boolean
                           },
"preview_resend":
{ Args: { "p_article": string,"p_query": string,"p_state": string,"p_user": string }; Returns: {
              "channel": string,"left_out": number,"messages": number,"status": string
            }[]
                           },
"preview_trending":
{ Args: { "p_limit": number,"p_now": (number)[],"p_weights": (number)[],"p_window": number }; Returns: {
              "bookmarks": number,"boosts": number,"name": string,"posts": number,"previous_authors": number,"rank": number,"rank_now": number,"replies": number,"score": number,"score_now": number,"topic_id": string,"unique_authors": number
            }[]
                           },
"prune_deliveries":
{ Args: { "p_before": string }; Returns: number
                           },
"prune_events":
{ Args: { "p_before": string }; Returns: number
                           },
"prune_job_runs":
{ Args: { "p_before": string,"p_env": string }; Returns: number
                           },
"push_messages_left":
{ Args: { "p_event_id": string }; Returns: {
              "open": number,"retry_seconds": number
            }[]
                           },
"push_summary":
{ Args: Record<PropertyKey, never>; Returns: {
              "messages": number,"status": string
            }[]
                           },
"queue_test_delivery":
{ Args: { "p_channel": string,"p_content": Json,"p_local_date": string,"p_recipient": string,"p_user_id": string }; Returns: string
                           },
"ranking_checksum":
{ Args: { "p_theme_id": string }; Returns: string
                           },
"ranks_of_works":
{ Args: { "p_theme_id": string,"p_work_ids": (string)[] }; Returns: {
              "rank": number,"work_id": string
            }[]
                           },
"read_ranking":
{ Args: { "p_after_rank"?: number,"p_around"?: string,"p_limit": number,"p_theme_id": string }; Returns: {
              "author_id": string,"impressions": number,"likes": number,"rank": number,"score": number,"title": string,"unique_viewers": number,"work_id": string
            }[]
                           },
"read_theme":
{ Args: { "p_theme_id": string }; Returns: {
              "closed_at": string,"closed_outcome": string,"closes_at": string,"date": string,"id": string,"snapshot": Json,"sponsored": boolean,"submissions_closed_at": string,"title": string
            }[]
                           },
"recompute_trending":
{ Args: { "p_batch": number,"p_pass"?: string }; Returns: Json
                           },
"record_email_report":
{ Args: { "p_at": string,"p_error": Json,"p_provider_id": string,"p_status": string,"p_turn_off": boolean,"p_webhook_id": string }; Returns: boolean
                           },
"record_observations":
{ Args: { "p_day": string,"p_observed_at": string,"p_readings": Json,"p_run_id": string }; Returns: number
                           },
"record_rank_check":
{ Args: { "p_at": string,"p_counts": Json,"p_day": string,"p_decision": string,"p_run_id": string }; Returns: undefined
                           },
"record_trending":
{ Args: { "p_end": string,"p_profile": string,"p_source": string,"p_top": number,"p_windows": (number)[] }; Returns: number
                           },
"refresh_trending":
{ Args: { "p_end": string,"p_most_new"?: number,"p_profile": string,"p_windows": (number)[] }; Returns: Json
                           },
"register_jobs":
{ Args: { "p_jobs": Json }; Returns: undefined
                           },
"resend_deliveries":
{ Args: { "p_ids": (string)[] }; Returns: number
                           },
"resend_matching":
{ Args: { "p_article": string,"p_query": string,"p_state": string,"p_user": string }; Returns: number
                           },
"result_mail_recipients":
{ Args: { "p_event_id": string,"p_limit": number,"p_theme_id": string }; Returns: {
              "email": string,"locale": string,"timezone": string,"user_id": string,"works": Json
            }[]
                           },
"retry_failed_deliveries":
{ Args: { "p_sink"?: string }; Returns: number
                           },
"runs_to_recover":
{ Args: { "p_env": string,"p_job": string,"p_limit"?: number,"p_max_attempts": number }; Returns: {
              "attempt": number,
"counts": NonNullable<Json>,
"duplicate_calls": number,
"env": string,
"error": Json | null,
"failure_rate": number | null,
"finished_at": string | null,
"history": NonNullable<Json>,
"id": string,
"input": NonNullable<Json>,
"job": string,
"lease_expires_at": string | null,
"lease_token": string | null,
"occurrence": string,
"outcome": string | null,
"parent_id": string | null,
"progress": Json | null,
"queued_at": string,
"scheduled_for": string | null,
"started_at": string | null,
"status": string,
"trigger": string
            }[]
                          SetofOptions: {
        from: "*"
        to: "job_runs"
        isOneToOne: false
        isSetofReturn: true
      } },
"score_profile_in_force":
{ Args: { "p_fallback": string }; Returns: string
                           },
"score_weights":
{ Args: { "p_profile": string }; Returns: (number)[]
                           },
"settle_delivery":
{ Args: { "p_counts": boolean,"p_error": Json,"p_id": string,"p_lease_token": string,"p_provider_id": string,"p_retry_seconds": number,"p_sent_at": string,"p_status": string }; Returns: boolean
                           },
"settle_email_batch":
{ Args: { "p_batch_id": string,"p_results": Json,"p_sent_at": string }; Returns: number
                           },
"settle_event_delivery":
{ Args: { "p_error"?: Json,"p_event_id": string,"p_lease_token": string,"p_retry_seconds"?: number,"p_sink": string,"p_status": string }; Returns: boolean
                           },
"settle_push_messages":
{ Args: { "p_event_id": string,"p_receipt_seconds": number,"p_results": Json }; Returns: undefined
                           },
"settle_push_receipts":
{ Args: { "p_results": Json }; Returns: number
                           },
"skip_job_run":
{ Args: { "p_env": string,"p_input"?: Json,"p_job": string,"p_occurrence": string,"p_outcome": string,"p_scheduled_for"?: string,"p_trigger": string }; Returns: string
                           },
"start_trending":
{ Args: { "p_end": string,"p_profile": string,"p_windows": (number)[] }; Returns: undefined
                           },
"sum_counts":
{ Args: { "p_left": Json,"p_right": Json }; Returns: Json
                           },
"take_over_digests":
{ Args: { "p_lease_seconds": number,"p_lease_token": string,"p_limit": number }; Returns: (string)[]
                           },
"take_send_slot":
{ Args: { "p_interval_seconds": number,"p_key": string,"p_max_wait_seconds": number }; Returns: number
                           },
"theme_closes_at":
{ Args: { "t": Omit<Database["public"]['Tables']["themes"]['Row'], Database["public"]['Tables']["themes"]['ComputedFields']> }; Returns: string
                           },
"themes_due":
{ Args: { "p_ahead"?: boolean,"p_now": string }; Returns: {
              "closes_at": string,"date": string,"id": string,"sponsored": boolean,"title": string
            }[]
                           },
"trending_absence":
{ Args: { "p_now": string }; Returns: Json
                           },
"trending_gauges":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"trending_posts":
{ Args: { "p_end": string,"p_per_topic": number,"p_start": string,"p_topics": (string)[] }; Returns: {
              "author_id": string,"body": string,"bookmarks": number,"boosts": number,"created_at": string,"id": string,"reply_to": string,"topic_id": string
            }[]
                           },
"trending_rows_query":
{ Args: { "p_end": string,"p_from": string,"p_kind": string,"p_since": string,"p_snapshot": unknown,"p_to": string }; Returns: string
                           },
"trending_score":
{ Args: { "authors": number,"bookmarks": number,"boosts": number,"posts": number,"previous": number,"replies": number,"weights": (number)[] }; Returns: number
                           },
"trending_scored":
{ Args: { "p_live_end"?: string,"p_weights": (number)[],"p_window": number }; Returns: {
              "bookmarks": number,"boosts": number,"posts": number,"previous_authors": number,"replies": number,"score": number,"topic_id": string,"unique_authors": number
            }[]
                           },
"trending_series":
{ Args: { "p_since": string,"p_topics": (string)[],"p_window": number }; Returns: {
              "points": Json,"topic_id": string
            }[]
                           },
"trending_topic":
{ Args: { "p_topic": string }; Returns: {
              "bookmarks": number,"boosts": number,"posts": number,"previous_authors": number,"rank": number,"replies": number,"score": number,"unique_authors": number,"window_minutes": number
            }[]
                           },
"trending_topics":
{ Args: { "p_after_score"?: number,"p_after_topic"?: string,"p_limit": number,"p_live_end"?: string,"p_weights": (number)[],"p_window": number }; Returns: {
              "bookmarks": number,"boosts": number,"name": string,"posts": number,"previous_authors": number,"replies": number,"score": number,"topic_id": string,"unique_authors": number
            }[]
                           },
"trending_totals":
{ Args: { "p_end": string,"p_from"?: string,"p_snapshot"?: unknown,"p_to"?: string,"p_windows": (number)[] }; Returns: {
              "bookmarks": number,"boosts": number,"posts": number,"previous_authors": number,"replies": number,"topic_id": string,"unique_authors": number,"window_minutes": number
            }[]
                           },
"watch_users":
{ Args: { "p_limit": number,"p_without_settings": boolean }; Returns: {
              "articles": number,"has_settings": boolean,"user_id": string
            }[]
                           },
"write_notifications":
{ Args: { "p_created_at": string,"p_day": string,"p_rows": Json }; Returns: {
              "created": number,"suppressed": number
            }[]
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            
          }
        }
} as const

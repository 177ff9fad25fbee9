
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
            [_ in never]: never
          }
          Functions: {
            "claim_event_deliveries":
{ Args: { "p_lease_seconds": number,"p_limit": number }; Returns: {
              "attempts": number,"created_at": string,"event_id": string,"lease_token": string,"name": string,"payload": Json,"sink": string
            }[]
                           },
"claim_job_run":
{ Args: { "p_env": string,"p_input"?: Json,"p_job": string,"p_lease_seconds": number,"p_occurrence": string,"p_parent_id"?: string,"p_scheduled_for"?: string,"p_trigger": string }; Returns: Json
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
"close_empty_theme":
{ Args: { "p_event": Json,"p_now": string,"p_run_id": string,"p_sinks": (string)[],"p_theme_id": string }; Returns: string
                           },
"delete_rankings_before":
{ Args: { "p_before": string }; Returns: number
                           },
"enqueue_event":
{ Args: { "p_key": string,"p_name": string,"p_payload": Json,"p_sinks": (string)[] }; Returns: string
                           },
"expire_push_receipts":
{ Args: { "p_older_than_seconds": number }; Returns: number
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
"heartbeat_job_run":
{ Args: { "p_lease_seconds": number,"p_lease_token": string,"p_progress"?: Json,"p_run_id": string }; Returns: boolean
                           },
"job_health":
{ Args: { "p_env": string,"p_recent"?: number }; Returns: {
              "failures_in_a_row": number,"first_seen_at": string,"job": string,"last_run": Json,"last_success_at": string,"last_success_started_at": string,"recent": Json
            }[]
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
"outbox_summary":
{ Args: Record<PropertyKey, never>; Returns: {
              "delivered": number,"delivering": number,"failed": number,"last_error": Json,"oldest_pending_at": string,"pending": number,"sink": string
            }[]
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
"register_jobs":
{ Args: { "p_jobs": Json }; Returns: undefined
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
"settle_event_delivery":
{ Args: { "p_error"?: Json,"p_event_id": string,"p_lease_token": string,"p_retry_seconds"?: number,"p_sink": string,"p_status": string }; Returns: boolean
                           },
"settle_push_messages":
{ Args: { "p_event_id": string,"p_receipt_seconds": number,"p_results": Json }; Returns: undefined
                           },
"settle_push_receipts":
{ Args: { "p_results": Json }; Returns: number
                           },
"theme_closes_at":
{ Args: { "t": Omit<Database["public"]['Tables']["themes"]['Row'], Database["public"]['Tables']["themes"]['ComputedFields']> }; Returns: string
                           },
"themes_due":
{ Args: { "p_ahead"?: boolean,"p_now": string }; Returns: {
              "closes_at": string,"date": string,"id": string,"sponsored": boolean,"title": string
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

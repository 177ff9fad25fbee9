import { z } from "zod";
import type { Json } from "@/lib/database.types";
import { type Database, rows } from "@/lib/platform/database";
import type { CheckSummary } from "@/lib/watch/rules";
import {
  type ArticleReading,
  CHANGE_KINDS,
  type Reading,
  SOURCES,
  type SourceName,
  type WatchedArticle,
} from "@/lib/watch/types";

/** Hosted Supabase answers at most 1,000 rows. */
const PAGE = 1_000;

/** Every article that lacks a reading of the day, in pages by id. */
export async function* articlesToCheck(
  db: Database,
  day: string,
  runId: string,
): AsyncGenerator<WatchedArticle[]> {
  let after = "";
  for (;;) {
    const found = await rows(
      db.rpc("articles_to_check", { p_day: day, p_run_id: runId, p_after: after, p_limit: PAGE }),
    );
    const last = found.at(-1);
    if (!last) return;
    yield found.map((row) => ({ ...row, source: z.enum(SOURCES).parse(row.source) }));
    after = last.id;
  }
}

/** Stores readings of a day; see SQL `record_observations` for what replaces what. */
export async function recordReadings(
  db: Database,
  of: { day: string; runId: string; at: Date },
  readings: (ArticleReading & { source: SourceName })[],
): Promise<void> {
  await rows(
    db.rpc("record_observations", {
      p_day: of.day,
      p_run_id: of.runId,
      p_observed_at: of.at.toISOString(),
      p_readings: readings.map(({ articleId, source, reading }) => ({
        article_id: articleId,
        source,
        ...columnsOf(reading),
      })) as unknown as Json,
    }),
  );
}

function columnsOf(reading: Reading) {
  switch (reading.status) {
    case "ok":
      return {
        status: "ok",
        position: reading.position,
        found_url: reading.foundUrl,
        competitors: reading.competitors,
      };
    case "not_ranked":
      return { status: "not_ranked", competitors: reading.competitors };
    case "failed":
      return { status: "failed", error: reading.error };
  }
}

/** A day's readings counted per source, with the first reason of a failure. */
export async function readCheckSummary(
  db: Database,
  day: string,
  lookbackDays: number,
): Promise<(CheckSummary & { firstError: unknown })[]> {
  const found = await rows(db.rpc("check_summary", { p_day: day, p_lookback_days: lookbackDays }));
  return found.map((row) => ({
    source: row.source,
    articles: row.articles,
    ok: row.ok,
    notRanked: row.not_ranked,
    failed: row.failed,
    rankedBefore: row.ranked_before,
    lost: row.lost,
    firstError: row.first_error,
  }));
}

const knownDay = z.object({
  checkedOn: z.string(),
  status: z.enum(["ok", "not_ranked"]),
  position: z.number().nullable(),
});

const judgedArticle = z.object({
  id: z.string(),
  user_id: z.string(),
  url: z.string(),
  title: z.string(),
  keyword: z.string(),
  source: z.string(),
  last_notification_sent_at: z.string().nullable(),
  status: z.enum(["ok", "not_ranked"]),
  position: z.number().nullable(),
  observed_at: z.string(),
  drop_threshold: z.number().nullable(),
  rise_threshold: z.number().nullable(),
  top_10_threshold: z.number().nullable(),
  top_3_threshold: z.number().nullable(),
  lost_after_days: z.number().nullable(),
  muted_kinds: z.array(z.enum(CHANGE_KINDS).catch("rise")),
  notification_cooldown_days: z.number().nullable(),
  history: z.array(knownDay),
});
/** An article with a known reading of the day, its effective settings and its known days before, newest first. */
export type JudgedArticle = z.infer<typeof judgedArticle>;

/** Articles still to be judged for a day, in pages by id. */
export async function* articlesToJudge(
  db: Database,
  day: string,
  lookbackDays: number,
): AsyncGenerator<JudgedArticle[]> {
  let after = "";
  for (;;) {
    const reply = await rows(
      db.rpc("articles_to_judge", {
        p_day: day,
        p_lookback_days: lookbackDays,
        p_after: after,
        p_limit: PAGE,
      }),
    );
    const found = z.array(judgedArticle).parse(reply);
    const last = found.at(-1);
    if (!last) return;
    yield found;
    after = last.id;
  }
}

/** A notification to be written; `suppressed` names why it is kept from the owner. */
export interface NewNotification {
  article_id: string;
  user_id: string;
  kind: string;
  data: Json;
  suppressed: "cooldown" | "muted" | null;
  until: string | null;
}

/** Writes notifications of a day, once per article. Counts what was new. */
export async function writeNotifications(
  db: Database,
  day: string,
  at: Date,
  notifications: NewNotification[],
): Promise<{ created: number; suppressed: number }> {
  const [written] = await rows(
    db.rpc("write_notifications", {
      p_day: day,
      p_created_at: at.toISOString(),
      p_rows: notifications as unknown as Json,
    }),
  );
  return written ?? { created: 0, suppressed: 0 };
}

/** Keeps how a day's check went, for the operator. */
export async function recordRankCheck(
  db: Database,
  check: { day: string; runId: string; decision: string | null; counts: Record<string, Json>; at: Date },
): Promise<void> {
  await rows(
    db.rpc("record_rank_check", {
      p_day: check.day,
      p_run_id: check.runId,
      // The generated types cannot say that a parameter may be null.
      p_decision: check.decision as string,
      p_counts: check.counts,
      p_at: check.at.toISOString(),
    }),
  );
}

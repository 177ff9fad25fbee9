import "server-only";
import { z } from "zod";
import { type ArticleFilter, type ArticleState, countsOf } from "@/lib/admin/watch-states";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { requireAdmin } from "@/lib/platform/session";
import { jstDate } from "@/lib/time";
import { type Observation, SOURCES, type SourceName } from "@/lib/watch/types";

export const ARTICLES_PER_PAGE = 50;
export const SPARK_DAYS = 30;
/** More than this no list of suggestions is of use to anybody. */
const SUGGESTED_USERS = 500;

export const observationSchema = z.object({
  checkedOn: z.string(),
  status: z.enum(["ok", "not_ranked", "failed"]),
  position: z.number().nullable(),
});

/** An article as a row of the list. */
export interface ArticleRow {
  id: string;
  userId: string;
  url: string;
  title: string;
  keyword: string;
  source: SourceName;
  isMonitored: boolean;
  lastToldAt: string | null;
  /** Its newest reading, and the last one with a position before that. Days are JST. */
  latest: Observation | null;
  previous: { position: number; on: string } | null;
  /** The last {@link SPARK_DAYS} days, oldest first. */
  history: Observation[];
}

export interface ArticlePage {
  articles: ArticleRow[];
  /** All that match the filter. */
  total: number;
  /** How many there are of each state for the filter's user and search. */
  counts: Record<ArticleState, number>;
  /** Today in JST, the last day of every history. */
  today: string;
  users: string[];
}

/** A page of articles by title, with counts for the filters. `page` counts from 1. */
export async function readArticles(
  ctx: Pick<Context, "db" | "now">,
  filter: ArticleFilter,
  page: number,
): Promise<ArticlePage> {
  await requireAdmin();
  const today = jstDate(ctx.now());
  // The generated types cannot say that a parameter may be null.
  const p_user = filter.user as string;
  const p_query = filter.query as string;
  const [found, counted, users] = await Promise.all([
    rows(
      ctx.db.rpc("admin_articles", {
        p_state: filter.state,
        p_user,
        p_query,
        p_days: SPARK_DAYS,
        p_today: today,
        p_limit: ARTICLES_PER_PAGE,
        p_offset: (page - 1) * ARTICLES_PER_PAGE,
      }),
    ),
    rows(ctx.db.rpc("article_counts", { p_user, p_query })),
    rows(ctx.db.rpc("watch_users", { p_without_settings: false, p_limit: SUGGESTED_USERS })),
  ]);
  return {
    articles: found.map((row) => ({
      id: row.id,
      userId: row.user_id,
      url: row.url,
      title: row.title || row.url,
      keyword: row.keyword,
      source: z.enum(SOURCES).parse(row.source),
      isMonitored: row.is_monitored,
      lastToldAt: row.last_notification_sent_at,
      latest: row.checked_on ? observationSchema.parse({ ...row, checkedOn: row.checked_on }) : null,
      previous: row.previous_on ? { position: row.previous_position, on: row.previous_on } : null,
      history: z.array(observationSchema).parse(row.history),
    })),
    total: found[0]?.total ?? 0,
    counts: countsOf(counted),
    today,
    users: users.map((user) => user.user_id),
  };
}

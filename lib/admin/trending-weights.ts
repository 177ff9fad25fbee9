import "server-only";
import type { Context } from "@/lib/platform/context";
import { type Database, rows } from "@/lib/platform/database";
import { trendingEnv } from "@/lib/platform/env";
import { requireAdmin } from "@/lib/platform/session";
import { profileInForce, weightList } from "@/lib/trending/rules";
import { readProfiles, readState } from "@/lib/trending/store";
import { type ScoreProfile, type ScoreWeights, WINDOW_MINUTES, type WindowName } from "@/lib/trending/types";

/** Topics a comparison shows. */
export const PREVIEWED = 20;

/** A profile as the page of weights has it. */
export interface ProfileRow extends ScoreProfile {
  inForce: boolean;
}

export interface WeightsPage {
  profiles: ProfileRow[];
  inForce: { name: string; weights: ScoreWeights };
  /** TRENDING_SCORE_PROFILE, and whether there is a profile of that name. */
  setting: { name: string; exists: boolean };
  /** Somebody chose a profile here, which goes before the setting. */
  chosen: boolean;
  /** Where the windows of a comparison end; null: nothing was counted. */
  countedAt: string | null;
}

/** Every profile, the one in force, and who decided that. */
export async function readWeightsPage(ctx: Pick<Context, "db">): Promise<WeightsPage> {
  await requireAdmin();
  const setting = trendingEnv().TRENDING_SCORE_PROFILE;
  const [state, profiles] = await Promise.all([readState(ctx.db), readProfiles(ctx.db)]);
  return {
    profiles: profiles.map((profile) => ({ ...profile, inForce: profile.name === state.profile })),
    inForce: { name: state.profile, weights: profileInForce(state, profiles).weights },
    setting: { name: setting, exists: profiles.some(({ name }) => name === setting) },
    chosen: profiles.some(({ active }) => active),
    countedAt: state.pass === "build" ? null : (state.windowEnd?.toISOString() ?? null),
  };
}

/** A topic under other weights. */
export interface PreviewRow {
  topicId: string;
  name: string;
  rank: number;
  rankNow: number;
  score: number;
  scoreNow: number;
}

export interface Preview {
  rows: PreviewRow[];
  /** Topics among the first {@link PREVIEWED} now that would not be. */
  leavers: PreviewRow[];
}

/** What a window's ranking would become under other weights than those in force. Writes nothing. */
export async function readPreview(
  ctx: Pick<Context, "db">,
  window: WindowName,
  weights: ScoreWeights,
): Promise<Preview> {
  await requireAdmin();
  const [state, profiles] = await Promise.all([readState(ctx.db), readProfiles(ctx.db)]);
  if (!state.windowEnd || state.pass === "build") return { rows: [], leavers: [] };
  const now = profileInForce(state, profiles).weights;
  const [then, before] = await Promise.all([
    compare(ctx.db, window, now, weights),
    compare(ctx.db, window, weights, now),
  ]);
  return {
    rows: then,
    leavers: before
      .map((row) => ({
        ...row,
        rank: row.rankNow,
        rankNow: row.rank,
        score: row.scoreNow,
        scoreNow: row.score,
      }))
      .filter(({ rank }) => rank > PREVIEWED),
  };
}

/** The first topics by `weights`, each with its rank and score by `others` as those of now. */
async function compare(
  db: Database,
  window: WindowName,
  others: ScoreWeights,
  weights: ScoreWeights,
): Promise<PreviewRow[]> {
  const found = await rows(
    db.rpc("preview_trending", {
      p_window: WINDOW_MINUTES[window],
      p_now: weightList(others),
      p_weights: weightList(weights),
      p_limit: PREVIEWED,
    }),
  );
  return found.map((row) => ({
    topicId: row.topic_id,
    name: row.name,
    rank: row.rank,
    rankNow: row.rank_now,
    score: row.score,
    scoreNow: row.score_now,
  }));
}

import { z } from "zod";
import type { Context } from "@/lib/platform/context";
import { type Database, DatabaseError, rows } from "@/lib/platform/database";
import { trendingEnv } from "@/lib/platform/env";
import { postToOperators } from "@/lib/platform/slack";
import { isRecorded, stopsUntil, verificationIsDue, windowEndAt, windowNameOf } from "@/lib/trending/rules";
import { readState } from "@/lib/trending/store";
import { WINDOW_MINUTES } from "@/lib/trending/types";

export interface RefreshReport {
  /** `busy`: another process is refreshing this very moment; nothing was done. */
  outcome: "refreshed" | "rebuilt" | "verified" | "busy";
  windowEnd: Date | null;
  counts: Record<string, number>;
  /** Topics with anything in it, by window name. */
  topics: Record<string, number>;
}

type RefreshContext = Pick<Context, "db" | "now" | "log" | "env">;
interface Options {
  signal: AbortSignal;
  /** Batches of a full computation, as they are done. */
  onBatch?: (done: number) => void;
  /** Verify although the night's proof is not due. */
  verify?: boolean;
}

const moveSchema = z.discriminatedUnion("decision", [
  z.object({ decision: z.literal("busy") }),
  z.object({ decision: z.literal("full"), reason: z.string() }),
  z.object({
    decision: z.literal("refreshed"),
    window_end: z.coerce.date(),
    topics_upserted: z.number(),
    rows_added: z.number(),
    rows_removed: z.number(),
    rows_at_edges: z.number(),
  }),
]);

/**
 * Brings the metrics to the current minute: by what changed since the last refresh, or from nothing where that cannot
 * be known. Records the hour in the history, proves the increments once a night, deletes what is past its keep.
 * Doing it again changes nothing but the time. Throws {@link DatabaseError}.
 */
export async function refreshMetrics(ctx: RefreshContext, options: Options): Promise<RefreshReport> {
  const settings = trendingEnv();
  const state = await readState(ctx.db);
  const counts: Record<string, number> = { topics_upserted: 0, rows_added: 0, rows_removed: 0 };
  let outcome: RefreshReport["outcome"] = "refreshed";
  let { windowEnd } = state;

  for (const end of stopsUntil(windowEndAt(ctx.now()), state.recordedEnd, state.windowEnd)) {
    options.signal.throwIfAborted();
    const moved = await moveTo(ctx, end, options);
    if (moved.decision === "busy")
      return { outcome: "busy", windowEnd: state.windowEnd, counts: {}, topics: {} };
    if (moved.decision === "rebuilt") outcome = "rebuilt";
    windowEnd = moved.windowEnd;
    counts.topics_upserted = (counts.topics_upserted ?? 0) + moved.topics;
    counts.rows_added = (counts.rows_added ?? 0) + moved.added;
    counts.rows_removed = (counts.rows_removed ?? 0) + moved.removed;
    if (moved.drift > 0) {
      counts.drift = moved.drift;
      await tellOfDrift(ctx, moved.drift);
    }
    // Where another clock was a little ahead, the counts have passed this hour already.
    if (isRecorded(end) && moved.windowEnd.getTime() === end.getTime())
      await recordHistory(ctx.db, "refresh", end);
  }
  if (outcome === "refreshed" && (options.verify || verificationIsDue(ctx.now(), state.verifiedAt))) {
    const { drift } = await fullPass(ctx.db, "verify", options);
    counts.drift = drift;
    outcome = "verified";
    if (drift > 0) await tellOfDrift(ctx, drift);
  }
  const kept = await expire(ctx.db, new Date(ctx.now().getTime() - settings.TRENDING_TTL_HOURS * 3_600_000));
  counts.records_expired = kept.topics_expired + kept.history_expired;
  await warnOfSize(ctx, kept);
  return { outcome, windowEnd, counts, topics: kept.topics };
}

interface Move {
  decision: "refreshed" | "rebuilt";
  windowEnd: Date;
  topics: number;
  added: number;
  removed: number;
  /** Rows that a rebuild found wrong because increments had failed; 0 for every other reason to rebuild. */
  drift: number;
}

async function moveTo(
  ctx: RefreshContext,
  end: Date,
  options: Options,
): Promise<Move | { decision: "busy" }> {
  const { TRENDING_SCORE_PROFILE } = trendingEnv();
  const to = { p_end: end.toISOString(), p_windows: configuredWindows(), p_profile: TRENDING_SCORE_PROFILE };
  const moved = await rows(ctx.db.rpc("refresh_trending", to)).then(
    (reply) => moveSchema.parse(reply),
    (error): z.infer<typeof moveSchema> => {
      // A count that would fall below zero: the increments are wrong, counting from nothing is not.
      if (!(error instanceof DatabaseError) || error.code !== CHECK_VIOLATION) throw error;
      return { decision: "full", reason: "drifted" };
    },
  );
  if (moved.decision === "busy") return moved;
  if (moved.decision === "refreshed") {
    const {
      window_end: windowEnd,
      topics_upserted: topics,
      rows_added: added,
      rows_removed: removed,
    } = moved;
    return { decision: "refreshed", windowEnd, topics, added, removed, drift: 0 };
  }
  const { reason } = moved;
  ctx.log.warn({ event: "trending.rebuild", reason });
  if (reason === "restored") await adoptRestoredRows(ctx.db, options.signal);
  if (reason !== "unfinished") await rows(ctx.db.rpc("start_trending", to));
  const { drift, topics } = await fullPass(ctx.db, "build", options);
  if (reason !== "unfinished") {
    const drifted = reason === "drifted" ? drift : 0;
    return { decision: "rebuilt", windowEnd: end, topics, added: 0, removed: 0, drift: drifted };
  }
  // What another process had begun ends where it began: from there on to `end`.
  const rest = await moveTo(ctx, end, options);
  return rest.decision === "busy" ? rest : { ...rest, decision: "rebuilt" };
}

/** Rows of a restored dump, in batches short enough for whoever writes meanwhile. */
async function adoptRestoredRows(db: Database, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    if ((await rows(db.rpc("adopt_restored_rows", { p_limit: ADOPTED_AT_ONCE }))) === 0) return;
  }
}

const ADOPTED_AT_ONCE = 20_000;
const CHECK_VIOLATION = "23514";

const passSchema = z.object({
  pass: z.enum(["build", "verify"]).nullable(),
  done: z.boolean().optional(),
  drift: z.number().optional(),
  topics: z.number().optional(),
});

/** Runs a full computation to its end, batch by batch: the stored rows that differed from the truth, and the topics written. */
async function fullPass(
  db: Database,
  pass: "build" | "verify",
  { signal, onBatch }: Options,
): Promise<{ drift: number; topics: number }> {
  const { TRENDING_BATCH_TOPICS } = trendingEnv();
  let written = 0;
  for (let batches = 1; ; batches += 1) {
    signal.throwIfAborted();
    const begin = pass === "verify" && batches === 1 ? "verify" : undefined;
    const reply = await rows(
      db.rpc("recompute_trending", { p_batch: TRENDING_BATCH_TOPICS, ...(begin ? { p_pass: begin } : {}) }),
    );
    const { pass: under, done, drift = 0, topics = 0 } = passSchema.parse(reply);
    written += topics;
    onBatch?.(batches);
    if (under === null || done) return { drift, topics: written };
  }
}

/** Writes the best topics of every configured window into the history; again for the same end replaces it. */
export async function recordHistory(
  db: Database,
  source: "refresh" | "backfill",
  end: Date,
): Promise<number> {
  const { TRENDING_HISTORY_TOPICS, TRENDING_SCORE_PROFILE } = trendingEnv();
  const profile = await rows(db.rpc("score_profile_in_force", { p_fallback: TRENDING_SCORE_PROFILE }));
  return rows(
    db.rpc("record_trending", {
      p_source: source,
      p_end: end.toISOString(),
      p_windows: configuredWindows(),
      p_profile: profile,
      p_top: TRENDING_HISTORY_TOPICS,
    }),
  );
}

/** The lengths of the configured windows, in minutes. */
export function configuredWindows(): number[] {
  return trendingEnv().TRENDING_WINDOWS.map((name) => WINDOW_MINUTES[name]);
}

const keptSchema = z.object({
  topics_expired: z.number(),
  history_expired: z.number(),
  topics: z.record(z.string(), z.number()),
  metrics_rows: z.number(),
  history_rows: z.number(),
});

async function expire(db: Database, before: Date) {
  const kept = keptSchema.parse(await rows(db.rpc("expire_trending", { p_before: before.toISOString() })));
  const byName = Object.entries(kept.topics).map(([minutes, n]) => [
    windowNameOf(Number(minutes)) ?? minutes,
    n,
  ]);
  return { ...kept, topics: Object.fromEntries(byName) as Record<string, number> };
}

/** Seed 001, アラート: a table past its threshold means the retention settings deserve a look; once a day. */
async function warnOfSize(ctx: RefreshContext, kept: z.infer<typeof keptSchema>): Promise<void> {
  const { TRENDING_MAX_ROWS } = trendingEnv();
  const large = [
    ["topic_window_metrics", kept.metrics_rows],
    ["topic_metrics_history", kept.history_rows],
  ].filter(([, size]) => Number(size) > TRENDING_MAX_ROWS);
  if (large.length === 0 || !(await rows(ctx.db.rpc("claim_size_warning")))) return;
  const sizes = large.map(([table, size]) => `${table} has ${size} rows`).join(", ");
  await tell(
    ctx,
    `:warning: *refresh-trending* (${ctx.env}): ${sizes}, above TRENDING_MAX_ROWS = ${TRENDING_MAX_ROWS}.\n` +
      "Look at TRENDING_TTL_HOURS and TRENDING_HISTORY_TOPICS, or raise the threshold. Nothing has stopped.",
  );
}

async function tellOfDrift(ctx: RefreshContext, drift: number): Promise<void> {
  ctx.log.error({ event: "trending.drift", rows: drift });
  await tell(
    ctx,
    `:warning: *refresh-trending* (${ctx.env}): a full recount found ${drift} rows that differed from the ` +
      "increments. They have been corrected. Look for writers that bypass triggers.",
  );
}

async function tell(ctx: RefreshContext, text: string): Promise<void> {
  await postToOperators(text).catch((error) => ctx.log.warn({ event: "alert.failed", err: error }));
}

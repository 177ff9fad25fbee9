import { z } from "zod";
import type { Context } from "@/lib/platform/context";
import { type Database, rows } from "@/lib/platform/database";
import { configuredWindows, recordHistory } from "@/lib/trending/refresh";
import { windowNameOf } from "@/lib/trending/rules";

const MINUTE_MS = 60_000;
const EXAMPLES = 10;

/** Which window ends: every full `stepMinutes` of the last `minutes`. */
export interface Span {
  minutes: number;
  stepMinutes: number;
}

export interface BackfillReport {
  /** Window ends counted by this call; those that an earlier one had counted; those it did not come to. */
  counted: number;
  kept: number;
  left: number;
  /** Topics written, all windows together. */
  topics: number;
}

/**
 * Counts past windows into the history, as everything known today says: newest first, for charts begin there. What a
 * backfill has counted is left as it is unless `again`, so an interrupted one goes on where it was. `stop` ends the
 * call between two window ends, `signal` makes it throw. Throws {@link DatabaseError}.
 */
export async function backfillHistory(
  ctx: Pick<Context, "db" | "now">,
  span: Span & { again: boolean },
  options: {
    signal: AbortSignal;
    stop?: AbortSignal | null;
    onCounted?: (done: number, total: number) => void;
  },
): Promise<BackfillReport> {
  const ends = windowEndsWithin(ctx.now(), span);
  const known = span.again ? new Set<number>() : await backfilledEnds(ctx.db, ends.at(-1));
  const missing = ends.filter((end) => !known.has(end.getTime()));
  const report = { counted: 0, kept: ends.length - missing.length, left: missing.length, topics: 0 };
  options.onCounted?.(0, missing.length);
  for (const end of missing) {
    options.signal.throwIfAborted();
    if (options.stop?.aborted) break;
    report.topics += await recordHistory(ctx.db, "backfill", end);
    report.counted += 1;
    report.left -= 1;
    options.onCounted?.(report.counted, missing.length);
  }
  return report;
}

/** Every full `stepMinutes` within (now - minutes, now], newest first. Steps are counted from the epoch. */
export function windowEndsWithin(now: Date, { minutes, stepMinutes }: Span): Date[] {
  const stepMs = stepMinutes * MINUTE_MS;
  const newest = Math.floor(now.getTime() / stepMs) * stepMs;
  const count = Math.ceil((newest - (now.getTime() - minutes * MINUTE_MS)) / stepMs);
  return Array.from({ length: Math.max(0, count) }, (_, n) => new Date(newest - n * stepMs));
}

async function backfilledEnds(db: Database, since: Date | undefined): Promise<Set<number>> {
  if (!since) return new Set();
  const ends = await rows(
    db.rpc("backfilled_ends", { p_since: since.toISOString(), p_windows: configuredWindows() }),
  );
  return new Set(
    z
      .array(z.coerce.date())
      .parse(ends)
      .map((end) => end.getTime()),
  );
}

/** A topic whose counts differ: by field, what the refresh recorded and what the backfill counted. */
export interface Difference {
  topicId: string;
  /** The window's name, or its length in minutes where it has none. */
  window: string;
  windowEnd: Date;
  fields: Record<string, { refresh: number; backfill: number }>;
}

export interface Comparison {
  /** Window ends that both a refresh and a backfill have recorded. */
  windowEnds: number;
  /** Topics that stand in both lists, by window and end. */
  compared: number;
  equal: number;
  different: number;
  /** Topics among the best of one list alone. */
  onlyRefresh: number;
  onlyBackfill: number;
  /** The newest differences. */
  examples: Difference[];
}

const countsSchema = z.object({
  posts: z.number(),
  unique_authors: z.number(),
  previous_authors: z.number(),
  replies: z.number(),
  boosts: z.number(),
  bookmarks: z.number(),
});
const comparisonSchema = z.object({
  window_ends: z.number(),
  compared: z.number(),
  equal: z.number(),
  different: z.number(),
  only_refresh: z.number(),
  only_backfill: z.number(),
  examples: z.array(
    z.object({
      topic_id: z.string(),
      window_minutes: z.number(),
      window_end: z.coerce.date(),
      refresh: countsSchema,
      backfill: countsSchema,
    }),
  ),
});

/** Holds what refreshes recorded in the last `minutes` beside what a backfill counted for the same window ends. */
export async function compareHistory(ctx: Pick<Context, "db" | "now">, minutes: number): Promise<Comparison> {
  const since = new Date(ctx.now().getTime() - minutes * MINUTE_MS);
  const found = comparisonSchema.parse(
    await rows(ctx.db.rpc("compare_trending", { p_since: since.toISOString(), p_examples: EXAMPLES })),
  );
  return {
    windowEnds: found.window_ends,
    compared: found.compared,
    equal: found.equal,
    different: found.different,
    onlyRefresh: found.only_refresh,
    onlyBackfill: found.only_backfill,
    examples: found.examples.map(({ topic_id, window_minutes, window_end, refresh, backfill }) => ({
      topicId: topic_id,
      window: windowNameOf(window_minutes) ?? `${window_minutes} min`,
      windowEnd: window_end,
      fields: differingFields(refresh, backfill),
    })),
  };
}

function differingFields(
  refresh: z.infer<typeof countsSchema>,
  backfill: z.infer<typeof countsSchema>,
): Difference["fields"] {
  const fields = Object.keys(countsSchema.shape) as (keyof typeof refresh)[];
  return Object.fromEntries(
    fields
      .filter((field) => refresh[field] !== backfill[field])
      .map((field) => [field, { refresh: refresh[field], backfill: backfill[field] }]),
  );
}

/** A comparison in one sentence, for the log and whoever ran it. */
export function describeComparison(found: Comparison): string {
  const { windowEnds, compared, equal, different, onlyRefresh, onlyBackfill } = found;
  if (windowEnds === 0)
    return "no window end was recorded both by a refresh and by a backfill: nothing to compare";
  const alone = onlyRefresh + onlyBackfill;
  return `window ends in common: ${windowEnds}; topics compared: ${compared}, equal: ${equal}, different: ${different}, in one list alone: ${alone}`;
}

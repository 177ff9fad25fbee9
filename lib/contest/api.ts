import { z } from "zod";

/** Query of `GET /api/v1/ranking`. */
export const rankingQuery = z
  .strictObject({
    theme_id: z
      .string({ error: "is required" })
      .min(1, "is required")
      .max(200, "must have at most 200 characters")
      .describe("The theme whose ranking is asked for."),
    limit: z.coerce
      .number({ error: "must be a whole number from 1 to 200" })
      .int("must be a whole number from 1 to 200")
      .min(1, "must be at least 1")
      .max(200, "must be at most 200")
      .default(50)
      .describe("Entries per page."),
    cursor: z.string().min(1).max(200).optional().describe("`next_cursor` of the page before."),
    around: z.string().min(1).max(200).optional().describe("A work id: answers the ranks centred on it."),
    source: z
      .enum(["live", "snapshot"], { error: 'must be "live" or "snapshot"' })
      .optional()
      .describe("Ask for one source; without it, live until the theme is closed, then the snapshot."),
  })
  .refine((query) => !(query.cursor && query.around), {
    path: ["cursor"],
    message: "cannot be combined with around",
  });

const entrySchema = z.object({
  rank: z.number().int().describe("From 1, without gaps."),
  work_id: z.string(),
  title: z.string().nullable(),
  score: z.number().describe("Snapshot: Wilson lower bound, 5 decimals. Live: the leaderboard's own score."),
  likes: z.number().int().nullable().describe("Null where the count is missing or unusable."),
  impressions: z.number().int().nullable(),
  unique_viewers: z.number().int().nullable(),
});

/** Body of `GET /api/v1/ranking`. */
export const rankingResponse = z.object({
  theme_id: z.string(),
  theme: z.object({ title: z.string(), date: z.string(), sponsored: z.boolean() }).nullable(),
  source: z.enum(["live", "snapshot"]),
  generated_at: z.iso.datetime().describe("Live: when it was read. Snapshot: when it was finalized. UTC."),
  closes_at: z.iso.datetime().nullable().describe("When the ranking closes or closed, UTC; null if unknown."),
  snapshot: z
    .object({ version: z.number().int(), finalized_at: z.iso.datetime(), checksum: z.string() })
    .nullable(),
  degraded: z.array(z.enum(["redis", "database"])).describe("Services that could not be asked."),
  total: z.number().int(),
  entries: z.array(entrySchema),
  next_cursor: z.string().nullable(),
});
export type RankingResponse = z.infer<typeof rankingResponse>;
export type RankingEntry = z.infer<typeof entrySchema>;

/** Body of `POST /api/v1/internal/ranking/finalize`. */
export const finalizeBody = z
  .strictObject({
    theme_id: z.string().min(1).max(200).optional(),
    date: z.iso.date("must be a date like 2026-11-22").optional().describe("Business day in JST."),
    force: z.boolean().default(false).describe("Replace a ranking that differs; records a new version."),
    dry_run: z.boolean().default(false).describe("Show what would change and write nothing."),
  })
  .refine((body) => (body.theme_id === undefined) !== (body.date === undefined), {
    path: ["theme_id"],
    message: "either theme_id or date is required",
  });

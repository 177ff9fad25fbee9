import { z } from "zod";

const DAY_MS = 86_400_000;
/** Google shows at most this many rows of a day, those with the most clicks. */
const ROWS_PER_DAY = 50_000;

const Day = z.iso.date();
const Dimension = z.enum(["date", "page", "query", "country", "device"]);

/** A row of a property, as `POST /_emulate/rows` takes it; what is not final yet shows under `dataState: all` only. */
export const PropertyRow = z.strictObject({
  date: Day,
  page: z.string(),
  query: z.string(),
  country: z.string().default("jpn"),
  device: z.string().default("MOBILE"),
  clicks: z.number().min(0).default(0),
  impressions: z.number().min(0),
  position: z.number().min(1),
  final: z.boolean().default(true),
});
export type PropertyRow = z.infer<typeof PropertyRow>;

const Filter = z.object({
  dimension: Dimension,
  operator: z
    .enum(["equals", "notEquals", "contains", "notContains", "includingRegex", "excludingRegex"])
    .default("equals"),
  expression: z.string(),
});
type Filter = z.infer<typeof Filter>;

/** The body of `searchAnalytics.query`. */
export const AnalyticsQuery = z
  .looseObject({
    startDate: Day,
    endDate: Day,
    dimensions: z.array(Dimension).default([]),
    dataState: z.enum(["final", "all"]).default("final"),
    rowLimit: z.int().min(1).max(25_000).default(1_000),
    startRow: z.int().min(0).default(0),
    dimensionFilterGroups: z.array(z.object({ filters: z.array(Filter).default([]) })).default([]),
  })
  .refine(({ startDate, endDate }) => startDate <= endDate, "startDate is after endDate");
export type AnalyticsQuery = z.infer<typeof AnalyticsQuery>;

/** Groups a property's rows as Search Analytics does: sums, and positions weighted by impressions. */
export function analyse(rows: PropertyRow[], query: AnalyticsQuery): object {
  const filters = query.dimensionFilterGroups.flatMap((group) => group.filters);
  const groups = new Map<string, { keys: string[]; clicks: number; impressions: number; weighted: number }>();
  for (const row of rows) {
    if (row.date < query.startDate || row.date > query.endDate) continue;
    if (!row.final && query.dataState === "final") continue;
    if (!filters.every((filter) => passes(row[filter.dimension], filter))) continue;
    const keys = query.dimensions.map((dimension) => row[dimension]);
    const key = keys.join("\n");
    const group = groups.get(key) ?? { keys, clicks: 0, impressions: 0, weighted: 0 };
    group.clicks += row.clicks;
    group.impressions += row.impressions;
    group.weighted += row.impressions * row.position;
    groups.set(key, group);
  }
  const days = (Date.parse(query.endDate) - Date.parse(query.startDate)) / DAY_MS + 1;
  const shown = [...groups.values()]
    .filter(({ impressions }) => impressions > 0)
    .sort((a, b) => b.clicks - a.clicks || b.impressions - a.impressions)
    .slice(0, days * ROWS_PER_DAY)
    .slice(query.startRow, query.startRow + query.rowLimit)
    .map(({ keys, clicks, impressions, weighted }) => ({
      ...(keys.length > 0 && { keys }),
      clicks,
      impressions,
      ctr: clicks / impressions,
      position: weighted / impressions,
    }));
  const byPage = query.dimensions.includes("page") || filters.some(({ dimension }) => dimension === "page");
  // Like Google, it leaves `rows` out where there are none.
  return {
    ...(shown.length > 0 && { rows: shown }),
    responseAggregationType: byPage ? "byPage" : "byProperty",
  };
}

function passes(value: string, { operator, expression }: Filter): boolean {
  const [text, sought] = [value.toLowerCase(), expression.toLowerCase()];
  switch (operator) {
    case "equals":
      return text === sought;
    case "notEquals":
      return text !== sought;
    case "contains":
      return text.includes(sought);
    case "notContains":
      return !text.includes(sought);
    case "includingRegex":
      return new RegExp(expression).test(value);
    case "excludingRegex":
      return !new RegExp(expression).test(value);
  }
}

import { addDays } from "@/lib/time";
import type { ArticleReading, Reading, WatchedArticle } from "@/lib/watch/types";
import { failedReading, ReadingFailure } from "./failures";
import {
  type AnalyticsQuery,
  type AnalyticsRow,
  ROWS_PER_REPLY,
  type SearchConsoleApi,
} from "./search-console-api";
import { searchKey, Tally } from "./tally";

/** What is watched of one property in one country. */
export interface Site {
  /** As Search Console names it: `sc-domain:example.com` or `https://www.example.com/`. */
  property: string;
  /** ISO 3166-1 alpha-3 in lower case. Positions differ by country, so other countries' impressions are left out. */
  country: string;
  articles: WatchedArticle[];
}

/** How to find the newest data, and the rows shown of a day: Search Console API, "Getting your performance data". */
const LOOK_BACK_DAYS = 10;
const ROWS_PER_DAY = 50_000;
/** Days with data on which an article may go unseen before it counts as not ranked. */
const DAYS_TO_READ = 3;
/** Searches of a day that are asked for one by one where the day's rows were cut off. */
const ASKED_ONE_BY_ONE = 50;

/**
 * Reads the newest day with data, and up to two before it for articles without an impression on it. Without
 * one on all three an article is `not_ranked`: nobody was shown it, or so few people search for it that
 * Google keeps the search to itself. Where the rows of a day were cut off, articles not among them are asked for
 * by name; who is not found so either is `row_limit`, because its absence proves nothing.
 * @param today business day in JST
 */
export async function readSite(
  api: SearchConsoleApi,
  site: Site,
  today: string,
  signal: AbortSignal,
): Promise<ArticleReading[]> {
  const ask = (query: AnalyticsQuery) => api.query(site.property, query, signal);
  const days = await newestDays(ask, today);
  if (days.length === 0) throw noDataYet(site);
  const found = new Map<string, Reading>();
  let absence: Reading = { status: "not_ranked" };
  const keep = (tally: Tally) => {
    for (const article of site.articles) {
      const reading = found.get(article.id) ?? tally.reading(article);
      if (reading) found.set(article.id, reading);
    }
  };
  const left = () => site.articles.filter(({ id }) => !found.has(id));
  try {
    for (const day of days) {
      if (left().length === 0) break;
      const { tally, isWhole } = await tallyDay(ask, site, day, left());
      keep(tally);
      if (isWhole) continue;
      absence = failedReading(rowLimit(site));
      keep(await tallyByName(ask, site, day, left()));
    }
  } catch (error) {
    if (!(error instanceof ReadingFailure) || found.size === 0) throw error;
    absence = failedReading(error);
  }
  return site.articles.map(({ id }) => ({ articleId: id, reading: found.get(id) ?? absence }));
}

type Ask = (query: AnalyticsQuery) => Promise<AnalyticsRow[]>;

/** Newest first. Days are Google's (Pacific time), which end after ours: the day before ours is the latest. */
async function newestDays(ask: Ask, today: string): Promise<string[]> {
  const rows = await ask({
    startDate: addDays(today, -LOOK_BACK_DAYS),
    endDate: addDays(today, -1),
    dimensions: ["date"],
  });
  const days = rows.flatMap(({ keys }) => keys.slice(0, 1));
  return days.sort().reverse().slice(0, DAYS_TO_READ);
}

async function tallyDay(ask: Ask, site: Site, day: string, articles: WatchedArticle[]) {
  const tally = new Tally(articles);
  for (let startRow = 0; startRow < ROWS_PER_DAY; startRow += ROWS_PER_REPLY) {
    const rows = await ask({ ...pagesAndSearches(day), filters: [inCountry(site)], startRow });
    for (const row of rows) tally.add(row);
    if (rows.length < ROWS_PER_REPLY) return { tally, isWhole: true };
  }
  return { tally, isWhole: false };
}

async function tallyByName(ask: Ask, site: Site, day: string, articles: WatchedArticle[]): Promise<Tally> {
  const tally = new Tally(articles);
  const searches = new Set(articles.map(({ keyword }) => searchKey(keyword)));
  if (searches.size > ASKED_ONE_BY_ONE) return tally;
  for (const expression of searches) {
    const named = { dimension: "query", operator: "contains", expression } as const;
    const rows = await ask({ ...pagesAndSearches(day), filters: [inCountry(site), named] });
    for (const row of rows) tally.add(row);
  }
  return tally;
}

function pagesAndSearches(day: string): AnalyticsQuery {
  return { startDate: day, endDate: day, dimensions: ["page", "query"] };
}

function inCountry({ country }: Site) {
  return { dimension: "country", operator: "equals", expression: country } as const;
}

function noDataYet({ property }: Site): ReadingFailure {
  const message = `Search Console has no data of the last ${LOOK_BACK_DAYS} days for ${property}`;
  return new ReadingFailure("no_data_yet", message, { permanent: false });
}

function rowLimit({ property }: Site): ReadingFailure {
  const message = `Search Console shows ${ROWS_PER_DAY} rows of a day, ${property} has more, and this search is not among them`;
  return new ReadingFailure("row_limit", message, { permanent: true });
}

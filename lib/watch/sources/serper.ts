import { serperEnv } from "@/lib/platform/env";
import type { ArticleReading, WatchedArticle } from "@/lib/watch/types";
import { failedReading, ReadingFailure } from "./failures";
import { invalidUrl, type ReadingTask, readInGroups } from "./in-groups";
import { BACKOFF, type Backoff } from "./retry";
import { createSerperApi, RESULTS_PER_PAGE, type SearchQuery, type SerperApi } from "./serper-api";
import { type RankSource, SourceUnavailableError } from "./source";
import { Standings } from "./standings";
import { pageKey } from "./url-match";

/** Serper takes one to two seconds for a search, so twice the rate under way keeps the rate. */
const SECONDS_UNDER_WAY = 2;
const DOWN_AFTER = 20;

/** Positions from Google's result pages by way of Serper. */
export const serper: RankSource = createSerper();

/**
 * Reads page after page of ten results until the article and its competitors are found, at most `SERPER_DEPTH`
 * results: one credit a page. Articles that ask for the same search share it.
 *
 * Absence counts as `not_ranked` only when every page down to the depth was read, or when the results end
 * earlier: a later page that is empty twice. An empty first page is `empty_result`: Google finds something
 * for nearly everything, and a broken reading must not look like a lost ranking.
 */
export function createSerper(options: { backoff?: Partial<Backoff> } = {}): RankSource {
  return {
    name: "serper",
    configured: () => serperEnv().SERPER_API_KEY !== undefined,
    async *read(ctx, articles) {
      const { SERPER_API_KEY: apiKey, ...settings } = serperEnv();
      if (apiKey === undefined) {
        throw new SourceUnavailableError("source_not_configured", "SERPER_API_KEY is not set.", {
          permanent: true,
        });
      }
      const requestsPerSecond = settings.SERPER_REQUESTS_PER_SECOND;
      const api = createSerperApi(
        { apiKey, apiUrl: settings.SERPER_API_URL, requestsPerSecond },
        { ...BACKOFF, ...options.backoff },
      );
      const pages = Math.ceil(settings.SERPER_DEPTH / RESULTS_PER_PAGE);
      const concurrency = Math.ceil(Math.min(100, requestsPerSecond * SECONDS_UNDER_WAY));
      yield* readInGroups(ctx, tasksOf(articles, api, pages), { concurrency, downAfter: DOWN_AFTER });
    },
  };
}

function tasksOf(articles: WatchedArticle[], api: SerperApi, pages: number): ReadingTask[] {
  const isReadable = ({ url }: WatchedArticle) => pageKey(url) !== null;
  const searches = Map.groupBy(articles.filter(isReadable), (article) => JSON.stringify(queryOf(article)));
  return [
    ...articles.filter((article) => !isReadable(article)).map(invalidUrl),
    ...[...searches].map(([query, sharing]) => ({
      articleIds: sharing.map(({ id }) => id),
      read: (signal: AbortSignal) => readSearch(JSON.parse(query), sharing, api, pages, signal),
    })),
  ];
}

function queryOf({ keyword, country, language }: WatchedArticle): SearchQuery {
  return { keyword: keyword.trim(), country: country.toLowerCase(), language };
}

async function readSearch(
  query: SearchQuery,
  articles: WatchedArticle[],
  api: SerperApi,
  pages: number,
  signal: AbortSignal,
): Promise<ArticleReading[]> {
  const standings = new Standings();
  let cutShort: ReadingFailure | null = null;
  for (let page = 1; page <= pages && !articles.every((one) => standings.isComplete(one)); page++) {
    try {
      const links = await api.page(query, page, signal);
      if (links.length === 0 && page > 1) break;
      if (links.length === 0) throw emptyResult(query);
      if (!standings.add(links)) throw repeatedPage(query, page);
    } catch (error) {
      if (!(error instanceof ReadingFailure)) throw error;
      cutShort = error;
      break;
    }
  }
  const readings = articles.map((article) => ({
    articleId: article.id,
    reading: standings.reading(article, cutShort === null) ?? failedReading(cutShort),
  }));
  // Thrown when nothing at all was learned, so that it counts against the provider.
  if (cutShort !== null && readings.every(({ reading }) => reading.status === "failed")) throw cutShort;
  return readings;
}

function emptyResult({ keyword }: SearchQuery): ReadingFailure {
  const message = `Serper answered twice without any result for "${keyword}"`;
  return new ReadingFailure("empty_result", message, { permanent: false });
}

/** Permanent for this run: another try would cost the same credits for the same answer. */
function repeatedPage({ keyword }: SearchQuery, page: number): ReadingFailure {
  const message = `Serper's page ${page} for "${keyword}" holds only results of earlier pages`;
  return new ReadingFailure("repeated_page", message, { permanent: true });
}

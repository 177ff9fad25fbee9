import { searchConsoleEnv } from "@/lib/platform/env";
import { jstDate } from "@/lib/time";
import type { WatchedArticle } from "@/lib/watch/types";
import { alpha3 } from "./countries";
import { ReadingFailure } from "./failures";
import { invalidUrl, type ReadingTask, readInGroups, unreadable } from "./in-groups";
import { readSite, type Site } from "./read-site";
import { BACKOFF, type Backoff } from "./retry";
import { createSearchConsoleApi, type SearchConsoleApi } from "./search-console-api";
import { openServiceAccount } from "./service-account";
import { type RankSource, SourceUnavailableError } from "./source";
import { pageKey } from "./url-match";

const SITES_UNDER_WAY = 8;
const DOWN_AFTER = 5;

/** Positions from Google Search Console: averages over the impressions of a day in the article's country. */
export const searchConsole: RankSource = createSearchConsole();

/** Asks for whole days of each property and country at once; see {@link readSite} for what is read. */
export function createSearchConsole(options: { backoff?: Partial<Backoff> } = {}): RankSource {
  return {
    name: "search-console",
    configured: () => searchConsoleEnv().GOOGLE_SERVICE_ACCOUNT_JSON !== undefined,
    async *read(ctx, articles) {
      const { GOOGLE_SERVICE_ACCOUNT_JSON: key, ...settings } = searchConsoleEnv();
      if (key === undefined) {
        throw new SourceUnavailableError("source_not_configured", "GOOGLE_SERVICE_ACCOUNT_JSON is not set.", {
          permanent: true,
        });
      }
      const api = createSearchConsoleApi(
        { apiUrl: settings.SEARCH_CONSOLE_API_URL, dataState: settings.SEARCH_CONSOLE_DATA_STATE },
        openServiceAccount(key, settings.SEARCH_CONSOLE_TOKEN_URL, ctx.signal),
        { ...BACKOFF, ...options.backoff },
      );
      const tasks = tasksOf(articles, api, jstDate(ctx.now()));
      yield* readInGroups(ctx, tasks, { concurrency: SITES_UNDER_WAY, downAfter: DOWN_AFTER });
    },
  };
}

function tasksOf(articles: WatchedArticle[], api: SearchConsoleApi, today: string): ReadingTask[] {
  const sites = new Map<string, Site>();
  const tasks: ReadingTask[] = [];
  for (const article of articles) {
    const country = alpha3(article.country);
    if (pageKey(article.url) === null) tasks.push(invalidUrl(article));
    else if (country === null) tasks.push(invalidCountry(article));
    else {
      const property = article.property ?? `${new URL(article.url).origin}/`;
      const key = JSON.stringify([property, country]);
      const site = sites.get(key) ?? { property, country, articles: [] };
      sites.set(key, site);
      site.articles.push(article);
    }
  }
  for (const site of sites.values()) {
    tasks.push({
      articleIds: site.articles.map(({ id }) => id),
      read: (signal) => readSite(api, site, today, signal),
    });
  }
  return tasks;
}

function invalidCountry({ id, country }: WatchedArticle): ReadingTask {
  const message = `"${country}" is no country of ISO 3166-1`;
  return unreadable(id, new ReadingFailure("invalid_country", message, { permanent: true }));
}

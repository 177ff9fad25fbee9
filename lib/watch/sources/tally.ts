import type { Reading, WatchedArticle } from "@/lib/watch/types";
import type { AnalyticsRow } from "./search-console-api";
import { pageKey } from "./url-match";

/** The form in which searches are compared: NFKC, lower case, single spaces. */
export function searchKey(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

interface Sum {
  impressions: number;
  weighted: number;
  page: string;
  pageImpressions: number;
}

/** Adds up one day's rows (`page`, `query`) of the articles looked for. */
export class Tally {
  /** By search, then by page: most rows are of searches nobody watches, and those need no look at the address. */
  private readonly sums = new Map<string, Map<string, Sum>>();

  constructor(articles: WatchedArticle[]) {
    for (const { keyword, url } of articles) {
      const pages = this.sums.get(searchKey(keyword)) ?? new Map<string, Sum>();
      this.sums.set(searchKey(keyword), pages);
      pages.set(pageKey(url) ?? "", { impressions: 0, weighted: 0, page: url, pageImpressions: 0 });
    }
  }

  add({ keys: [page = "", query = ""], impressions, position }: AnalyticsRow) {
    const sum = this.sums.get(searchKey(query))?.get(pageKey(page) ?? "");
    if (!sum) return;
    sum.impressions += impressions;
    sum.weighted += impressions * position;
    if (impressions > sum.pageImpressions) {
      sum.page = page;
      sum.pageImpressions = impressions;
    }
  }

  /** The article's average position over the day's impressions, to two decimals; null without impressions. */
  reading({ keyword, url }: WatchedArticle): Reading | null {
    const sum = this.sums.get(searchKey(keyword))?.get(pageKey(url) ?? "");
    if (!sum || sum.impressions === 0) return null;
    const position = Math.round((sum.weighted / sum.impressions) * 100) / 100;
    return { status: "ok", position, foundUrl: sum.page };
  }
}

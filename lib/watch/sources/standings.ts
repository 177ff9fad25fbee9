import type { Reading, WatchedArticle } from "@/lib/watch/types";
import { hostKey, pageKey } from "./url-match";

/** Who stands where in one search, filled page by page. Positions count from 1 over all pages. */
export class Standings {
  private readonly pages = new Map<string, { position: number; url: string }>();
  private readonly hosts = new Map<string, number>();
  private readonly links = new Set<string>();
  private count = 0;

  /**
   * Adds the next page's results in order. A result seen before is not counted again: between two requests
   * Google may move one over the edge of a page. Returns whether the page held anything new.
   */
  add(links: (string | null)[]): boolean {
    const before = this.count;
    for (const link of links) {
      if (link !== null && this.links.has(link)) continue;
      this.count += 1;
      if (link !== null) this.place(link, this.count);
    }
    return this.count > before;
  }

  private place(link: string, position: number) {
    this.links.add(link);
    const page = pageKey(link);
    if (page !== null && !this.pages.has(page)) this.pages.set(page, { position, url: link });
    const host = hostKey(link);
    if (host !== null && !this.hosts.has(host)) this.hosts.set(host, position);
  }

  /** Whether an article and all its competitors have been found, so that nothing deeper matters. */
  isComplete(article: WatchedArticle): boolean {
    return (
      this.find(article) !== undefined && article.competitors.every((name) => this.bestOf(name) !== null)
    );
  }

  /**
   * What the pages added say of an article. `readToTheEnd` is whether they are all there is to ask for: only then is
   * an absent page `not_ranked` and an absent competitor null; else the answer is null and the competitor left out.
   */
  reading(article: WatchedArticle, readToTheEnd: boolean): Reading | null {
    const found = this.find(article);
    if (found === undefined && !readToTheEnd) return null;
    const known = article.competitors
      .map((name) => [name, this.bestOf(name)] as const)
      .filter(([, position]) => position !== null || readToTheEnd);
    const competitors = article.competitors.length > 0 ? { competitors: Object.fromEntries(known) } : {};
    return found === undefined
      ? { status: "not_ranked", ...competitors }
      : { status: "ok", position: found.position, foundUrl: found.url, ...competitors };
  }

  private find(article: WatchedArticle) {
    const page = pageKey(article.url);
    return page === null ? undefined : this.pages.get(page);
  }

  private bestOf(competitor: string): number | null {
    const host = hostKey(competitor);
    return host === null ? null : (this.hosts.get(host) ?? null);
  }
}

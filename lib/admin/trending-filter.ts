import { oneOf, pathWith, type SearchParams } from "@/lib/admin/search-params";
import type { PageStart } from "@/lib/trending/store";
import type { WindowName } from "@/lib/trending/types";

export const TRENDING_PATH = "/admin/trending";
export const WEIGHTS_PATH = "/admin/trending/weights";

/** Which part of a ranking to show: the query of the page's address. */
export interface TrendingFilter {
  window: WindowName;
  /** Part of a topic's name or id. */
  query: string | null;
  /** Where the page begins; null: at the top. */
  after: PageStart | null;
}

/** The filter an address asks for. `windows`: the configured ones; any other is the first of them. */
export function trendingFilterOf(
  params: Awaited<SearchParams>,
  windows: readonly WindowName[],
): TrendingFilter {
  return {
    window: windowOf(params, windows),
    query: oneOf(params, "q"),
    after: cursorOf(oneOf(params, "after")),
  };
}

/** The window an address asks for, of those that are configured. */
export function windowOf(params: Awaited<SearchParams>, windows: readonly WindowName[]): WindowName {
  const asked = oneOf(params, "window");
  return windows.find((name) => name === asked) ?? windows[0] ?? "24h";
}

/** The address of a part of a ranking. `first`: the window that needs no naming. */
export function trendingAddress({ window, query, after }: TrendingFilter, first: WindowName): string {
  return pathWith(TRENDING_PATH, {
    window: window === first ? null : window,
    q: query,
    after: after ? `${after.score}~${after.topicId}` : null,
  });
}

/** The address of a topic's own page. */
export function topicAddress(topicId: string, window: WindowName, first: WindowName): string {
  return pathWith(`${TRENDING_PATH}/${encodeURIComponent(topicId)}`, {
    window: window === first ? null : window,
  });
}

/** A cursor that is no cursor starts from the top: old links must not break the page. */
function cursorOf(text: string | null): PageStart | null {
  const cut = text?.indexOf("~") ?? -1;
  if (!text || cut < 1) return null;
  const score = Number(text.slice(0, cut));
  const topicId = text.slice(cut + 1);
  return Number.isFinite(score) && topicId !== "" ? { score, topicId } : null;
}

import { oneOf, type SearchParams } from "@/lib/admin/search-params";
import { ARTICLE_STATES, type ArticleFilter } from "@/lib/admin/watch-states";

/** The filter an address asks for; a state that does not exist is all of them. */
export function articleFilterOf(params: Awaited<SearchParams>): ArticleFilter {
  const state = oneOf(params, "state");
  return {
    state: ARTICLE_STATES.find((known) => known === state) ?? "all",
    user: oneOf(params, "user"),
    query: oneOf(params, "q"),
  };
}

/** A filter as parameters of an address. */
export function paramsOf({ state, user, query }: ArticleFilter): Record<string, string | null> {
  return { state: state === "all" ? null : state, user, q: query };
}

/** The page number an address asks for, from 1. */
export function pageOf(params: Awaited<SearchParams>): number {
  return Math.max(1, Number.parseInt(oneOf(params, "page") ?? "1", 10) || 1);
}

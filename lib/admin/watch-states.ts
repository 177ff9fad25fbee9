export const ARTICLE_STATES = ["all", "monitored", "paused", "failed", "not_ranked"] as const;
export type ArticleState = (typeof ARTICLE_STATES)[number];

/** Which articles to show: the query of the page's address. */
export interface ArticleFilter {
  state: ArticleState;
  user: string | null;
  query: string | null;
}

/** Counts of the states in SQL `article_states`, as the filters name them. */
export function countsOf(counted: { state: string; articles: number }[]): Record<ArticleState, number> {
  const of = (state: string) => counted.find((row) => row.state === state)?.articles ?? 0;
  const all = counted.reduce((sum, row) => sum + row.articles, 0);
  const paused = of("paused");
  return { all, monitored: all - paused, paused, failed: of("failed"), not_ranked: of("not_ranked") };
}

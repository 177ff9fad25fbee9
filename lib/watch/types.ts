/**
 * Words of this room. An *article* is one page watched for one keyword. An *observation* is what one day's
 * reading said: a position, that the page is not ranked, or that nothing could be learned.
 */

/** Where positions come from. `manual` articles are filled by CSV import alone. */
export const SOURCES = ["search-console", "serper", "manual"] as const;
export type SourceName = (typeof SOURCES)[number];

/** The parts of an article a source needs. */
export interface WatchedArticle {
  id: string;
  url: string;
  keyword: string;
  source: SourceName;
  /** Search Console property, e.g. `sc-domain:example.com`; null: the property of the URL's origin. */
  property: string | null;
  /** ISO 3166 country and BCP 47 language of the search, e.g. `jp`, `ja`. */
  country: string;
  language: string;
  /** Host names whose positions are wanted beside the article's own. */
  competitors: string[];
}

/** Positions count from 1; Search Console's are averages and may be fractional. */
export type Reading =
  | { status: "ok"; position: number; foundUrl?: string; competitors?: Record<string, number | null> }
  | { status: "not_ranked"; competitors?: Record<string, number | null> }
  | { status: "failed"; error: ReadingError };

/** Why nothing could be learned. `permanent`: asking again will not help until somebody changes something. */
export interface ReadingError {
  code: string;
  message: string;
  permanent: boolean;
}

/** One article's reading, as a source hands it over. */
export interface ArticleReading {
  articleId: string;
  reading: Reading;
}

/** A reading of a day (`YYYY-MM-DD`, JST) as it is stored. */
export interface Observation {
  checkedOn: string;
  status: Reading["status"];
  position: number | null;
}

/** What can happen to a position, from the gravest to the gladdest; the first that holds names the notification. */
export const CHANGE_KINDS = [
  "lost_ranking",
  "left_top_3",
  "left_top_10",
  "drop",
  "entered_top_3",
  "entered_top_10",
  "rise",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** How much must happen before an owner is told: defaults, overridden per user, then per article. */
export interface Thresholds {
  /** Places down from the last known position that count as a drop. */
  drop: number;
  /** Places up that count as a rise. */
  rise: number;
  /** Places a move across the line of the top 10 must have. */
  top10: number;
  /** Places a move across the line of the top 3 must have. */
  top3: number;
  /** Days in a row without a ranking before it counts as lost. */
  lostAfterDays: number;
  /** Kinds the owner does not want to hear of. */
  muted: ChangeKind[];
}

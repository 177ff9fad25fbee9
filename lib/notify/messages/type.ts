/** How an article's position moved, for the words that tell it. */
export interface Movement {
  direction: "lost" | "fell" | "rose";
  /** The line that was crossed; of several the one that tells most. */
  crossed: "left_top_3" | "left_top_10" | "entered_top_3" | "entered_top_10" | null;
  /** Null: not ranked. */
  from: number | null;
  to: number | null;
  /** The day of `from`. */
  fromDay: string;
  /** Search Console counts impressions: a page it does not list was not shown, rather than not found. */
  source: string;
}

/** How many articles moved which way; those at 0 are not mentioned. */
export type MovementCounts = Record<Movement["direction"], number>;

/** What a position chart shows, for a summary in words. Days are JST. */
export interface ChartFacts {
  first: string;
  last: string;
  best: number | null;
  worst: number | null;
  /** Days nothing is known of. */
  gaps: number;
  notRanked: number;
  /** As in {@link Movement}. */
  source: string;
}

/** Everything digests and test messages say. A sentence has no full stop where a subject may end with it. */
export interface NotifyMessages {
  brand: string;
  /** UTF-16 units of a title in a subject, so that what happened to it stays in sight. */
  titleInSubject: number;

  position: (position: number | null, source: string) => string;
  /** A date as month and day. */
  day: (date: string) => string;
  /** A span of business days, with their zone. */
  days: (first: string, last: string) => string;
  /** A day's name with its zone. */
  jstDay: (date: string) => string;
  comma: string;

  /** What happened to one article. */
  happened: (title: string, move: Movement) => string;
  /** What happened to several. */
  counted: (counts: MovementCounts) => string;
  /** `counted`, with the article that moved most gravely. */
  countedWith: (counts: MovementCounts, title: string, move: Movement) => string;
  /** The change alone, beside positions that are already shown. */
  change: (move: Movement) => string;
  /** Where positions come from. */
  source: (name: string) => string;
  readAt: (time: string) => string;

  /** A chart in words. */
  chart: (facts: ChartFacts) => string;
  /** The sign of a gap where it has no mark. */
  blank: string;
  /** What the marks of a chart mean; only those that occur. */
  marks: (facts: ChartFacts, signs: { gap: string; notRanked: string }) => string | null;

  labelled: (label: string, value: string) => string;
  labels: { keyword: string; position: string; change: string; trend: string; source: string };
  others: (count: number) => string;
  notShown: (count: number) => string;

  why: string;
  /** In whose days positions are dated. */
  jstDays: string;
  preferences: string;
  unsubscribe: string;

  /** A closed theme, told to its authors. */
  results: {
    /** What happened, with the best rank of the reader's works. */
    heading: (theme: string, rank: number | null) => string;
    work: (title: string, rank: number) => string;
    see: string;
    closedAt: (time: string) => string;
    why: string;
  };

  test: {
    subject: string;
    heading: string;
    email: string;
    slack: string;
    why: string;
  };
}

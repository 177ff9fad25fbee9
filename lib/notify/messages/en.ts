import { monthAndDay, placesBetween, positionFigure } from "./figures";
import type { Movement, NotifyMessages } from "./type";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const day = (date: string) => {
  const { month, day } = monthAndDay(date);
  return `${MONTHS[month - 1]} ${day}`;
};

const unranked = (source: string) => (source === "search-console" ? "not shown" : "not found");

const position = (position: number | null, source: string) =>
  position === null ? unranked(source) : positionFigure(position);

const CROSSED: Record<NonNullable<Movement["crossed"]>, string> = {
  left_top_3: "left the top 3",
  left_top_10: "left the top 10",
  entered_top_3: "entered the top 3",
  entered_top_10: "entered the top 10",
};

const SOURCES: Record<string, string> = {
  "search-console": "Search Console average position",
  serper: "Google search result via Serper",
  manual: "imported from CSV",
};

const COUNTED = [
  ["lost", "lost its ranking", "lost their ranking"],
  ["fell", "fell", "fell"],
  ["rose", "rose", "rose"],
] as const;

const quote = (title: string) => `“${title}”`;

/** Every English sentence of a digest. */
export const en: NotifyMessages = {
  brand: "Banzuke",
  titleInSubject: 60,

  position,
  day,
  days: (first, last) => `${day(first)} – ${day(last)} JST`,
  jstDay: (date) => `${day(date)} JST`,
  comma: ", ",

  happened: (title, move) => {
    if (move.direction === "lost") {
      const last = move.from === null ? "" : ` (last at ${positionFigure(move.from)})`;
      const lost = move.source === "search-console" ? "is no longer shown in search" : "is no longer found";
      return `${quote(title)} ${lost}${last}`;
    }
    const line = move.crossed ? ` and ${CROSSED[move.crossed]}` : "";
    const to = position(move.to, move.source);
    if (move.from === null) return `${quote(title)} appeared at ${to}${line}`;
    return `${quote(title)} ${move.direction} from ${positionFigure(move.from)} to ${to}${line}`;
  },
  counted: (counts) =>
    COUNTED.filter(([direction]) => counts[direction] > 0)
      .map(([direction, one, many], place) => {
        const count = counts[direction];
        const noun = count === 1 ? "article" : "articles";
        return `${count} ${place === 0 ? `${noun} ` : ""}${count === 1 ? one : many}`;
      })
      .join(", "),
  countedWith: (counts, title, { from, to, source }) =>
    `${en.counted(counts)}: ${quote(title)} ${position(from, source)} → ${position(to, source)}`,
  change: (move) => {
    if (move.direction === "lost") {
      const lost = move.source === "search-console" ? "No longer shown in search" : "No longer found";
      return move.from === null
        ? lost
        : `${lost} (last at ${positionFigure(move.from)} on ${en.jstDay(move.fromDay)})`;
    }
    const places = placesBetween(move.from, move.to);
    const fell = move.direction === "fell";
    const moved =
      places === null
        ? fell
          ? "Fell"
          : "Appeared in the results"
        : `${fell ? "Down" : "Up"} ${places} ${places === "1" ? "place" : "places"}`;
    return move.crossed ? `${moved}, ${CROSSED[move.crossed]}` : moved;
  },
  source: (name) => SOURCES[name] ?? name,
  readAt: (time) => `read ${time}`,

  chart: ({ first, last, best, worst, gaps, notRanked, source }) =>
    `Positions ${en.days(first, last)}: ${[
      best === null || worst === null
        ? "none known"
        : `best ${positionFigure(best)}, worst ${positionFigure(worst)}`,
      gaps > 0 ? `no reading on ${gaps} ${gaps === 1 ? "day" : "days"}` : "",
      notRanked > 0 ? `${unranked(source)} on ${notRanked} ${notRanked === 1 ? "day" : "days"}` : "",
    ]
      .filter(Boolean)
      .join(", ")}`,
  blank: "blank",
  marks: ({ gaps, notRanked, source }, signs) =>
    [
      gaps > 0 ? `${signs.gap} = no reading` : "",
      notRanked > 0 ? `${signs.notRanked} = ${unranked(source)}` : "",
    ]
      .filter(Boolean)
      .join(", ") || null,

  labelled: (label, value) => `${label}: ${value}`,
  labels: {
    keyword: "Keyword",
    position: "Position",
    change: "Change",
    trend: "Trend",
    source: "Source",
  },
  others: (count) => (count === 1 ? "1 other article" : `${count} other articles`),
  notShown: (count) =>
    count === 1
      ? "The position of 1 more article changed."
      : `The positions of ${count} more articles changed.`,

  why: "You get this because positions of articles you watch have changed.",
  jstDays: " Days of positions are in Japan time (JST).",
  preferences: "Notification settings",
  unsubscribe: "Unsubscribe from these e-mails",

  results: {
    heading: (theme, rank) =>
      rank === null
        ? `Results of ${quote(theme)} are in`
        : `Results of ${quote(theme)} are in: you are no. ${rank}`,
    work: (title, rank) => `No. ${rank}  ${title}`,
    see: "See the whole ranking",
    closedAt: (time) => `closed ${time}`,
    why: "You get this because you entered a work, and no phone of yours takes our notifications.",
  },

  test: {
    subject: "Test message from Banzuke",
    heading: "This is a test",
    email: "Changes of position will arrive at this address.",
    slack: "Changes of position will arrive in this channel.",
    why: "Somebody asked for it in the admin pages.",
  },
};

import type { ChartFacts } from "@/lib/notify/messages/type";
import type { DigestArticle } from "@/lib/notify/types";

/** Days a chart shows, the last one included. */
export const WINDOW_DAYS = 30;
/** The axis reaches at least this position, so that a step from 1 to 2 does not look like a fall. */
const SHORTEST_AXIS = 10;

/** A position, surely none, or nothing known. */
export type Day = number | "not_ranked" | "gap";

/** The days of a chart, oldest first, as many as {@link WINDOW_DAYS}. */
export interface History extends ChartFacts {
  days: Day[];
  /** Position at the foot of the axis; 1 is at its top. */
  axisEnd: number;
}

/** The days up to the change, or to the last reading after it. Days never read, or in vain, are gaps. */
export function historyOf(article: DigestArticle): History {
  const { previous, current, history, source } = article;
  const lastDay = Math.max(dayNumber(current.on), ...history.map(({ checkedOn }) => dayNumber(checkedOn)));
  const days = Array.from({ length: WINDOW_DAYS }, (): Day => "gap");
  const put = (on: string, day: Day) => {
    const place = WINDOW_DAYS - 1 - (lastDay - dayNumber(on));
    if (place in days) days[place] = day;
  };
  for (const { checkedOn, status, position } of history) {
    if (status === "ok" && position !== null) put(checkedOn, position);
    if (status === "not_ranked") put(checkedOn, "not_ranked");
  }
  // The picture holds what the words beside it say, though the history was cut or corrected since.
  for (const { on, position } of [previous, current]) put(on, position ?? "not_ranked");

  const positions = days.filter((day) => typeof day === "number");
  const worst = positions.length > 0 ? Math.max(...positions) : null;
  return {
    days,
    first: dateOf(lastDay - WINDOW_DAYS + 1),
    last: dateOf(lastDay),
    best: positions.length > 0 ? Math.min(...positions) : null,
    worst,
    gaps: days.filter((day) => day === "gap").length,
    notRanked: days.filter((day) => day === "not_ranked").length,
    source,
    axisEnd: Math.max(SHORTEST_AXIS, Math.ceil(worst ?? 0)),
  };
}

/** Height of a position out of `levels`: 1 is at the top, the end of the axis still stands one level high. */
export function levelOf(position: number, axisEnd: number, levels: number): number {
  const share = (axisEnd - position) / (axisEnd - 1);
  return 1 + Math.round(Math.min(1, Math.max(0, share)) * (levels - 1));
}

const BLOCKS = "▁▂▃▄▅▆▇█";
export const SPARK_SIGNS = { gap: "·", notRanked: "_" };

/** The days as one line of block characters: higher is better. */
export function sparkline({ days, axisEnd }: History): string {
  return days
    .map((day) => {
      if (day === "gap") return SPARK_SIGNS.gap;
      if (day === "not_ranked") return SPARK_SIGNS.notRanked;
      return BLOCKS[levelOf(day, axisEnd, BLOCKS.length) - 1];
    })
    .join("");
}

/** A date as a number that grows by one a day. */
function dayNumber(date: string): number {
  return Date.parse(date) / 86_400_000;
}

function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

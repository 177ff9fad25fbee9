import { useTranslations } from "next-intl";
import { usePosition } from "@/components/admin/watch/use-position";
import {
  dayNumber,
  depthOf,
  type Stretch,
  sparkRange,
  stretchesOf,
  summariseHistory,
} from "@/lib/admin/watch-rank";
import type { Observation } from "@/lib/watch/types";

const WIDTH = 120;
const HEIGHT = 26;
const TOP = 3;
/** Where a page that was not ranked is marked: below every position. */
const FOOT = HEIGHT - 2.5;
const DEEP = HEIGHT - 7;

interface RankSparkProps {
  history: Observation[];
  /** The last day shown (JST), and how many. */
  today: string;
  days: number;
}

/** A month of positions at a glance: the top is up, a gap is a day nothing was learned, a tick at the foot is "not ranked". */
export function RankSpark({ history, today, days }: RankSparkProps) {
  const t = useTranslations("watch.spark");
  const position = usePosition();
  const { best, worst, notRanked, failed } = summariseHistory(history);
  if (history.length === 0) return <span className="text-small text-faint">{t("none")}</span>;
  const { stretches, absent } = stretchesOf(history);
  const range = sparkRange(stretches.flat().map((point) => point.position));
  const first = dayNumber(today) - days + 1;
  const x = (day: number) => 2 + ((day - first) / (days - 1)) * (WIDTH - 4);
  const y = (rank: number) => TOP + depthOf(rank, range.deepest, range.top) * (DEEP - TOP);
  const line = (stretch: Stretch) =>
    stretch.map((point) => `${x(point.day).toFixed(1)} ${y(point.position).toFixed(1)}`);
  const words = t("summary", {
    days,
    best: best === null ? "none" : position(best),
    worst: worst === null ? "none" : position(worst),
    notRanked,
    failed,
  });
  const last = stretches.at(-1)?.at(-1);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={words}
      className="block"
    >
      <path
        d={stretches.map((stretch) => `M${line(stretch).join("L")}`).join("")}
        fill="none"
        stroke="var(--ink)"
        strokeWidth="1.25"
        strokeLinejoin="round"
      />
      {stretches
        .filter((stretch) => stretch.length === 1)
        .map(([point]) =>
          point ? (
            <circle key={point.day} cx={x(point.day)} cy={y(point.position)} r="1.1" fill="var(--ink)" />
          ) : null,
        )}
      {absent.map((day) => (
        <path key={day} d={`M${x(day) - 1.25} ${FOOT}h2.5`} stroke="var(--failed)" strokeWidth="2" />
      ))}
      {last ? <circle cx={x(last.day)} cy={y(last.position)} r="1.9" fill="var(--accent)" /> : null}
    </svg>
  );
}

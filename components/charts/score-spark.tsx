import { useTranslations } from "next-intl";
import { scoreText } from "@/lib/admin/trending-numbers";
import {
  type ScorePoint,
  type ScoreStretch,
  scoreRange,
  scoreStretches,
  summariseScores,
} from "@/lib/admin/trending-series";

const WIDTH = 108;
const HEIGHT = 26;
const EDGE = 2.5;
const HOUR_MS = 3_600_000;

interface ScoreSparkProps {
  /** Oldest first; the last is the score of now. */
  points: ScorePoint[];
  /** The right edge, and how many hours lie before it. */
  end: number;
  hours: number;
}

/** Some hours of a topic's score at a glance: a gap is an hour nothing was recorded, the dot is now. */
export function ScoreSpark({ points, end, hours }: ScoreSparkProps) {
  const t = useTranslations("trending.spark");
  const summary = summariseScores(points);
  if (!summary) return <span className="text-small text-faint">{t("none")}</span>;
  const { low, high } = scoreRange(points);
  const x = (at: number) => EDGE + (1 - (end - at) / (hours * HOUR_MS)) * (WIDTH - 2 * EDGE);
  const y = (score: number) => HEIGHT - EDGE - ((score - low) / (high - low)) * (HEIGHT - 2 * EDGE);
  const line = (stretch: ScoreStretch) =>
    stretch.map(({ at, score }) => `${x(at).toFixed(1)} ${y(score).toFixed(1)}`);
  const stretches = scoreStretches(points);
  const words =
    points.length === 1
      ? t("now", { score: scoreText(summary.last.score) })
      : t("summary", {
          hours,
          from: scoreText(summary.first.score),
          to: scoreText(summary.last.score),
          highest: scoreText(summary.highest.score),
        });
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
            <circle key={point.at} cx={x(point.at)} cy={y(point.score)} r="1.1" fill="var(--ink)" />
          ) : null,
        )}
      <circle cx={x(summary.last.at)} cy={y(summary.last.score)} r="1.9" fill="var(--accent)" />
    </svg>
  );
}

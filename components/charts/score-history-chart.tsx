"use client";

import { useTimeZone, useTranslations } from "next-intl";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { scoreText } from "@/lib/admin/trending-numbers";
import { type ScorePoint, scoreRange, scoreTicks, withGaps } from "@/lib/admin/trending-series";
import { clockTime, minuteTime, monthDay, zoneLabel } from "@/lib/i18n/time";

const HEIGHT = 220;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A topic's recorded scores over time; hours that were not recorded leave a gap. Words and table stand beside it. */
export function ScoreHistoryChart({ points }: { points: ScorePoint[] }) {
  const t = useTranslations("trending.topic");
  const zone = useTimeZone() ?? "Asia/Tokyo";
  const first = points[0]?.at ?? 0;
  const last = points.at(-1)?.at ?? 0;
  const ticks = scoreTicks(scoreRange(points));
  const text = { fill: "var(--faint)", fontSize: 12 };
  const tick = (at: number) => {
    const clock = clockTime(new Date(at), zone);
    return last - first > DAY_MS ? `${monthDay(new Date(at), zone)} ${clock}` : clock;
  };
  return (
    <div className="overflow-hidden" style={{ height: HEIGHT }} aria-hidden="true">
      <ResponsiveContainer width="100%" height={HEIGHT} initialDimension={{ width: 900, height: HEIGHT }}>
        <LineChart
          data={withGaps(points)}
          margin={{ top: 8, right: 16, bottom: 20, left: 4 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="at"
            type="number"
            domain={[first, Math.max(last, first + HOUR_MS)]}
            ticks={hourTicks(first, last)}
            tickFormatter={tick}
            tick={text}
            stroke="var(--line-strong)"
            minTickGap={24}
            label={{
              value: t("axis", { zone: zoneLabel(zone, new Date(last)) }),
              position: "insideBottom",
              offset: -12,
              ...text,
            }}
          />
          <YAxis
            tick={text}
            stroke="none"
            width={56}
            ticks={ticks}
            domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
            tickFormatter={(score: number) => score.toLocaleString("en-US")}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--line-strong)" }}
            content={({ active, payload }) => {
              const point: ScorePoint | undefined = payload?.[0]?.payload;
              if (!active || !point) return null;
              return (
                <p className="rounded-sm bg-ink px-2 py-1 text-small text-paper tabular-nums">
                  {minuteTime(new Date(point.at), zone)}
                  <br />
                  {scoreText(point.score)}
                </p>
              );
            }}
          />
          <Line
            dataKey="score"
            type="linear"
            stroke="var(--accent)"
            strokeWidth={1.75}
            dot={{ r: 1.75, fill: "var(--accent)", strokeWidth: 0 }}
            activeDot={{ r: 3.5, fill: "var(--accent)", strokeWidth: 0 }}
            connectNulls={false}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Every sixth hour or day, by how much there is to name; whole in Japan and in UTC alike. */
function hourTicks(first: number, last: number): number[] {
  const step = [1, 3, 6, 12, 24].find((hours) => (last - first) / (hours * HOUR_MS) <= 8) ?? 24;
  const size = step * HOUR_MS;
  // Midnight and noon in Japan are 15:00 and 03:00 UTC: six and twelve hours apart they coincide modulo three.
  const offset = step > 3 ? 15 * HOUR_MS : 0;
  const ticks: number[] = [];
  for (let at = Math.ceil((first - offset) / size) * size + offset; at <= last; at += size) ticks.push(at);
  return ticks;
}

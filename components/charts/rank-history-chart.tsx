"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { usePosition } from "@/components/admin/watch/use-position";
import type { Reading } from "@/lib/admin/watch-article";
import { type ChartDay, chartOf, HEADROOM, lineEnds, runsOf } from "@/lib/admin/watch-chart";
import { dayOf } from "@/lib/admin/watch-rank";

const HEIGHT = 280;
const TOP = 10;
const BOTTOM = 22;
const X_AXIS = 30;
const Y_AXIS = 68;
const LABELS = 116;
const PLOT = HEIGHT - TOP - BOTTOM - X_AXIS;
/** Dashes of the thin lines: told apart without colour, and by the names at their ends. */
const DASHES = ["0", "5 3", "1.5 2.5", "8 3 2 3", "3 3"];

interface RankHistoryChartProps {
  history: Reading[];
  /** First and last day of the range (JST). */
  since: string;
  today: string;
  host: string;
  competitors: string[];
}

/** Positions day by day, the top at the top, on a scale that gives the upper ten half of the height. */
export function RankHistoryChart({ history, since, today, host, competitors }: RankHistoryChartProps) {
  const t = useTranslations("watch.chart");
  const position = usePosition();
  const [compared, setCompared] = useState(false);
  const shown = compared ? competitors : [];
  const chart = chartOf(history, { since, today, competitors: shown });
  const text = { fill: "var(--faint)", fontSize: 12 };
  const ends = lineEnds(chart, [host, ...shown], PLOT);

  return (
    <>
      {competitors.length > 0 ? (
        <label className="mb-1 inline-flex items-center gap-2">
          <input
            type="checkbox"
            checked={compared}
            onChange={(event) => setCompared(event.target.checked)}
            className="accent-ink"
            data-testid="compare"
          />
          {t("compare", { count: competitors.length })}
        </label>
      ) : null}
      <div className="relative overflow-hidden" style={{ height: HEIGHT }} aria-hidden="true">
        <ResponsiveContainer width="100%" height={HEIGHT} initialDimension={{ width: 900, height: HEIGHT }}>
          <LineChart
            data={chart.days}
            margin={{ top: TOP, right: compared ? LABELS : 12, bottom: BOTTOM, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} horizontal={false} />
            {runsOf(chart.failed).map(({ from, to }) => (
              <ReferenceArea
                key={from}
                x1={from - 0.5}
                x2={to + 0.5}
                fill="var(--line)"
                fillOpacity={0.55}
                ifOverflow="hidden"
              />
            ))}
            {[3, 10].map((mark) => (
              <ReferenceLine key={mark} y={mark} stroke="var(--line-strong)" strokeDasharray="2 3" />
            ))}
            <XAxis
              dataKey="day"
              type="number"
              domain={[chart.first, chart.last]}
              ticks={chart.ticks}
              tickFormatter={(day: number) => dayOf(day).slice(5)}
              tick={text}
              stroke="var(--line-strong)"
              minTickGap={24}
              height={X_AXIS}
              label={{ value: t("axis"), position: "insideBottom", offset: -12, ...text }}
            />
            <YAxis
              reversed
              scale="log"
              domain={[HEADROOM, chart.foot]}
              ticks={chart.marks}
              allowDataOverflow
              tickFormatter={(rank: number) =>
                rank === 3 || rank === 10 ? t("top", { count: rank }) : String(rank)
              }
              tick={text}
              stroke="none"
              width={Y_AXIS}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: "var(--line-strong)" }}
              content={({ active, payload }) => {
                const day: ChartDay | undefined = payload?.[0]?.payload;
                return active && day ? <Words day={day} /> : null;
              }}
            />
            {shown.map((name, index) => (
              <Line
                key={name}
                dataKey={(day: ChartDay) => day.competitors[name] ?? null}
                name={name}
                type="linear"
                stroke="var(--faint)"
                strokeWidth={1}
                strokeDasharray={DASHES[index % DASHES.length]}
                dot={false}
                activeDot={false}
                connectNulls={false}
                isAnimationActive={false}
              />
            ))}
            <Line
              dataKey="position"
              type="linear"
              stroke="var(--accent)"
              strokeWidth={1.75}
              dot={
                chart.days.length > 100 ? (
                  <Lonely days={chart.days} />
                ) : (
                  { r: 2, fill: "var(--accent)", strokeWidth: 0 }
                )
              }
              activeDot={{ r: 3.5, fill: "var(--accent)", strokeWidth: 0 }}
              connectNulls={false}
              isAnimationActive={false}
            />
            <Line
              dataKey="absent"
              stroke="none"
              dot={<Absent />}
              activeDot={false}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
        {chart.absent ? (
          <p
            className="pointer-events-none absolute text-[11px] text-failed"
            style={{ left: Y_AXIS + 4, top: TOP + PLOT - 18 }}
          >
            {position(null)}
          </p>
        ) : null}
        {compared
          ? ends.map(({ name, top }) => (
              <p
                key={name}
                className={`pointer-events-none absolute right-0 truncate text-[11px] ${name === host ? "font-medium text-accent" : "text-faint"}`}
                style={{ top: TOP + top - 8, width: LABELS - 6 }}
              >
                {name}
              </p>
            ))
          : null}
      </div>
    </>
  );

  function Words({ day }: { day: ChartDay }) {
    return (
      <div className="rounded-sm bg-ink px-2 py-1 text-small text-paper tabular-nums">
        <p>{t("day", { day: dayOf(day.day) })}</p>
        <p>{day.failed ? t("unknown") : position(day.position)}</p>
        {shown.map((name) =>
          name in day.competitors ? (
            <p key={name}>
              {name}: {position(day.known[name] ?? null)}
            </p>
          ) : null,
        )}
      </div>
    );
  }
}

/** A day the page was not ranked: a cross at the foot, on no line. */
function Absent({ cx, cy, value }: { cx?: number; cy?: number; value?: number | null }) {
  if (cx === undefined || cy === undefined || value === null || value === undefined) return null;
  return <path d={`M${cx - 2.5} ${cy - 2.5}l5 5m0 -5l-5 5`} stroke="var(--failed)" strokeWidth={1.5} />;
}

/** On a long range only days without a neighbour need a dot: no line would show them. */
function Lonely({ cx, cy, index = 0, days }: { cx?: number; cy?: number; index?: number; days: ChartDay[] }) {
  if (
    days[index]?.position === null ||
    days[index - 1]?.position != null ||
    days[index + 1]?.position != null
  )
    return null;
  return <circle cx={cx} cy={cy} r={1.5} fill="var(--accent)" />;
}

"use client";

import { useTimeZone, useTranslations } from "next-intl";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { useDuration } from "@/components/time/use-duration";
import { durationTicks, summariseDurations } from "@/lib/admin/durations";
import { inOrderOfStart, type RecentRun } from "@/lib/admin/run-strip";
import { clockTime, exactTime, monthDay, zoneLabel } from "@/lib/i18n/time";

const HEIGHT = 200;
const DAY_MS = 86_400_000;

interface Point {
  at: number;
  succeeded: number | null;
  failed: number | null;
}

/** How long a job's runs took, over time: one line, failed runs as crosses, in words and figures beside it. */
export function DurationChart({ runs }: { runs: RecentRun[] }) {
  const t = useTranslations("runs.chart");
  const duration = useDuration();
  const zone = useTimeZone() ?? "Asia/Tokyo";
  const summary = summariseDurations(runs);
  if (!summary) return <p className="mb-6 text-faint">{t("none")}</p>;
  const points = pointsOf(runs);
  const ticks = durationTicks(summary.longestMs);
  const first = points[0]?.at ?? 0;
  const last = points.at(-1)?.at ?? 0;
  const tick = (at: number) =>
    last - first > DAY_MS ? monthDay(new Date(at), zone) : clockTime(new Date(at), zone);
  const text = { fill: "var(--faint)", fontSize: 12 };

  return (
    <figure className="mb-8">
      <figcaption className="mb-2">
        <span className="font-medium">{t("title")}</span>{" "}
        <span className="text-faint">
          {t("summary", {
            count: summary.count,
            succeeded: summary.succeeded,
            failed: summary.failed,
            median: duration(summary.medianMs),
            longest: duration(summary.longestMs),
          })}
        </span>
      </figcaption>
      <div className="overflow-hidden" style={{ height: HEIGHT }} aria-hidden="true">
        <ResponsiveContainer width="100%" height={HEIGHT} initialDimension={{ width: 900, height: HEIGHT }}>
          <LineChart
            data={points}
            margin={{ top: 8, right: 16, bottom: 20, left: 4 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="at"
              type="number"
              domain={["dataMin", "dataMax"]}
              scale="time"
              tickFormatter={tick}
              tick={text}
              stroke="var(--line-strong)"
              minTickGap={48}
              label={{
                value: t("axis", { zone: zoneLabel(zone, new Date(last)) }),
                position: "insideBottom",
                offset: -12,
                ...text,
              }}
            />
            <YAxis
              tickFormatter={(ms: number) => duration(ms)}
              tick={text}
              stroke="none"
              width={84}
              ticks={ticks}
              domain={[0, ticks.at(-1) ?? 0]}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: "var(--line-strong)" }}
              content={({ active, payload }) => {
                const point: Point | undefined = payload?.[0]?.payload;
                if (!active || !point) return null;
                return (
                  <p className="rounded-sm bg-ink px-2 py-1 text-small text-paper">
                    {exactTime(new Date(point.at), zone)}
                    <br />
                    {duration(point.succeeded ?? point.failed ?? 0)}
                  </p>
                );
              }}
            />
            <Line
              dataKey="succeeded"
              type="linear"
              stroke="var(--succeeded)"
              strokeWidth={1.5}
              dot={{ r: 2, fill: "var(--succeeded)", strokeWidth: 0 }}
              connectNulls={false}
              isAnimationActive={false}
            />
            <Line dataKey="failed" stroke="none" dot={<Cross />} isAnimationActive={false} />
          </LineChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

/** The mark of a failed run, the same cross as in tables. */
function Cross({ cx, cy, value }: { cx?: number; cy?: number; value?: number | null }) {
  if (cx === undefined || cy === undefined || value === null || value === undefined) return null;
  return <path d={`M${cx - 4} ${cy - 4}l8 8m0 -8l-8 8`} stroke="var(--failed)" strokeWidth={2} />;
}

/** A run without an end, and one that failed, leave a gap in the line: unknown is not zero. */
function pointsOf(runs: RecentRun[]): Point[] {
  return inOrderOfStart(runs).flatMap((run) => {
    if (!run.started_at) return [];
    const failed = run.status === "failed";
    return {
      at: Date.parse(run.started_at),
      succeeded: failed ? null : run.duration_ms,
      failed: failed ? run.duration_ms : null,
    };
  });
}

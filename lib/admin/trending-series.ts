const HOUR_MS = 3_600_000;

/** A score at a window end, in milliseconds. */
export interface ScorePoint {
  at: number;
  score: number;
}

/** Points in a row, an hour or less apart: what one line may connect. */
export type ScoreStretch = ScorePoint[];

/**
 * Recorded scores as lines to draw. Window ends are recorded every hour: where one is missing nothing is known, so the
 * line breaks, and never drops to zero.
 */
export function scoreStretches(points: ScorePoint[]): ScoreStretch[] {
  const stretches: ScoreStretch[] = [];
  for (const point of points) {
    const current = stretches.at(-1);
    const before = current?.at(-1);
    if (current && before && point.at - before.at <= HOUR_MS) current.push(point);
    else stretches.push([point]);
  }
  return stretches;
}

/** The range of a scale for these scores: from zero, or from the lowest where scores are negative. */
export function scoreRange(points: ScorePoint[]): { low: number; high: number } {
  const scores = points.map(({ score }) => score);
  const low = Math.min(0, ...scores);
  const high = Math.max(0, ...scores);
  return { low, high: high === low ? low + 1 : high };
}

/** A series in figures, for the words beside it; null without points. */
export function summariseScores(points: ScorePoint[]) {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return null;
  const highest = points.reduce((best, point) => (point.score > best.score ? point : best), first);
  // The last may be the score of now, between two full hours.
  const hours = points.filter(({ at }) => at % HOUR_MS === 0).length;
  return { hours, first, last, highest };
}

/** A chart's points with a gap (`score` null) wherever an hour was not recorded. Oldest first. */
export function withGaps<Point extends ScorePoint>(points: Point[]): (Point | { at: number; score: null })[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before && point.at - before.at > HOUR_MS ? [{ at: before.at + 1, score: null }, point] : [point];
  });
}

/** Round marks of an axis for scores, from the lowest to the highest: at most six. */
export function scoreTicks({ low, high }: { low: number; high: number }): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let tick = Math.floor(low / step); tick * step < high + step; tick += 1) {
    ticks.push(Number((tick * step).toPrecision(12)));
  }
  return ticks;
}

/** Hours between the first and the last point that were not recorded. */
export function missingHours(points: ScorePoint[]): number {
  return points.reduce((sum, { at }, index) => {
    const before = points[index - 1];
    return sum + (before ? Math.max(0, Math.ceil((at - before.at) / HOUR_MS) - 1) : 0);
  }, 0);
}

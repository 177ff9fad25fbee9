/**
 * Redis' inclusive `start stop`, where a negative index counts from the end, as the half-open `[from, to]` of a
 * sequence of that length; empty ranges come out as `[0, 0]`.
 */
export function indexRange(start: number, stop: number, length: number): [from: number, to: number] {
  const from = Math.max(0, start < 0 ? start + length : start);
  const to = Math.min(length, (stop < 0 ? stop + length : stop) + 1);
  return from < to ? [from, to] : [0, 0];
}

import { ReplyError } from "../../types";
import { compareBytes } from "../byte-order";
import { parseFloat64 } from "../numbers";
import type { SortedSet } from "../sorted-set";

interface ScoreBound {
  readonly score: number;
  readonly isExclusive: boolean;
}

/** The least and the greatest score of a range. */
export interface ScoreBounds {
  readonly min: ScoreBound;
  readonly max: ScoreBound;
}

/** The limits of BYSCORE, such as `(5` and `+inf`; throws Redis' error when one is no number. */
export function scoreBounds(min: string, max: string): ScoreBounds {
  return { min: scoreBound(min), max: scoreBound(max) };
}

/** The places `[from, to)` of a sorted set that lie within the limits. */
export function scorePlaces(zset: SortedSet, { min, max }: ScoreBounds): [from: number, to: number] {
  const from = zset.countWhile(({ score }) => score < min.score || (min.isExclusive && score === min.score));
  const to = zset.countWhile(({ score }) => score < max.score || (!max.isExclusive && score === max.score));
  return [from, to];
}

function scoreBound(text: string): ScoreBound {
  const isExclusive = text.startsWith("(");
  const score = parseFloat64(isExclusive ? text.slice(1) : text);
  if (score === undefined) throw new ReplyError("ERR min or max is not a float");
  return { score, isExclusive };
}

/** A limit of BYLEX as a test: whether a member lies below it (`isMax`: not above it). */
type LexTest = (member: string) => boolean;

/** The limits of BYLEX (`-`, `+`, `[a`, `(a`) as the places `[from, to)` they mean in a sorted set. */
export function lexBounds(min: string, max: string): (zset: SortedSet) => [from: number, to: number] {
  const isBelow = lexTest(min, false);
  const isWithin = lexTest(max, true);
  return (zset) => [
    zset.countWhile(({ member }) => isBelow(member)),
    zset.countWhile(({ member }) => isWithin(member)),
  ];
}

function lexTest(text: string, isMax: boolean): LexTest {
  if (text === "-") return () => false;
  if (text === "+") return () => true;
  const [sign, limit] = [text[0], text.slice(1)];
  if (sign !== "[" && sign !== "(") throw new ReplyError("ERR min or max not valid string range item");
  const includesLimit = isMax === (sign === "[");
  return (member) => {
    const order = compareBytes(member, limit);
    return order < 0 || (includesLimit && order === 0);
  };
}

import { partLook } from "@/components/admin/trending/part-look";
import { usePartWords } from "@/components/admin/trending/part-words";
import type { ScoredPart } from "@/lib/trending/rules";
import { SCORE_PARTS } from "@/lib/trending/types";

interface ScorePartsProps {
  /** The largest share first. */
  parts: ScoredPart[];
  /** Points as wide as the whole bar. */
  scale: number;
}

/** Why a topic trends: its score's parts as a bar, the largest in words, all of them on hover, focus and tap. */
export function ScoreParts({ parts, scale }: ScorePartsProps) {
  const words = usePartWords();
  const [largest] = parts;
  if (!largest) return <span className="text-faint">–</span>;
  const all = parts.map(words);
  return (
    <button
      type="button"
      data-tip={all.join("\n")}
      data-testid="why"
      className="relative z-1 block w-full min-w-0 cursor-default text-left text-small leading-4 text-faint [font-variant-numeric:tabular-nums]"
    >
      <PartsBar parts={parts} scale={scale} />
      <span className="block truncate">{all[0]}</span>
      <span className="sr-only">{all.slice(1).join("; ")}</span>
    </button>
  );
}

/** The bar alone, for where the words stand beside it: what adds up from the left, what takes away after it. */
export function PartsBar({ parts, scale, className = "h-2" }: ScorePartsProps & { className?: string }) {
  const width = (points: number) => `${scale > 0 ? (Math.abs(points) / scale) * 100 : 0}%`;
  const inOrder = parts.toSorted((a, b) => SCORE_PARTS.indexOf(a.part) - SCORE_PARTS.indexOf(b.part));
  return (
    <span className={`flex gap-px overflow-hidden ${className}`} aria-hidden="true">
      {[...inOrder.filter(({ points }) => points > 0), ...inOrder.filter(({ points }) => points < 0)].map(
        ({ part, points }) => (
          <span
            key={part}
            className="block h-full shrink-0"
            style={{ width: width(points), ...partLook(part, points < 0) }}
          />
        ),
      )}
    </span>
  );
}

/** Points as wide as a whole bar, for these topics to be compared: the most that any of them adds up. */
export function scaleOf(topics: { parts: ScoredPart[] }[]): number {
  return Math.max(
    0,
    ...topics.map(({ parts }) => parts.reduce((sum, { points }) => sum + Math.abs(points), 0)),
  );
}

import type { CSSProperties } from "react";
import type { ScorePart } from "@/lib/trending/types";

const hatched = (colour: string) =>
  `repeating-linear-gradient(135deg, ${colour} 0 2px, transparent 2px 4px) content-box`;

/** How each part of a score is drawn: ink, then ever lighter, then hatched; one is told from another without colour. */
const FILLS: Record<ScorePart, string> = {
  posts: "var(--ink)",
  uniqueAuthors: "var(--accent)",
  boosts: "color-mix(in oklab, var(--accent) 42%, var(--paper))",
  replies: "color-mix(in oklab, var(--line-strong) 60%, var(--paper))",
  bookmarks: hatched("var(--line-strong)"),
  participantDelta: hatched("var(--accent)"),
};

/** The ground of a part. What a negative part takes away is an empty box with a dashed edge. */
export function partLook(part: ScorePart, negative = false): CSSProperties {
  return negative ? { border: "1px dashed var(--faint)" } : { background: FILLS[part] };
}

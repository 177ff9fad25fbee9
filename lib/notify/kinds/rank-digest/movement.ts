import { clip, isolate, oneLine } from "@/lib/notify/messages/text";
import type { Movement, MovementCounts } from "@/lib/notify/messages/type";
import type { ChangeFacts } from "@/lib/notify/types";
import type { ChangeKind } from "@/lib/watch/types";

const DIRECTIONS: Record<ChangeKind, Movement["direction"]> = {
  lost_ranking: "lost",
  left_top_3: "fell",
  left_top_10: "fell",
  drop: "fell",
  entered_top_3: "rose",
  entered_top_10: "rose",
  rise: "rose",
};

/** Who leaves the top 10 has left the top 3; who enters the top 3 has entered the top 10. */
const LINES = {
  lost: [],
  fell: ["left_top_10", "left_top_3"],
  rose: ["entered_top_3", "entered_top_10"],
} as const;

/** The change of a notification as words need it. */
export function movementOf(facts: ChangeFacts): Movement {
  const direction = DIRECTIONS[facts.kind];
  const crossed = LINES[direction].find((line) => line === facts.kind || facts.changes.includes(line));
  return {
    direction,
    crossed: crossed ?? null,
    from: facts.previous.position,
    to: facts.current.position,
    fromDay: facts.previous.on,
    source: facts.source,
  };
}

/** How many articles moved which way. */
export function countMovements(articles: ChangeFacts[]): MovementCounts {
  const counts: MovementCounts = { lost: 0, fell: 0, rose: 0 };
  for (const { kind } of articles) counts[DIRECTIONS[kind]] += 1;
  return counts;
}

/** Shapes that say the direction without colour. */
export const SIGNS: Record<Movement["direction"], string> = { lost: "✕", fell: "▼", rose: "▲" };

/** An article's title on one line, at most `length` UTF-16 units; its address where it has none. */
export function titleOf({ title, url }: Pick<ChangeFacts, "title" | "url">, length: number): string {
  return isolate(clip(oneLine(title) || oneLine(url), length));
}

/** What browsers and mail clients open without cutting. */
const LONGEST_ADDRESS = 2_000;

/** The address of an article, if it is one that may be opened from a message. */
export function addressOf({ url }: Pick<ChangeFacts, "url">): string | null {
  const address = oneLine(url);
  return address.length <= LONGEST_ADDRESS && /^https?:\/\/\S+$/i.test(address) ? address : null;
}

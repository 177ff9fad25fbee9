import { z } from "zod";
import { invalidRequest, Problem } from "@/lib/platform/problem";

/** Where a page of a ranking ends, and in which ranking: a version's number, or `live`. */
export interface Cursor {
  of: number | "live";
  afterRank: number;
}

const cursorSchema = z.tuple([
  z.union([z.number().int().min(1), z.literal("live")]),
  z.number().int().min(1),
]);

export function encodeCursor({ of, afterRank }: Cursor): string {
  return Buffer.from(JSON.stringify([of, afterRank])).toString("base64url");
}

/** Reads a cursor that {@link encodeCursor} wrote; throws the 400 that names `cursor` for anything else. */
export function decodeCursor(text: string): Cursor {
  try {
    const [of, afterRank] = cursorSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return { of, afterRank };
  } catch {
    throw invalidRequest([{ field: "cursor", message: "is not a cursor this API gave out" }]);
  }
}

/** Throws 410 when the ranking a cursor belongs to is not the one that would be read now. */
export function assertSameRanking(cursor: Cursor | null, of: number | "live"): void {
  if (!cursor || cursor.of === of) return;
  throw new Problem(
    410,
    "cursor_expired",
    "The ranking has changed since this cursor was given out; start again.",
  );
}

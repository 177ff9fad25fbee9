import { z } from "zod";
import { invalidRequest } from "@/lib/platform/problem";
import type { PageStart } from "@/lib/trending/store";

/** Where a page of topics ended: after a score and a topic, which was so-and-so-many-th. */
export type TopicsCursor = PageStart & { rank: number };

/** Postgres has no text with a zero in it. */
const id = z.string().refine((text) => !text.includes("\0"));
const topicsCursor = z.tuple([z.number(), id, z.number().int().min(1)]);

export function encodeTopicsCursor({ score, topicId, rank }: TopicsCursor): string {
  return encode([score, topicId, rank]);
}

/** Reads what {@link encodeTopicsCursor} wrote; throws the 400 that names `cursor` for anything else. */
export function decodeTopicsCursor(text: string): TopicsCursor {
  const [score, topicId, rank] = decode(topicsCursor, text);
  return { score, topicId, rank };
}

/** Where a page of posts ended. */
export interface PostsCursor {
  /** As the database spells it: its microseconds count. */
  at: string;
  id: string;
}

const postsCursor = z.tuple([z.iso.datetime({ offset: true }), id]);

export function encodePostsCursor({ at, id }: PostsCursor): string {
  return encode([at, id]);
}

/** Reads what {@link encodePostsCursor} wrote; throws the 400 that names `cursor` for anything else. */
export function decodePostsCursor(text: string): PostsCursor {
  const [at, id] = decode(postsCursor, text);
  return { at, id };
}

function encode(parts: unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

function decode<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
  } catch {
    throw invalidRequest([{ field: "cursor", message: "is not a cursor this API gave out" }]);
  }
}

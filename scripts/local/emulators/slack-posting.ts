import { z } from "zod";

const Block = z.looseObject({
  type: z.string(),
  text: z.looseObject({ text: z.string().max(3_000) }).optional(),
  fields: z.array(z.unknown()).max(10).optional(),
});
const Blocks = z.array(Block).max(50);
const Metadata = z.looseObject({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) });
const MAX_TEXT = 40_000;

/** The arguments of a method, by name. */
export type Arguments = Record<string, unknown>;

/** What chat.postMessage is to post. */
export type Posting = {
  channel: string;
  text: string;
  blocks: z.infer<typeof Blocks>;
  metadata: z.infer<typeof Metadata> | null;
};

/** Reads a method's arguments: JSON, a form whose nested values are JSON, or a query. */
export async function argumentsOf(request: Request): Promise<Arguments> {
  const isJson = request.headers.get("content-type")?.includes("json");
  const text = request.method === "POST" ? await request.text() : "";
  if (isJson) return z.record(z.string(), z.unknown()).catch({}).parse(jsonOf(text));
  const form = Object.fromEntries([...new URL(request.url).searchParams, ...new URLSearchParams(text)]);
  const nested = ["blocks", "metadata"].filter((name) => form[name] !== undefined);
  return { ...form, ...Object.fromEntries(nested.map((name) => [name, jsonOf(form[name] ?? "")])) };
}

/** Checks a posting as Slack does; a string is Slack's error. */
export function postingOf({ channel, text = "", blocks, metadata }: Arguments): Posting | string {
  if (typeof channel !== "string" || channel === "") return "channel_not_found";
  if (typeof text !== "string") return "invalid_arguments";
  const parsedBlocks = Blocks.safeParse(blocks ?? []);
  if (!parsedBlocks.success) return "invalid_blocks";
  const parsedMetadata = Metadata.nullable().safeParse(metadata ?? null);
  if (!parsedMetadata.success) return "invalid_metadata_format";
  if (text === "" && parsedBlocks.data.length === 0) return "no_text";
  if (text.length > MAX_TEXT) return "msg_too_long";
  return { channel, text, blocks: parsedBlocks.data, metadata: parsedMetadata.data };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

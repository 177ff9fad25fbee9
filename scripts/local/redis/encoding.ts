import { type Reply, ReplyError } from "./types";

/** How text is written in a response: as it is, or in base64 where the request has `Upstash-Encoding: base64`. */
export type Encoding = "plain" | "base64";

/** The JSON text `{"result":…}` of a reply, or `{"error":…}` of an error. */
export function encodeReply(reply: Reply, encoding: Encoding): string {
  if (reply instanceof ReplyError) return `{"error":${JSON.stringify(reply.message)}}`;
  // @upstash/redis leaves a literal OK undecoded at the top level only: inside a list it would garble it.
  if (reply === "OK") return '{"result":"OK"}';
  return `{"result":${encode(reply, encoding)}}`;
}

function encode(reply: Reply, encoding: Encoding): string {
  if (reply === null) return "null";
  if (typeof reply === "number") return String(reply);
  if (typeof reply === "string") return encoding === "base64" ? base64(reply) : JSON.stringify(reply);
  if (reply instanceof ReplyError) return encode(reply.message, encoding);
  let json = "[";
  for (let index = 0; index < reply.length; index += 1) {
    if (index > 0) json += ",";
    json += encode(reply[index] ?? null, encoding);
  }
  return `${json}]`;
}

const scratch = Buffer.allocUnsafe(4096);

// Short text is encoded through one buffer kept for it, which halves the time of a large pipeline.
function base64(text: string): string {
  if (text.length * 3 > scratch.length) return `"${Buffer.from(text).toString("base64")}"`;
  return `"${scratch.toString("base64", 0, scratch.write(text))}"`;
}

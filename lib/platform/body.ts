import { invalidRequest, Problem } from "@/lib/platform/problem";

/** A JSON body of ours is a handful of settings. */
const MAX_JSON_BYTES = 64 * 1024;
const READ_WITHIN_MS = 10_000;

/**
 * A request's body, never more of it than `maxBytes`: one that says it is longer is not read at all, one that turns out
 * longer is left where it does (413), and one that takes more than ten seconds to arrive is not waited for (408).
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(tooSlow()), READ_WITHIN_MS);
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late.promise]);
      if (done) return new Uint8Array(Buffer.concat(chunks));
      length += value.byteLength;
      if (length > maxBytes) throw tooLarge(maxBytes);
      chunks.push(value);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(400, "body_incomplete", "The body ended before it was complete.");
  } finally {
    clearTimeout(timer);
    reader.releaseLock();
  }
}

/** The same as text; 400 for bytes that are no UTF-8. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const bytes = await readBody(request, maxBytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidRequest([{ field: "body", message: "is not valid UTF-8" }]);
  }
}

/** A JSON request body; 415 for another type, 413 when it is too long, 408 too slow, 400 when it is not JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new Problem(415, "unsupported_media_type", "The body must be application/json.");
  }
  const text = await readText(request, MAX_JSON_BYTES);
  try {
    return JSON.parse(text);
  } catch {
    throw invalidRequest([{ field: "body", message: "is not valid JSON" }]);
  }
}

function tooLarge(maxBytes: number): Problem {
  return new Problem(413, "body_too_large", `The body is too long: at most ${maxBytes / 1024} kB are read.`);
}

function tooSlow(): Problem {
  return new Problem(408, "body_too_slow", "The body did not arrive in time.");
}

import type { Answer } from "@/lib/trending/answer";

/**
 * The HTTP form of an answer: the tag changes with every refresh, so a client or a cache that has it is told so
 * (304) instead of sent it again. What was counted live is kept for a shorter time.
 */
export function trendingResponse<A extends Answer<unknown>>(
  request: Request,
  answer: A,
  bodyOf: (answer: A) => unknown,
): Response {
  const etag = `"${answer.tag}"`;
  const shared = answer.head.source === "metrics" && !answer.head.stale ? 30 : 10;
  const headers = {
    etag,
    "cache-control": `public, max-age=0, s-maxage=${shared}, stale-while-revalidate=30`,
  };
  const known = request.headers
    .get("if-none-match")
    ?.split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""));
  if (known?.some((tag) => tag === etag || tag === "*")) return new Response(null, { status: 304, headers });
  const text = texts.get(answer) ?? JSON.stringify(bodyOf(answer));
  texts.set(answer, text);
  return new Response(text, { headers: { ...headers, "content-type": "application/json" } });
}

/** The body of each answer that is still kept, written once for everybody who asks. */
const texts = new WeakMap<object, string>();

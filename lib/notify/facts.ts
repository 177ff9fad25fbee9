import { z } from "zod";
import type { DigestArticle } from "@/lib/notify/types";
import { CHANGE_KINDS } from "@/lib/watch/types";

const side = z.object({ position: z.number().nullable(), on: z.iso.date() });

/** A notification's facts with its article's last days, as SQL `digest_sources` hands them over. */
const digestArticle: z.ZodType<DigestArticle> = z.object({
  articleId: z.string(),
  title: z.string(),
  url: z.string(),
  keyword: z.string(),
  source: z.string(),
  kind: z.enum(CHANGE_KINDS),
  changes: z.array(z.enum(CHANGE_KINDS)),
  previous: side,
  current: side,
  observedAt: z.iso.datetime(),
  history: z.array(
    z.object({
      checkedOn: z.iso.date(),
      status: z.enum(["ok", "not_ranked", "failed"]),
      position: z.number().nullable(),
    }),
  ),
});

/**
 * The articles of a digest: one entry each, its newest change where several days have waited, the gravest
 * change first. Throws for notification data that another program has written in another shape.
 */
export function digestArticles(notifications: unknown): DigestArticle[] {
  const newest = new Map<string, DigestArticle>();
  for (const article of z.array(digestArticle).parse(notifications)) newest.set(article.articleId, article);
  return [...newest.values()].sort(
    (a, b) =>
      CHANGE_KINDS.indexOf(a.kind) - CHANGE_KINDS.indexOf(b.kind) ||
      (a.current.position ?? Infinity) - (b.current.position ?? Infinity) ||
      a.articleId.localeCompare(b.articleId),
  );
}

import "server-only";
import { z } from "zod";
import { articleSchema } from "@/lib/admin/watch-article";
import type { ArticleFilter } from "@/lib/admin/watch-states";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { requireAdmin } from "@/lib/platform/session";
import { formatArticlesCsv } from "@/lib/watch/csv";

/** Hosted Supabase answers at most 1,000 rows. */
const PAGE = 1_000;

const exported = articleSchema.omit({ last_notification_sent_at: true, created_at: true });

/**
 * All articles that match, as the bytes of one sheet that `parseArticlesCsv` reads back, a page of the database at
 * a time. The first page is read before the answer begins, so that a database that is away is an error and not
 * half a file.
 */
export async function exportArticles(
  ctx: Pick<Context, "db" | "log">,
  filter: ArticleFilter,
): Promise<ReadableStream<Uint8Array>> {
  await requireAdmin();
  const pages = pagesOf(ctx, filter);
  const first = await pages.next();
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(first.done ? formatArticlesCsv([]) : first.value));
    },
    async pull(controller) {
      const next = await pages.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(withoutHeader(next.value)));
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
}

async function* pagesOf(ctx: Pick<Context, "db">, filter: ArticleFilter): AsyncGenerator<string, undefined> {
  let after = "";
  for (;;) {
    const found = await rows(
      ctx.db.rpc("articles_matching", {
        p_state: filter.state,
        // The generated types cannot say that a parameter may be null.
        p_user: filter.user as string,
        p_query: filter.query as string,
        p_after: after,
        p_limit: PAGE,
      }),
    );
    const last = found.at(-1);
    if (!last) return;
    yield formatArticlesCsv(z.array(exported).parse(found));
    after = last.id;
  }
}

/** Every page is a whole sheet; the names of its columns stand in the file once. */
function withoutHeader(sheet: string): string {
  return sheet.slice(sheet.indexOf("\r\n") + 2);
}

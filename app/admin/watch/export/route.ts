import { exportArticles } from "@/lib/admin/watch-export";
import { articleFilterOf } from "@/lib/admin/watch-filter";
import { appContext } from "@/lib/platform/context";
import { Problem } from "@/lib/platform/problem";
import { route } from "@/lib/platform/route";
import { NotAdminError, requireAdmin, SessionUnavailableError } from "@/lib/platform/session";
import { jstDate } from "@/lib/time";

/** The articles that the list shows under the same filters, all of them, as CSV. */
export const GET = route(async (request) => {
  await requireAdmin().catch((error) => {
    if (error instanceof NotAdminError) throw new Problem(401, "signed_out", "Sign in as an operator.");
    if (error instanceof SessionUnavailableError)
      throw new Problem(503, "unavailable", "Nobody can be signed in.");
    throw error;
  });
  const ctx = appContext("page");
  const filter = articleFilterOf(Object.fromEntries(new URL(request.url).searchParams));
  return new Response(await exportArticles(ctx, filter), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="articles-${jstDate(ctx.now())}.csv"`,
      "cache-control": "no-store",
    },
  });
});

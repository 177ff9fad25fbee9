import { rankingQuery } from "@/lib/contest/api";
import { rankingServer } from "@/lib/contest/serve";
import { appContext } from "@/lib/platform/context";
import { parseOrProblem, queryOf } from "@/lib/platform/problem";
import { limitPublic } from "@/lib/platform/rate-limit";
import { route } from "@/lib/platform/route";

let server: ReturnType<typeof rankingServer> | undefined;

/** The ranking of a theme: live until it is closed, then the snapshot that stands. */
export const GET = route(async (request) => {
  const query = parseOrProblem(rankingQuery, queryOf(request));
  server ??= rankingServer(appContext("page"));
  // Counted and read at once, one round trip instead of two; a refusal outranks whatever was read.
  const [limit, read] = await Promise.allSettled([limitPublic(request), server(query)]);
  if (limit.status === "rejected") throw limit.reason;
  if (read.status === "rejected") throw read.reason;
  const answer = read.value;
  const shared = answer.source === "snapshot" ? "s-maxage=30" : "s-maxage=1";
  return Response.json(answer, {
    headers: { "cache-control": `public, max-age=0, ${shared}, stale-while-revalidate=10` },
  });
});

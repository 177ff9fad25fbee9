import { appContext } from "@/lib/platform/context";
import { parseOrProblem, queryOf } from "@/lib/platform/problem";
import { limitPublic } from "@/lib/platform/rate-limit";
import { route } from "@/lib/platform/route";
import { topicsBody } from "@/lib/trending/answer";
import { trendingResponse } from "@/lib/trending/answer-http";
import { topicsQuery } from "@/lib/trending/api";
import { sharedServer } from "@/lib/trending/serve";

/** Topics by score: from the metrics, or counted live where these are missing or stale. */
export const GET = route(async (request) => {
  const query = parseOrProblem(topicsQuery, queryOf(request));
  await limitPublic(request);
  const answer = await sharedServer(() => appContext("page")).topics(query);
  return trendingResponse(request, answer, topicsBody);
});

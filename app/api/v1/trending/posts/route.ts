import { appContext } from "@/lib/platform/context";
import { parseOrProblem, queryOf } from "@/lib/platform/problem";
import { limitPublic } from "@/lib/platform/rate-limit";
import { route } from "@/lib/platform/route";
import { postsBody } from "@/lib/trending/answer";
import { trendingResponse } from "@/lib/trending/answer-http";
import { postsQuery } from "@/lib/trending/api";
import { sharedServer } from "@/lib/trending/serve";

/** The newest posts of the first topics. */
export const GET = route(async (request) => {
  const query = parseOrProblem(postsQuery, queryOf(request));
  await limitPublic(request);
  const answer = await sharedServer(() => appContext("page")).posts(query);
  return trendingResponse(request, answer, postsBody);
});

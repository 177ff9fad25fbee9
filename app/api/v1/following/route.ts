import { requireUser } from "@/lib/platform/auth";
import { appContext } from "@/lib/platform/context";
import { authEnv } from "@/lib/platform/env";
import { parseOrProblem, queryOf } from "@/lib/platform/problem";
import { route } from "@/lib/platform/route";
import { followingQuery } from "@/lib/trending/api";
import { readFollowing } from "@/lib/trending/following";

/** What a user's followed people and topics posted last: for that user, or for another service. */
export const GET = route(async (request) => {
  const asked = queryOf(request);
  await requireUser(request, authEnv(), asked.user_id);
  const query = parseOrProblem(followingQuery, asked);
  const feed = await readFollowing(appContext("page"), query);
  return Response.json(feed, { headers: { "cache-control": "private, no-store" } });
});

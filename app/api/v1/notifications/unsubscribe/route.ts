import { unsubscribeQuery } from "@/lib/notify/api";
import { readPreferencesToken } from "@/lib/notify/links";
import { unsubscribe } from "@/lib/notify/settings";
import { readBody } from "@/lib/platform/body";
import { appContext } from "@/lib/platform/context";
import { Problem, parseOrProblem, queryOf } from "@/lib/platform/problem";
import { limitPublic } from "@/lib/platform/rate-limit";
import { route } from "@/lib/platform/route";

const MAX_BYTES = 8 * 1024;

/** One click in a mailbox (RFC 8058): turns e-mail off for the user the signed link speaks for. */
export const POST = route(async (request) => {
  const ctx = appContext("page");
  await limitPublic(request);
  // Says "List-Unsubscribe=One-Click" in one of two forms; the token alone decides.
  await readBody(request, MAX_BYTES);
  const { token } = parseOrProblem(unsubscribeQuery, queryOf(request));
  const userId = await readPreferencesToken(token, ctx.now());
  if (!userId) {
    throw new Problem(
      401,
      "invalid_token",
      "This link is not valid any more. Use the one in your newest e-mail.",
    );
  }
  await unsubscribe(ctx.db, userId, ctx.now());
  return Response.json({ unsubscribed: true }, { headers: { "cache-control": "no-store" } });
});

/** Somebody followed the link in a browser: mail scanners do too, so nothing changes before a button is pressed. */
export const GET = route(async (request) => {
  const url = new URL(request.url);
  return Response.redirect(new URL(`/preferences${url.search}`, url), 303);
});

import { z } from "zod";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import type { FollowingResponse, followingQuery } from "@/lib/trending/api";
import { decodePostsCursor, encodePostsCursor } from "@/lib/trending/cursor";

/** One page of the newest posts of whom and what a user follows. A post met through both is there once. */
export async function readFollowing(
  ctx: Pick<Context, "db" | "now">,
  query: z.infer<typeof followingQuery>,
): Promise<FollowingResponse> {
  const before = query.cursor ? decodePostsCursor(query.cursor) : null;
  const now = ctx.now();
  const found = await rows(
    ctx.db.rpc("following_posts", {
      p_user: query.user_id,
      p_now: now.toISOString(),
      // One more than the page, to know whether another one follows.
      p_limit: query.limit + 1,
      p_before_at: before?.at,
      p_before_id: before?.id,
    }),
  );
  const page = found.slice(0, query.limit);
  const last = found.length > query.limit ? page.at(-1) : undefined;
  return {
    user_id: query.user_id,
    generated_at: now.toISOString(),
    posts: page.map((post) => ({
      id: post.id,
      topic_id: post.topic_id,
      topic_name: post.topic_name,
      author_id: post.author_id,
      reply_to: post.reply_to,
      body: post.body,
      created_at: new Date(post.created_at).toISOString(),
      because: z.enum(["author", "topic"]).parse(post.because),
    })),
    next_cursor: last ? encodePostsCursor({ at: last.created_at, id: last.id }) : null,
  };
}

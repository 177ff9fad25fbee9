import type { World } from "./world";

type Sql = World["sql"];

/** Forgets every topic, count, history and run; the profiles go back to what the migration brought. */
export async function forgetTrending(sql: Sql): Promise<void> {
  await sql(
    "truncate topics, posts, boosts, bookmarks, user_follows, topic_follows, trending_removals, topic_window_metrics, topic_metrics_history, topic_metrics_recordings, job_runs, jobs cascade",
  );
  await sql("delete from trending_state");
  await sql("insert into trending_state default values");
  await sql("delete from score_profiles where name not in ('default', 'engagement', 'newcomers')");
  await sql("update score_profiles set active = false");
}

export interface PostSeed {
  id: string;
  topic: string;
  author?: string;
  at: string;
  replyTo?: string | null;
}

/** Adds topics by id, named after it. */
export async function addTopics(sql: Sql, ...ids: string[]): Promise<void> {
  await sql("insert into topics (id, name) select id, 'Topic ' || id from unnest($1::text[]) id", [ids]);
}

/** Adds posts, by author `a1` unless told otherwise. */
export async function addPosts(sql: Sql, ...posts: PostSeed[]): Promise<void> {
  for (const { id, topic, author = "a1", at, replyTo = null } of posts) {
    await sql(
      "insert into posts (id, topic_id, author_id, created_at, reply_to) values ($1, $2, $3, $4, $5)",
      [id, topic, author, at, replyTo],
    );
  }
}

/** Adds a boost or a bookmark. */
export async function engage(
  sql: Sql,
  table: "boosts" | "bookmarks",
  postId: string,
  userId: string,
  at: string,
): Promise<void> {
  await sql(
    `insert into ${table} (post_id, user_id, created_at) values ($1, $2, $3) on conflict do nothing`,
    [postId, userId, at],
  );
}

/** What a window counts for one topic. */
export type Counted = {
  posts: number;
  unique_authors: number;
  previous_authors: number;
  replies: number;
  boosts: number;
  bookmarks: number;
};

/**
 * The same counts by a slow program of its own: every row is read and looked at, one by one. Topics without a trace
 * in the window or the authors' window before it are left out.
 */
export async function countSlowly(sql: Sql, end: Date, minutes: number): Promise<Map<string, Counted>> {
  const posts = await sql<{
    id: string;
    topic_id: string;
    author_id: string;
    reply_to: string | null;
    created_at: Date;
    deleted_at: Date | null;
  }>("select id, topic_id, author_id, reply_to, created_at, deleted_at from posts");
  const start = end.getTime() - minutes * 60_000;
  const before = start - minutes * 60_000;
  const topics = new Map<string, Counted & { authors: Set<string>; earlier: Set<string> }>();
  const of = (topic: string) => {
    const found = topics.get(topic) ?? {
      ...{ posts: 0, unique_authors: 0, previous_authors: 0, replies: 0, boosts: 0, bookmarks: 0 },
      authors: new Set<string>(),
      earlier: new Set<string>(),
    };
    topics.set(topic, found);
    return found;
  };
  const standing = new Map<string, string>();
  for (const post of posts) {
    if (post.deleted_at !== null) continue;
    standing.set(post.id, post.topic_id);
    const at = post.created_at.getTime();
    if (at > start && at <= end.getTime()) {
      const topic = of(post.topic_id);
      topic.posts += 1;
      if (post.reply_to !== null) topic.replies += 1;
      topic.authors.add(post.author_id);
    } else if (at > before && at <= start) {
      of(post.topic_id).earlier.add(post.author_id);
    }
  }
  for (const table of ["boosts", "bookmarks"] as const) {
    const rows = await sql<{ post_id: string; created_at: Date }>(`select post_id, created_at from ${table}`);
    for (const row of rows) {
      const topic = standing.get(row.post_id);
      const at = row.created_at.getTime();
      if (topic !== undefined && at > start && at <= end.getTime()) of(topic)[table] += 1;
    }
  }
  return new Map(
    [...topics].map(([id, { authors, earlier, ...counted }]) => [
      id,
      { ...counted, unique_authors: authors.size, previous_authors: earlier.size },
    ]),
  );
}

/** The stored counts of a window, topics without a trace left out. */
export async function storedCounts(sql: Sql, minutes: number): Promise<Map<string, Counted>> {
  const rows = await sql<Counted & { topic_id: string }>(
    `select topic_id, posts, unique_authors, previous_authors, replies, boosts, bookmarks
     from topic_window_metrics where window_minutes = $1
       and (posts, previous_authors, boosts, bookmarks) <> (0, 0, 0, 0)`,
    [minutes],
  );
  return new Map(rows.map(({ topic_id, ...counted }) => [topic_id, counted]));
}

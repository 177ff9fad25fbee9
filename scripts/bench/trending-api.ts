import { Client } from "pg";
import type { StackFile } from "../local/stack-env";
import { benchRoutes } from "./http";

const FOLLOWED = 200;

/**
 * The trending routes beside the constant route, on whatever topics and metrics the stack holds. The metrics must be
 * fresh; a user who follows 200 people and 20 topics is made for the feed.
 */
export async function benchTrendingApi(file: StackFile): Promise<void> {
  const sql = new Client({ connectionString: file.postgresUrl });
  await sql.connect();
  await sql.query(
    `insert into user_follows (user_id, followed_id)
     select 'bench-reader', author_id from (select distinct author_id from posts limit $1) a on conflict do nothing`,
    [FOLLOWED],
  );
  await sql.query(
    `insert into topic_follows (user_id, topic_id)
     select 'bench-reader', id from topics limit 20 on conflict do nothing`,
  );
  await sql.end();
  const authorization = `Bearer ${file.serviceRoleJwt}`;
  await benchRoutes(file.app, [
    { name: "topics, 24h, 50", path: "/api/v1/trending/topics" },
    { name: "topics, 6h, 200", path: "/api/v1/trending/topics?window=6h&limit=200" },
    { name: "posts, 10 topics, 3 each", path: "/api/v1/trending/posts" },
    {
      name: "following, 200 people",
      path: "/api/v1/following?user_id=bench-reader",
      headers: { authorization },
    },
  ]);
}

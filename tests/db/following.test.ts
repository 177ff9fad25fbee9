import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { followingQuery } from "@/lib/trending/api";
import { readFollowing } from "@/lib/trending/following";
import { addPosts, addTopics, forgetTrending } from "../support/trending";
import { openWorld, type World } from "../support/world";

const NOW = "2026-11-22T13:00:30Z";

let world: World;
beforeAll(async () => {
  world = await openWorld(NOW);
});
afterAll(() => world.close());
beforeEach(async () => {
  await forgetTrending(world.sql);
  await addTopics(world.sql, "film", "food", "rail");
});

const followUser = (followed: string) =>
  world.sql("insert into user_follows (user_id, followed_id) values ('me', $1)", [followed]);
const followTopic = (topic: string) =>
  world.sql("insert into topic_follows (user_id, topic_id) values ('me', $1)", [topic]);
const feed = (query: Record<string, unknown> = {}) =>
  readFollowing(world.ctx, followingQuery.parse({ user_id: "me", ...query }));
const at = (minute: number) => `2026-11-22T12:${String(minute).padStart(2, "0")}:00Z`;

describe("GET /api/v1/following", () => {
  test("brings the newest posts of followed people and topics, each once, and says why", async () => {
    await followUser("anna");
    await followTopic("food");
    await addPosts(
      world.sql,
      { id: "by-anna", topic: "film", author: "anna", at: at(1) },
      { id: "in-food", topic: "food", author: "ben", at: at(2) },
      { id: "both", topic: "food", author: "anna", at: at(3) },
      { id: "neither", topic: "film", author: "ben", at: at(4) },
    );
    expect((await feed()).posts.map(({ id, because, topic_name }) => [id, because, topic_name])).toEqual([
      ["both", "author", "Topic food"],
      ["in-food", "topic", "Topic food"],
      ["by-anna", "author", "Topic film"],
    ]);
  });

  test("leaves out posts that were taken down or whose time has not come", async () => {
    await followTopic("film");
    await addPosts(
      world.sql,
      { id: "seen", topic: "film", at: at(1) },
      { id: "hidden", topic: "film", at: at(2) },
      { id: "future", topic: "film", at: "2026-11-22T14:00:00Z" },
    );
    await world.sql("update posts set deleted_at = now() where id = 'hidden'");
    expect((await feed()).posts.map(({ id }) => id)).toEqual(["seen"]);
  });

  test("pages reach every post once, posts of the same instant included, whatever arrives meanwhile", async () => {
    await followUser("anna");
    await followTopic("food");
    const posts = Array.from({ length: 11 }, (_, n) => ({
      id: `p${String(n).padStart(2, "0")}`,
      topic: n % 2 ? "food" : "film",
      author: n % 3 ? "anna" : "ben",
      at: at(Math.floor(n / 3)),
    }));
    await addPosts(world.sql, ...posts);
    const wanted = posts
      .filter((post) => post.topic === "food" || post.author === "anna")
      .map(({ id }) => id)
      .toReversed();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof feed>> = await feed({ limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.posts.map(({ id }) => id));
      cursor = page.next_cursor;
      await addPosts(world.sql, { id: `new-${seen.length}`, topic: "food", at: at(59) });
    } while (cursor);
    expect(seen).toEqual(wanted);
  });

  test("whoever follows nobody and nothing has an empty feed", async () => {
    await addPosts(world.sql, { id: "p", topic: "film", at: at(1) });
    expect(await feed()).toMatchObject({ posts: [], next_cursor: null });
  });

  test("a cursor that this API never gave out is refused by name", async () => {
    await expect(feed({ cursor: "bm90" })).rejects.toMatchObject({
      status: 400,
      extra: { errors: [{ field: "cursor", message: "is not a cursor this API gave out" }] },
    });
  });
});

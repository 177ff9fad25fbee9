import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { refreshTrending } from "@/lib/jobs/refresh-trending";
import { refreshMetrics } from "@/lib/trending/refresh";
import { readState } from "@/lib/trending/store";
import {
  addPosts,
  addTopics,
  countSlowly,
  engage,
  forgetTrending,
  type PostSeed,
  storedCounts,
} from "../support/trending";
import { runNow } from "../support/watch";
import { openWorld, type World } from "../support/world";

const NOW = "2026-11-22T13:00:30Z";
const WINDOWS = [1_440, 360];
const { signal } = new AbortController();

let world: World;
beforeAll(async () => {
  world = await openWorld(NOW);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.setNow(NOW);
  await forgetTrending(world.sql);
  await addTopics(world.sql, "film", "food");
});

const refreshAt = (iso: string, options: { verify?: boolean } = {}) => {
  world.setNow(iso);
  return refreshMetrics(world.ctx, { signal, ...options });
};
/** Every window's stored counts are those of the slow program. */
async function expectTruth(end: string) {
  for (const minutes of WINDOWS) {
    const truth = await countSlowly(world.sql, new Date(end), minutes);
    expect(await storedCounts(world.sql, minutes), `${minutes} minutes to ${end}`).toEqual(truth);
  }
}
const film = async (minutes: number) => (await storedCounts(world.sql, minutes)).get("film");
const post = (id: string, at: string, more: Partial<PostSeed> = {}): PostSeed => ({
  id,
  topic: "film",
  at,
  ...more,
});

describe("refresh-trending", () => {
  test("counts both windows at once, each post by the window it belongs to (seed 001, 24h/6h 同時計算パス)", async () => {
    await addPosts(
      world.sql,
      post("now", "2026-11-22T13:00:00Z"),
      post("five-hours", "2026-11-22T08:00:00Z", { author: "a2", replyTo: "now" }),
      post("seven-hours", "2026-11-22T06:00:00Z", { author: "a3" }),
      post("yesterday", "2026-11-21T13:00:00Z", { author: "a4" }),
    );
    await engage(world.sql, "boosts", "yesterday", "u1", "2026-11-22T12:00:00Z");
    await engage(world.sql, "bookmarks", "now", "u1", "2026-11-22T07:00:01Z");
    const report = await refreshAt(NOW);
    expect(report).toMatchObject({ outcome: "rebuilt", counts: { topics_upserted: 1 } });
    expect(report.windowEnd).toEqual(new Date("2026-11-22T13:00:00Z"));
    expect(await film(360)).toEqual({
      ...{ posts: 2, unique_authors: 2, previous_authors: 1, replies: 1, boosts: 1, bookmarks: 1 },
    });
    expect(await film(1_440)).toEqual({
      ...{ posts: 3, unique_authors: 3, previous_authors: 1, replies: 1, boosts: 1, bookmarks: 1 },
    });
    const [row] = await world.sql(
      "select window_end - window_start = interval '24 hours' as day, posts_24h, posts_6h, participant_delta_24h, round(score_24h::numeric, 6)::float as score_24h, round(score_6h::numeric, 6)::float as score_6h from topic_metrics where topic_id = 'film'",
    );
    // 3 × 0.6 + 3 × 0.3 + 1 × 0.1, and 2 × 0.6 + 2 × 0.3 + 1 × 0.1 (seed 001, 点数計算)
    expect(row).toEqual({
      ...{ day: true, posts_24h: 3, posts_6h: 2, participant_delta_24h: 2, score_24h: 2.8, score_6h: 1.9 },
    });
  });

  test("a window ends with its own instant: a post exactly at its start has left, one at its end is in", async () => {
    await refreshAt("2026-11-22T12:55:00Z");
    await addPosts(
      world.sql,
      post("at-end", "2026-11-22T13:00:00Z"),
      post("at-start", "2026-11-22T07:00:00Z"),
    );
    await refreshAt("2026-11-22T13:00:00Z");
    expect(await film(360)).toMatchObject({ posts: 1 });
    await expectTruth("2026-11-22T13:00:00Z");
  });

  test("reads only what is new or crosses an edge, not the window", async () => {
    await addPosts(
      world.sql,
      ...Array.from({ length: 40 }, (_, n) => post(`old-${n}`, "2026-11-22T10:30:00Z")),
    );
    await refreshAt("2026-11-22T12:55:00Z");
    await addPosts(world.sql, post("new", "2026-11-22T12:58:00Z"));
    const report = await refreshAt("2026-11-22T13:00:00Z");
    expect(report).toMatchObject({ outcome: "refreshed", counts: { rows_added: 1, topics_upserted: 1 } });
    await expectTruth("2026-11-22T13:00:00Z");
  });

  test("the same minute again changes nothing", async () => {
    await addPosts(world.sql, post("p", "2026-11-22T12:00:00Z"));
    await refreshAt(NOW);
    const before = await world.sql("select * from topic_window_metrics order by 1, 2");
    expect(await refreshAt(NOW)).toMatchObject({
      outcome: "refreshed",
      counts: { topics_upserted: 0, rows_added: 0, rows_removed: 0 },
    });
    expect(await world.sql("select * from topic_window_metrics order by 1, 2")).toEqual(before);
  });

  test("a post that arrives late counts in the windows it belongs to", async () => {
    await refreshAt("2026-11-22T12:55:00Z");
    await addPosts(
      world.sql,
      post("late", "2026-11-22T09:00:00Z"),
      post("very-late", "2026-11-21T20:00:00Z"),
    );
    await refreshAt("2026-11-22T13:00:00Z");
    expect(await film(360)).toMatchObject({ posts: 1 });
    expect(await film(1_440)).toMatchObject({ posts: 2 });
    await expectTruth("2026-11-22T13:00:00Z");
  });

  test("a post dated in the future counts once its time has come, and not before", async () => {
    await refreshAt("2026-11-22T12:50:00Z");
    await addPosts(world.sql, post("future", "2026-11-22T13:07:00Z"));
    await refreshAt("2026-11-22T12:55:00Z");
    expect(await film(360)).toBeUndefined();
    await refreshAt("2026-11-22T13:05:00Z");
    expect(await film(360)).toBeUndefined();
    await refreshAt("2026-11-22T13:10:00Z");
    expect(await film(360)).toMatchObject({ posts: 1 });
    await expectTruth("2026-11-22T13:10:00Z");
  });

  test("deleted posts, softly or for good, take their boosts and bookmarks with them; undoing brings all back", async () => {
    await addPosts(
      world.sql,
      post("gone", "2026-11-22T12:00:00Z"),
      post("hidden", "2026-11-22T12:01:00Z", { author: "a2" }),
    );
    for (const id of ["gone", "hidden"]) await engage(world.sql, "boosts", id, "u1", "2026-11-22T12:10:00Z");
    await engage(world.sql, "bookmarks", "hidden", "u1", "2026-11-22T12:10:00Z");
    await refreshAt("2026-11-22T12:55:00Z");
    await world.sql("delete from posts where id = 'gone'");
    await world.sql("update posts set deleted_at = now() where id = 'hidden'");
    await engage(world.sql, "boosts", "hidden", "u2", "2026-11-22T12:30:00Z");
    await refreshAt("2026-11-22T12:58:00Z");
    expect(await film(1_440)).toBeUndefined();
    await expectTruth("2026-11-22T12:58:00Z");
    await world.sql("update posts set deleted_at = null where id = 'hidden'");
    await refreshAt("2026-11-22T13:00:00Z");
    expect(await film(1_440)).toMatchObject({ posts: 1, boosts: 2, bookmarks: 1 });
    await expectTruth("2026-11-22T13:00:00Z");
  });

  test("a post that moves to another topic, author or time is counted where it is now", async () => {
    await addPosts(
      world.sql,
      post("a", "2026-11-22T12:00:00Z"),
      post("b", "2026-11-22T12:00:00Z", { author: "a2" }),
    );
    await engage(world.sql, "boosts", "a", "u1", "2026-11-22T12:10:00Z");
    await refreshAt("2026-11-22T12:55:00Z");
    await world.sql("update posts set topic_id = 'food' where id = 'a'");
    await world.sql(
      "update posts set author_id = 'a1', created_at = '2026-11-21T23:00:00Z', reply_to = 'a' where id = 'b'",
    );
    await world.sql("update posts set body = 'words alone change no count'");
    const report = await refreshAt("2026-11-22T13:00:00Z");
    expect(report.counts).toMatchObject({ rows_removed: 3 });
    expect((await storedCounts(world.sql, 360)).get("food")).toMatchObject({ posts: 1, boosts: 1 });
    await expectTruth("2026-11-22T13:00:00Z");
  });

  test("a bot that posts 10,000 times is one author", async () => {
    await addPosts(world.sql, post("human", "2026-11-22T12:00:00Z", { author: "a2" }));
    await refreshAt("2026-11-22T12:55:00Z");
    await world.sql(
      "insert into posts (id, topic_id, author_id, created_at) select 'bot-' || n, 'film', 'bot', '2026-11-22T12:56:00Z' from generate_series(1, 10000) n",
    );
    await refreshAt("2026-11-22T13:00:00Z");
    expect(await film(360)).toMatchObject({ posts: 10_001, unique_authors: 2 });
    await world.sql("delete from posts where author_id = 'bot'");
    await refreshAt("2026-11-22T13:05:00Z");
    expect(await film(360)).toMatchObject({ posts: 1, unique_authors: 1 });
    await expectTruth("2026-11-22T13:05:00Z");
  });

  test("a transaction that commits after a refresh began is counted by the next one, once", async () => {
    await refreshAt("2026-11-22T12:50:00Z");
    const slow = await world.connect();
    await slow.query("begin");
    await slow.query(
      "insert into posts (id, topic_id, author_id, created_at) values ('slow', 'film', 'a1', '2026-11-22T12:40:00Z')",
    );
    await addPosts(world.sql, post("quick", "2026-11-22T12:45:00Z", { author: "a2" }));
    await refreshAt("2026-11-22T12:55:00Z");
    expect(await film(360)).toMatchObject({ posts: 1 });
    await slow.query("commit");
    await slow.end();
    await refreshAt("2026-11-22T13:00:00Z");
    expect(await film(360)).toMatchObject({ posts: 2 });
    await refreshAt("2026-11-22T13:05:00Z");
    await expectTruth("2026-11-22T13:05:00Z");
  });

  test("a boost that meets the removal of its post half-way is counted nowhere", async () => {
    await addPosts(world.sql, post("p", "2026-11-22T12:00:00Z"));
    await refreshAt("2026-11-22T12:50:00Z");
    const booster = await world.connect();
    await booster.query("begin");
    await booster.query(
      "insert into boosts (post_id, user_id, created_at) values ('p', 'u1', '2026-11-22T12:45:00Z')",
    );
    const removal = world.sql("update posts set deleted_at = now() where id = 'p'");
    await booster.query("commit");
    await booster.end();
    await removal;
    await refreshAt("2026-11-22T12:55:00Z");
    expect(await film(360)).toBeUndefined();
    await expectTruth("2026-11-22T12:55:00Z");
  });

  test("two refreshes at once: one does the work, the other says that it is being done", async () => {
    await addPosts(world.sql, post("p", "2026-11-22T12:00:00Z"));
    await refreshAt("2026-11-22T12:55:00Z");
    const holder = await world.connect();
    await holder.query("begin");
    await holder.query("select from trending_state for update");
    expect(await refreshAt("2026-11-22T13:00:00Z")).toMatchObject({ outcome: "busy" });
    expect(await runNow(world, refreshTrending)).toMatchObject({
      status: "failed",
      failure: { code: "refresh_busy", permanent: false },
    });
    await holder.query("rollback");
    await holder.end();
    expect(await refreshAt("2026-11-22T13:00:00Z")).toMatchObject({ outcome: "refreshed" });
  });

  test("after a longer silence, and when windows are added, it counts from nothing", async () => {
    await addPosts(world.sql, post("p", "2026-11-22T04:00:00Z"));
    await refreshAt("2026-11-22T05:00:00Z");
    expect(await refreshAt("2026-11-22T13:00:00Z")).toMatchObject({ outcome: "rebuilt" });
    await expectTruth("2026-11-22T13:00:00Z");
    // Also where it passes a full hour on its way: that one is recorded, and the counts are of now.
    expect(await refreshAt("2026-11-22T15:07:00Z")).toMatchObject({
      outcome: "rebuilt",
      windowEnd: new Date("2026-11-22T15:07:00Z"),
    });
    await expectTruth("2026-11-22T15:07:00Z");
    const { rows } = await import("@/lib/platform/database");
    const moved = await rows(
      world.db.rpc("refresh_trending", {
        p_end: "2026-11-22T15:10:00Z",
        p_windows: [1_440, 360, 60],
        p_profile: "default",
      }),
    );
    expect(moved).toEqual({ decision: "full", reason: "windows_changed" });
  });

  test("a refresh by a clock that was a day ahead is put right by the next one; one a minute ahead is waited for", async () => {
    await addPosts(world.sql, post("p", "2026-11-22T12:00:00Z"));
    await refreshAt("2026-11-22T12:55:00Z");
    await refreshAt("2026-11-23T12:55:00Z");
    expect(await film(360)).toBeUndefined();
    expect(await refreshAt("2026-11-22T12:58:00Z")).toMatchObject({
      outcome: "rebuilt",
      windowEnd: new Date("2026-11-22T12:58:00Z"),
    });
    await expectTruth("2026-11-22T12:58:00Z");
    await refreshAt("2026-11-22T13:01:00Z");
    await world.sql("truncate topic_metrics_history, topic_metrics_recordings");
    await world.sql("update trending_state set recorded_end = null");
    expect(await refreshAt("2026-11-22T13:00:00Z")).toMatchObject({
      outcome: "refreshed",
      windowEnd: new Date("2026-11-22T13:01:00Z"),
    });
    expect(await world.sql("select * from topic_metrics_recordings")).toEqual([]);
  });

  test("after a burst that one statement might not get through in time, it counts everything in batches", async () => {
    await refreshAt("2026-11-22T12:55:00Z");
    await addPosts(world.sql, ...["p", "q", "r"].map((id) => post(id, "2026-11-22T12:56:00Z")));
    const { rows } = await import("@/lib/platform/database");
    const to = { p_end: "2026-11-22T13:00:00Z", p_windows: WINDOWS, p_profile: "default" };
    expect(await rows(world.db.rpc("refresh_trending", { ...to, p_most_new: 2 }))).toEqual({
      decision: "full",
      reason: "burst",
    });
    expect(await rows(world.db.rpc("refresh_trending", { ...to, p_most_new: 3 }))).toMatchObject({
      decision: "refreshed",
    });
  });

  test("truncated tables are counted from nothing", async () => {
    await addPosts(world.sql, post("p", "2026-11-22T12:00:00Z"));
    await refreshAt("2026-11-22T12:55:00Z");
    await world.sql("truncate posts cascade");
    expect(await refreshAt("2026-11-22T13:00:00Z")).toMatchObject({ outcome: "rebuilt" });
    expect(await film(1_440)).toBeUndefined();
  });

  test("rows of a restored dump, whose transactions this cluster has yet to see, are counted once", async () => {
    await addPosts(world.sql, post("p", "2026-11-22T12:00:00Z"));
    await refreshAt("2026-11-22T12:50:00Z");
    await world.sql(
      "insert into posts (id, topic_id, author_id, created_at, changed_xid) values ('restored', 'film', 'a2', '2026-11-22T12:00:00Z', '900000000000')",
    );
    await world.sql(
      "insert into trending_removals (kind, topic_id, author_id, created_at, is_reply, was_xid, removed_xid) values ('post', 'film', 'a2', '2026-11-22T12:00:00Z', false, '500', '900000000001')",
    );
    expect(await refreshAt("2026-11-22T12:55:00Z")).toMatchObject({ outcome: "rebuilt" });
    await expectTruth("2026-11-22T12:55:00Z");
    expect(await refreshAt("2026-11-22T13:00:00Z")).toMatchObject({
      outcome: "refreshed",
      counts: { rows_added: 0, rows_removed: 0 },
    });
    expect(await film(360)).toMatchObject({ posts: 2 });
    await expectTruth("2026-11-22T13:00:00Z");
    expect(await refreshAt("2026-11-22T13:01:00Z", { verify: true })).toMatchObject({ counts: { drift: 0 } });
  });

  test("a restored state from a cluster that was ahead is not believed: what comes after it would be missed", async () => {
    await addPosts(world.sql, post("p", "2026-11-22T12:00:00Z"));
    await refreshAt("2026-11-22T12:50:00Z");
    await world.sql("update trending_state set snapshot = '900000000000:900000000000:'");
    await addPosts(world.sql, post("after", "2026-11-22T12:40:00Z"));
    expect(await refreshAt("2026-11-22T12:55:00Z")).toMatchObject({ outcome: "rebuilt" });
    await refreshAt("2026-11-22T13:00:00Z");
    expect(await film(360)).toMatchObject({ posts: 2 });
  });

  test("counts in batches of topics what it counts in one", async () => {
    await addTopics(world.sql, "a", "m", "z");
    const topics = ["a", "film", "food", "m", "z"];
    await addPosts(
      world.sql,
      ...topics.map((topic) => post(`p-${topic}`, "2026-11-22T12:00:00Z", { topic })),
    );
    const { rows } = await import("@/lib/platform/database");
    const to = { p_end: "2026-11-22T13:00:00Z", p_windows: WINDOWS, p_profile: "default" };
    await rows(world.db.rpc("start_trending", to));
    const steps = [];
    for (let step = 0; step < 3; step += 1)
      steps.push(await rows(world.db.rpc("recompute_trending", { p_batch: 2 })));
    expect(steps).toMatchObject([{ done: false }, { done: false }, { done: true }]);
    await expectTruth("2026-11-22T13:00:00Z");
    expect((await readState(world.db)).pass).toBeNull();
  });

  test("a full count whose process died is taken up where it was, and nothing is read from it meanwhile", async () => {
    await addPosts(world.sql, post("p", "2026-11-22T12:00:00Z"));
    const { rows } = await import("@/lib/platform/database");
    const to = { p_end: "2026-11-22T12:55:00Z", p_windows: WINDOWS, p_profile: "default" };
    await rows(world.db.rpc("start_trending", to));
    await rows(world.db.rpc("recompute_trending", { p_batch: 1 }));
    expect((await readState(world.db)).pass).toBe("build");
    expect(await world.sql("select * from topic_metrics")).toEqual([]);
    await addPosts(world.sql, post("meanwhile", "2026-11-22T12:50:00Z", { topic: "food" }));
    await world.sql("delete from posts where id = 'p'");
    expect(await refreshAt("2026-11-22T13:00:00Z")).toMatchObject({ outcome: "rebuilt" });
    await refreshAt("2026-11-22T13:05:00Z");
    await expectTruth("2026-11-22T13:05:00Z");
    expect(await refreshAt("2026-11-22T13:06:00Z", { verify: true })).toMatchObject({ counts: { drift: 0 } });
  });
});

describe("the nightly proof", () => {
  test("finds no drift in honest increments, however posts came and went", async () => {
    await addPosts(
      world.sql,
      ...Array.from({ length: 30 }, (_, n) =>
        post(`p${n}`, new Date(Date.parse("2026-11-22T17:00:00Z") - n * 3_000_000).toISOString(), {
          author: `a${n % 7}`,
          topic: n % 3 ? "film" : "food",
        }),
      ),
    );
    await refreshAt("2026-11-22T17:55:00Z");
    await world.sql("update posts set deleted_at = now() where id in ('p1', 'p2')");
    await refreshAt("2026-11-22T18:05:00Z");
    await world.sql("delete from posts where id = 'p3'");
    const { rows } = await import("@/lib/platform/database");
    expect(await rows(world.db.rpc("recompute_trending", { p_batch: 10, p_pass: "verify" }))).toMatchObject({
      done: true,
      drift: 0,
    });
  });

  test("runs with the first refresh after 03:10 JST, finds what somebody changed behind its back, and corrects it", async () => {
    await addPosts(world.sql, post("p", "2026-11-22T12:00:00Z"));
    await refreshAt("2026-11-22T17:30:00Z");
    await refreshAt("2026-11-22T18:05:00Z");
    await world.sql("update topic_window_metrics set posts = posts + 5 where window_minutes = 1440");
    await world.sql(
      "insert into topic_window_metrics (window_minutes, topic_id, posts, changed_at) values (360, 'food', 2, now())",
    );
    expect((await refreshAt("2026-11-22T18:08:00Z")).counts.drift).toBeUndefined();
    expect(await refreshAt("2026-11-22T18:10:00Z")).toMatchObject({
      outcome: "verified",
      counts: { drift: 2 },
    });
    await expectTruth("2026-11-22T18:10:00Z");
    expect((await refreshAt("2026-11-22T18:15:00Z")).outcome).toBe("refreshed");
    expect((await readState(world.db)).drift).toBe(2);
    expect((await readState(world.db)).verifiedAt).toEqual(new Date("2026-11-22T18:10:00Z"));
  });

  test("increments that would count below zero are thrown away, and everything is counted anew", async () => {
    await addPosts(world.sql, post("p", "2026-11-22T12:00:00Z"), post("q", "2026-11-22T12:01:00Z"));
    await refreshAt("2026-11-22T12:55:00Z");
    await world.sql("update topic_window_metrics set posts = 0");
    await world.sql("delete from posts where id = 'p'");
    expect(await refreshAt("2026-11-22T13:00:00Z")).toMatchObject({
      outcome: "rebuilt",
      counts: { drift: 2 },
    });
    await expectTruth("2026-11-22T13:00:00Z");
  });
});

describe("what is kept", () => {
  test("the best topics of each full hour are recorded, also when a refresh comes late for it", async () => {
    await addPosts(
      world.sql,
      post("p", "2026-11-22T11:30:00Z"),
      post("after", "2026-11-22T13:02:00Z", { author: "a2" }),
    );
    await refreshAt("2026-11-22T12:57:00Z");
    await refreshAt("2026-11-22T13:03:00Z");
    expect(
      await world.sql(
        "select topic_id, window_minutes, window_end, source, posts, round(score::numeric, 6)::float as score from topic_metrics_history order by window_minutes",
      ),
    ).toEqual(
      [360, 1_440].map((window_minutes) => ({
        topic_id: "film",
        window_minutes,
        window_end: new Date("2026-11-22T13:00:00Z"),
        source: "refresh",
        posts: 1,
        score: 0.9,
      })),
    );
    await refreshAt("2026-11-22T13:08:00Z");
    expect(await world.sql("select distinct window_end from topic_metrics_recordings")).toHaveLength(1);
  });

  test("after 48 hours history and topics without a trace are deleted, and the run says how many", async () => {
    await addPosts(world.sql, post("p", "2026-11-20T12:00:00Z"));
    await refreshAt("2026-11-20T13:00:00Z");
    await world.sql(
      "update topic_window_metrics set posts = 0, unique_authors = 0, changed_at = '2026-11-20T13:00:00Z'",
    );
    await world.sql("delete from posts");
    await world.sql("truncate trending_removals");
    const report = await refreshAt("2026-11-22T13:01:00Z");
    expect(await world.sql("select * from topic_metrics_history")).toEqual([]);
    expect(report.counts.records_expired).toBeGreaterThanOrEqual(2);
  });

  test("old values are forgotten once a refresh has seen them", async () => {
    await addPosts(world.sql, post("p", "2026-11-22T12:00:00Z"));
    await refreshAt("2026-11-22T12:50:00Z");
    await world.sql("delete from posts");
    await refreshAt("2026-11-22T12:55:00Z");
    await refreshAt("2026-11-22T13:00:00Z");
    expect(await world.sql("select * from trending_removals")).toEqual([]);
  });

  test("an unknown profile stops the refresh before it changes anything, and is named", async () => {
    const { rows } = await import("@/lib/platform/database");
    const call = rows(
      world.db.rpc("start_trending", {
        p_end: "2026-11-22T13:00:00Z",
        p_windows: WINDOWS,
        p_profile: "nope",
      }),
    );
    await expect(call).rejects.toThrow("there is no score profile nope");
    expect((await readState(world.db)).windowEnd).toBeNull();
  });
});

test("every query that could hang has a limit that PostgREST applies to the whole call", async () => {
  const limited = await world.sql<{ proname: string }>(
    "select proname from pg_proc where exists (select from unnest(proconfig) c where c like 'statement_timeout=%') order by 1",
  );
  const limitless = new Set([
    "score_profile_in_force",
    "score_weights",
    "claim_size_warning",
    "trending_gauges",
  ]);
  const inner = new Set(["trending_totals", "trending_rows_query", "trending_score", "trending_scored"]);
  const called = await world.sql<{ proname: string }>(
    "select proname from pg_proc where pronamespace = 'public'::regnamespace and prorettype <> 'trigger'::regtype and proname ~ 'trending|following|restored' order by 1",
  );
  expect(limited.map(({ proname }) => proname)).toEqual(
    called.map(({ proname }) => proname).filter((name) => !limitless.has(name) && !inner.has(name)),
  );
});

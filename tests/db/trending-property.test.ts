import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scoreOf } from "@/lib/trending/rules";
import { addTopics, countSlowly, forgetTrending, storedCounts } from "../support/trending";
import { openWorld, type World } from "../support/world";

const START = Date.parse("2026-11-22T09:00:00Z");
const TOPICS = ["film", "food", "rail"];
const { signal } = new AbortController();

const WINDOWS = [60, 360, 1_440, 10_080];

let world: World;
let refreshMetrics: typeof import("@/lib/trending/refresh").refreshMetrics;
beforeAll(async () => {
  process.env.TRENDING_WINDOWS = "1h,6h,24h,7d";
  world = await openWorld();
  ({ refreshMetrics } = await import("@/lib/trending/refresh"));
});
afterAll(() => world.close());

/** Minutes from the clock: mostly recent, some near an edge of a window, some in the future. */
const when = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -400, max: 0 }) },
  { weight: 2, arbitrary: fc.integer({ min: -21_000, max: 40 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      -360,
      -359,
      -361,
      -720,
      -1_440,
      -1_439,
      -2_880,
      -60,
      -120,
      -10_080,
      -20_160,
      0,
      1,
    ),
  },
);
const id = fc.integer({ min: 0, max: 11 });
const author = fc.integer({ min: 0, max: 2 });
const topic = fc.constantFrom(...TOPICS);
const table = fc.constantFrom("boosts" as const, "bookmarks" as const);

/** What writers do, what the clock does, and refreshes: once or twice for the same minute. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("post" as const), id, topic, author, when, reply: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("engage" as const), table, id, author, when }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("withdraw" as const), table, id, author }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), id }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("hide" as const), id, hidden: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("move" as const), id, topic, author, when }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("bot" as const), topic, author, when }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("refresh" as const),
      minutes: fc.constantFrom(0, 1, 5, 5, 5, 17, 55, 60, 90),
      twice: fc.boolean(),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

test("however posts come, change and go, refreshed counts are those of counting every row, and a second refresh adds nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      await forgetTrending(world.sql);
      await addTopics(world.sql, ...TOPICS);
      let clock = START;
      let bots = 0;
      const at = (minutes: number) => new Date(clock + minutes * 60_000).toISOString();
      const write = (one: Exclude<Step, { do: "refresh" }>) => {
        if (one.do === "bot") bots += 1;
        return world.sql(...statementOf(one, at, bots));
      };
      for (const one of [...steps, { do: "refresh", minutes: 5, twice: true } as const]) {
        if (one.do !== "refresh") {
          await write(one);
          continue;
        }
        clock += one.minutes * 60_000;
        world.setNow(at(0));
        await refreshMetrics(world.ctx, { signal });
        for (const minutes of WINDOWS) {
          const truth = await countSlowly(world.sql, new Date(clock), minutes);
          expect(await storedCounts(world.sql, minutes)).toEqual(truth);
        }
        if (!one.twice) continue;
        const before = await world.sql("select * from topic_window_metrics order by 1, 2");
        await refreshMetrics(world.ctx, { signal });
        expect(await world.sql("select * from topic_window_metrics order by 1, 2")).toEqual(before);
      }
      world.setNow(at(0));
      expect(await refreshMetrics(world.ctx, { signal, verify: true })).toMatchObject({
        counts: { drift: 0 },
      });
    }),
    { numRuns: 60, seed: 20_261_122 },
  );
}, 300_000);

function statementOf(
  one: Exclude<Step, { do: "refresh" }>,
  at: (minutes: number) => string,
  bots: number,
): [string, unknown[]] {
  switch (one.do) {
    case "post":
      return [
        "insert into posts (id, topic_id, author_id, created_at, reply_to) values ($1, $2, $3, $4, $5) on conflict do nothing",
        [`p${one.id}`, one.topic, `a${one.author}`, at(one.when), one.reply ? "p0" : null],
      ];
    case "engage":
      return [
        `insert into ${one.table} (post_id, user_id, created_at) select id, $2, $3 from posts where id = $1 on conflict do nothing`,
        [`p${one.id}`, `u${one.author}`, at(one.when)],
      ];
    case "withdraw":
      return [
        `delete from ${one.table} where post_id = $1 and user_id = $2`,
        [`p${one.id}`, `u${one.author}`],
      ];
    case "delete":
      return ["delete from posts where id = $1", [`p${one.id}`]];
    case "hide":
      return [
        "update posts set deleted_at = case when $2 then now() end where id = $1",
        [`p${one.id}`, one.hidden],
      ];
    case "move":
      return [
        "update posts set topic_id = $2, author_id = $3, created_at = $4 where id = $1",
        [`p${one.id}`, one.topic, `a${one.author}`, at(one.when)],
      ];
    case "bot":
      return [
        "insert into posts (id, topic_id, author_id, created_at) select 'bot-' || $4 || '-' || n, $1, $2, $3 from generate_series(1, 20) n",
        [one.topic, `a${one.author}`, at(one.when), bots],
      ];
  }
}

test("SQL and TypeScript agree on every score to the last bit, so that a page ends where the next one begins", async () => {
  const count = fc.nat(1_000_000);
  const weight = fc.integer({ min: -1_000, max: 1_000 }).map((thousandths) => thousandths / 1_000);
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(count, count, count, count, count, count),
      fc.tuple(weight, weight, weight, weight, weight, weight),
      async ([posts, authors, previous, replies, boosts, bookmarks], weights) => {
        const [row] = await world.sql<{ score: number }>(
          "select trending_score($1, $2, $3, $4, $5, $6, $7) as score",
          [weights, posts, authors, previous, replies, boosts, bookmarks],
        );
        const [wPosts, wAuthors, wBoosts, wReplies, wBookmarks, wDelta] = weights;
        const { score } = scoreOf(
          { posts, uniqueAuthors: authors, boosts, replies, bookmarks, participantDelta: authors - previous },
          {
            posts: wPosts,
            uniqueAuthors: wAuthors,
            boosts: wBoosts,
            replies: wReplies,
            bookmarks: wBookmarks,
            participantDelta: wDelta,
          },
        );
        expect(score).toBe(row?.score);
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});

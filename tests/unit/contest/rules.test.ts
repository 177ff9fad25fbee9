import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rankingChecksum } from "@/lib/contest/checksum";
import { diffRankings, rankWorks, readMetrics, roundScore, wilsonLowerBound } from "@/lib/contest/rules";
import type { LiveWork } from "@/lib/contest/types";

const seed = { seed: 20261122 };
const work = (workId: string, likes: unknown, impressions: unknown): LiveWork => ({
  workId,
  liveScore: 0,
  likes: likes === null ? null : String(likes),
  impressions: impressions === null ? null : String(impressions),
  uniqueViewers: "1",
});

describe("the Wilson lower bound", () => {
  // Computed independently with Python's floats from the formula in FACTS.
  test.each([
    [900, 1000, 0.87985],
    [90, 100, 0.82563],
    [9, 10, 0.59584],
    [50, 100, 0.40383],
    [200, 200, 0.98115],
    [0, 50, 0],
    [0, 0, 0],
  ])("of %d likes in %d impressions is %d", (likes, impressions, expected) => {
    expect(roundScore(wilsonLowerBound(likes, impressions))).toBe(expected);
  });

  test("lies between 0 and the plain share of likes", () => {
    const counts = fc.nat(1_000_000).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
    fc.assert(
      fc.property(counts, ([likes, impressions]) => {
        const bound = wilsonLowerBound(likes, impressions);
        expect(bound).toBeGreaterThanOrEqual(0);
        expect(bound).toBeLessThanOrEqual(impressions === 0 ? 0 : likes / impressions);
      }),
      seed,
    );
  });

  test("rises with every further like", () => {
    const counts = fc.integer({ min: 1, max: 10_000 }).chain((n) => fc.tuple(fc.nat(n - 1), fc.constant(n)));
    fc.assert(
      fc.property(counts, ([likes, impressions]) => {
        expect(wilsonLowerBound(likes + 1, impressions)).toBeGreaterThan(
          wilsonLowerBound(likes, impressions),
        );
      }),
      seed,
    );
  });
});

describe("ranking", () => {
  test("breaks ties by likes, then by work id", () => {
    const { ranking } = rankWorks([
      work("b", 0, 10),
      work("a", 0, 20),
      work("z", 100, 200),
      work("y", 100, 200),
    ]);
    expect(ranking.map(({ rank, workId }) => [rank, workId])).toEqual([
      [1, "y"],
      [2, "z"],
      [3, "a"],
      [4, "b"],
    ]);
  });

  test("decides ties on the published 5 decimals, so that more likes win where scores look equal", () => {
    const { ranking } = rankWorks([work("small", 999_999, 1_999_998), work("large", 1_000_000, 2_000_000)]);
    expect(ranking[0]?.score).toBe(ranking[1]?.score);
    expect(ranking[0]?.workId).toBe("large");
  });

  test("is the same whatever order the works arrive in", () => {
    const works = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 4 }),
        likes: fc.nat(20),
        impressions: fc.nat(20),
      }),
      { selector: (made) => made.id, maxLength: 30 },
    );
    fc.assert(
      fc.property(works, (made) => {
        const live = made.map(({ id, likes, impressions }) => work(id, likes, impressions));
        expect(rankWorks(live.toReversed()).ranking).toEqual(rankWorks(live).ranking);
      }),
      seed,
    );
  });

  test("never drops a work nor crashes, whatever Redis holds", () => {
    const anything = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.constant(null),
      fc.bigInt().map(String),
    );
    const works = fc.array(fc.tuple(anything, anything, anything), { maxLength: 20 });
    fc.assert(
      fc.property(works, (raw) => {
        const live = raw.map(([likes, impressions, uniqueViewers], n) => ({
          workId: `w${n}`,
          liveScore: 0,
          likes,
          impressions,
          uniqueViewers,
        }));
        const { ranking } = rankWorks(live);
        expect(ranking).toHaveLength(live.length);
        for (const { score, likes, impressions } of ranking) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          if (likes !== null && impressions !== null) expect(likes).toBeLessThanOrEqual(impressions);
        }
      }),
      seed,
    );
  });
});

describe("metrics", () => {
  test.each([
    ["12", "100", { likes: 12, impressions: 100, fault: null }],
    ["120", "100", { likes: 100, impressions: 100, fault: "likes_above_impressions" }],
    ["-1", "100", { likes: null, impressions: 100, fault: "not_a_count" }],
    ["1.5", "100", { likes: null, impressions: 100, fault: "not_a_count" }],
    ["NaN", "100", { likes: null, impressions: 100, fault: "not_a_count" }],
    ["1e3", "100", { likes: null, impressions: 100, fault: "not_a_count" }],
    ["99999999999999999999", "100", { likes: null, impressions: 100, fault: "not_a_count" }],
    ["", "100", { likes: null, impressions: 100, fault: "not_a_count" }],
    [null, "100", { likes: null, impressions: 100, fault: "missing" }],
  ])("likes %j of impressions %j are read as %j", (likes, impressions, expected) => {
    expect(readMetrics({ likes, impressions, uniqueViewers: "1" })).toMatchObject(expected);
  });
});

describe("the difference between two rankings", () => {
  const { ranking: before } = rankWorks([work("a", 9, 10), work("b", 5, 10), work("c", 1, 10)]);

  test("is none for the same data", () => {
    expect(diffRankings(before, structuredClone(before))).toMatchObject({ identical: true });
  });

  test("names works that came, went, moved and were recounted", () => {
    const { ranking: after } = rankWorks([work("d", 10, 10), work("b", 6, 10), work("a", 2, 10)]);
    expect(diffRankings(before, after)).toEqual({
      added: ["d"],
      removed: ["c"],
      moved: [{ workId: "a", from: 1, to: 3 }],
      recounted: ["b"],
      identical: false,
    });
  });
});

test("the checksum changes with any published value", () => {
  const { ranking } = rankWorks([work("a", 9, 10), work("b", 5, 10)]);
  const changed = ranking.map((row, index) => (index === 1 ? { ...row, uniqueViewers: 2 } : row));
  expect(rankingChecksum(changed)).not.toBe(rankingChecksum(ranking));
  expect(rankingChecksum(structuredClone(ranking))).toBe(rankingChecksum(ranking));
});

import { describe, expect, test } from "vitest";
import { topicAddress, trendingAddress, trendingFilterOf } from "@/lib/admin/trending-filter";
import { scoreText, signedText, weightText } from "@/lib/admin/trending-numbers";
import {
  missingHours,
  scoreRange,
  scoreStretches,
  scoreTicks,
  summariseScores,
  withGaps,
} from "@/lib/admin/trending-series";
import { readWeights, sameWeights, weightTexts } from "@/lib/admin/trending-weight-form";

const HOUR = 3_600_000;
const at = (hour: number, score: number) => ({ at: hour * HOUR, score });
const weights = {
  posts: 0.6,
  uniqueAuthors: 0.3,
  boosts: 0.1,
  replies: 0,
  bookmarks: 0,
  participantDelta: 0,
};

describe("recorded scores as a line", () => {
  const series = [at(1, 5), at(2, 0), at(5, 8), at(6, 12), at(6.5, 11)];

  test("break where an hour was not recorded, and never drop to zero there", () => {
    expect(scoreStretches(series).map((stretch) => stretch.map(({ score }) => score))).toEqual([
      [5, 0],
      [8, 12, 11],
    ]);
    expect(withGaps(series).map(({ score }) => score)).toEqual([5, 0, null, 8, 12, 11]);
    expect(missingHours(series)).toBe(2);
  });

  test("are summed up with their best hour; the score of now is no recorded hour", () => {
    expect(summariseScores(series)).toEqual({
      hours: 4,
      first: at(1, 5),
      last: at(6.5, 11),
      highest: at(6, 12),
    });
    expect(summariseScores([])).toBeNull();
  });

  test("are drawn from zero, or from the lowest where weights made them negative", () => {
    expect(scoreRange(series)).toEqual({ low: 0, high: 12 });
    expect(scoreRange([at(1, -3), at(2, 4)])).toEqual({ low: -3, high: 4 });
    expect(scoreRange([at(1, 0)])).toEqual({ low: 0, high: 1 });
  });

  test.each([
    [{ low: 0, high: 12 }, [0, 5, 10, 15]],
    [{ low: 0, high: 304.1 }, [0, 100, 200, 300, 400]],
    [{ low: -3, high: 4 }, [-4, -2, 0, 2, 4]],
    [{ low: 0, high: 0.3 }, [0, 0.1, 0.2, 0.3]],
  ])("have an axis of round marks around them: %j", (range, ticks) => {
    expect(scoreTicks(range)).toEqual(ticks);
  });
});

describe("weights in a form", () => {
  test("are read back as they were written", () => {
    const odd = { ...weights, boosts: -1000, bookmarks: 1e-7 };
    expect(readWeights(weightTexts(weights))).toEqual({ ok: true, weights });
    expect(readWeights(weightTexts(odd))).toEqual({ ok: true, weights: odd });
  });

  test.each([
    ["０．５", 0.5],
    [" .25 ", 0.25],
    ["−2", -2],
    ["+3", 3],
    ["-0", 0],
    ["1000", 1000],
  ])("may come as a Japanese keyboard or a copied minus brings them: %s", (text, weight) => {
    expect(readWeights({ ...weightTexts(weights), posts: text })).toEqual({
      ok: true,
      weights: { ...weights, posts: weight },
    });
  });

  test.each(["", "a", "1,5", "1000.1", "-1001", "0x10", "Infinity", "NaN", "1e999", "."])(
    "name the field that is none: %s",
    (text) => {
      expect(readWeights({ ...weightTexts(weights), replies: text, posts: text })).toEqual({
        ok: false,
        problems: { posts: "weight", replies: "weight" },
      });
    },
  );

  test("are alike only when every one is", () => {
    expect(sameWeights(weights, { ...weights })).toBe(true);
    expect(sameWeights(weights, { ...weights, participantDelta: 0.001 })).toBe(false);
  });
});

describe("the address of a ranking", () => {
  const windows = ["24h", "6h"] as const;

  test("says what is shown, and nothing that goes without saying", () => {
    const filter = {
      window: "6h",
      query: "映画",
      after: { score: 3.5999999999999996, topicId: "a~b" },
    } as const;
    const address = trendingAddress(filter, "24h");
    const params = Object.fromEntries(new URL(address, "http://x").searchParams);
    expect(trendingFilterOf(params, windows)).toEqual(filter);
    expect(trendingAddress({ window: "24h", query: null, after: null }, "24h")).toBe("/admin/trending");
    expect(topicAddress("a/b?", "6h", "24h")).toBe("/admin/trending/a%2Fb%3F?window=6h");
  });

  test.each(["", "~x", "x~y", "12", "12~", "Infinity~x"])(
    "starts from the top for a cursor that is none: %s",
    (after) => {
      expect(trendingFilterOf({ after, window: "1h" }, windows)).toEqual({
        window: "24h",
        query: null,
        after: null,
      });
    },
  );
});

test("scores have one decimal, deltas a sign, and what is below zero a minus", () => {
  expect([370.44, -0.04, 12_345.678, 0, -65.6].map(scoreText)).toEqual([
    "370.4",
    "0.0",
    "12,345.7",
    "0.0",
    "−65.6",
  ]);
  expect([0.6, -1, 0].map(weightText)).toEqual(["0.6", "−1", "0"]);
  expect([12, -3, 0, 1_200].map(signedText)).toEqual(["+12", "−3", "0", "+1,200"]);
});

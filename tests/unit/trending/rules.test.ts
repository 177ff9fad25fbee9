import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isRecorded,
  scoreOf,
  staleness,
  stopsUntil,
  verificationIsDue,
  weightList,
  windowEndAt,
} from "@/lib/trending/rules";

const counts = { posts: 10, uniqueAuthors: 4, boosts: 7, replies: 3, bookmarks: 2, participantDelta: -1 };
const seedWeights = {
  posts: 0.6,
  uniqueAuthors: 0.3,
  boosts: 0.1,
  replies: 0,
  bookmarks: 0,
  participantDelta: 0,
};

describe("a score (seed 001, 点数計算)", () => {
  test("is posts × 0.6 + unique authors × 0.3 + boosts × 0.1, and says so part by part", () => {
    const { score, parts } = scoreOf(counts, seedWeights);
    expect(score).toBeCloseTo(6 + 1.2 + 0.7, 10);
    expect(parts.map(({ part, count, weight }) => [part, count, weight])).toEqual([
      ["posts", 10, 0.6],
      ["uniqueAuthors", 4, 0.3],
      ["boosts", 7, 0.1],
      ["replies", 3, 0],
      ["bookmarks", 2, 0],
      ["participantDelta", -1, 0],
    ]);
  });

  test("is the sum of its parts, whatever the weights", () => {
    const natural = fc.nat(1_000_000);
    const weight = fc.double({ min: -1_000, max: 1_000, noNaN: true });
    const record = <T>(of: fc.Arbitrary<T>) =>
      fc.record({
        posts: of,
        uniqueAuthors: of,
        boosts: of,
        replies: of,
        bookmarks: of,
        participantDelta: of,
      });
    fc.assert(
      fc.property(record(natural), record(weight), (some, weights) => {
        const { score, parts } = scoreOf(some, weights);
        expect(parts.reduce((sum, part) => sum + part.points, 0)).toBe(score);
        expect(parts.map((part) => part.weight)).toEqual(weightList(weights));
      }),
    );
  });
});

describe("window ends", () => {
  const at = (iso: string) => new Date(iso);

  test("are whole minutes, never later than now", () => {
    expect(windowEndAt(at("2026-11-22T13:04:59.999Z"))).toEqual(at("2026-11-22T13:04:00Z"));
    expect(windowEndAt(at("2026-11-22T13:05:00Z"))).toEqual(at("2026-11-22T13:05:00Z"));
  });

  test("include the full hour that a late refresh passes, once", () => {
    const end = at("2026-11-22T13:03:00Z");
    const hour = at("2026-11-22T13:00:00Z");
    expect(stopsUntil(end, null, at("2026-11-22T12:55:00Z"))).toEqual([hour, end]);
    expect(stopsUntil(end, hour, at("2026-11-22T12:55:00Z"))).toEqual([end]);
    expect(stopsUntil(end, at("2026-11-22T12:00:00Z"), hour)).toEqual([end]);
    expect(stopsUntil(hour, null, at("2026-11-22T12:55:00Z"))).toEqual([hour]);
    expect(stopsUntil(end, null, null)).toEqual([end]);
  });

  test("go into the history at full hours", () => {
    expect(isRecorded(at("2026-11-22T13:00:00Z"))).toBe(true);
    expect(isRecorded(at("2026-11-22T13:05:00Z"))).toBe(false);
  });
});

describe("the nightly proof", () => {
  test.each([
    ["never proved", "2026-11-22T01:00:00Z", null, true],
    ["proved this night", "2026-11-22T18:15:00Z", "2026-11-22T18:10:00Z", false],
    ["proved last night, and it is 03:10 JST again", "2026-11-22T18:10:00Z", "2026-11-21T18:10:00Z", true],
    ["proved last night, and it is a minute to", "2026-11-22T18:09:00Z", "2026-11-21T18:10:00Z", false],
    ["not proved last night because nothing ran", "2026-11-22T09:00:00Z", "2026-11-21T17:00:00Z", true],
  ])("%s", (_, now, verifiedAt, due) => {
    expect(verificationIsDue(new Date(now), verifiedAt === null ? null : new Date(verifiedAt))).toBe(due);
  });
});

describe("staleness (seed 001, ジョブ停止時のフォールバック)", () => {
  const state = {
    windowEnd: new Date("2026-11-22T13:00:00Z"),
    windows: [1_440, 360],
    pass: null,
  };
  test.each([
    ["fresh after 5 minutes", state, "24h", "2026-11-22T13:05:00Z", null],
    ["fresh at exactly 15 minutes", state, "24h", "2026-11-22T13:15:00Z", null],
    ["old a moment later", state, "24h", "2026-11-22T13:15:00.001Z", "old"],
    [
      "missing before the first count",
      { ...state, windowEnd: null },
      "24h",
      "2026-11-22T13:05:00Z",
      "missing",
    ],
    [
      "building while being counted anew",
      { ...state, pass: "build" },
      "24h",
      "2026-11-22T13:05:00Z",
      "building",
    ],
    ["fresh by a clock a minute behind", state, "24h", "2026-11-22T12:59:00Z", null],
    ["old when a clock that was ahead has counted tomorrow", state, "24h", "2026-11-21T13:00:00Z", "old"],
    ["fresh while being proved", { ...state, pass: "verify" }, "24h", "2026-11-22T13:05:00Z", null],
    ["missing for a window not counted yet", state, "7d", "2026-11-22T13:05:00Z", "missing"],
  ] as const)("%s", (_, of, window, now, expected) => {
    expect(staleness({ ...of, windows: [...of.windows] }, window, new Date(now), 15)).toBe(expected);
  });
});

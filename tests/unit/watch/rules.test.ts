import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_THRESHOLDS, judgeChange, judgeCheck, type KnownObservation } from "@/lib/watch/rules";
import type { Thresholds } from "@/lib/watch/types";

/** A known day: a position, or null for "not ranked". */
function day(checkedOn: string, position: number | null): KnownObservation {
  return { checkedOn, position, status: position === null ? "not_ranked" : "ok" };
}

/** The changes between yesterday's position and today's. */
function changes(before: number | null, now: number | null, thresholds: Partial<Thresholds> = {}) {
  const history = [day("2026-11-21", before)];
  return judgeChange(day("2026-11-22", now), history, { ...DEFAULT_THRESHOLDS, ...thresholds })?.changes;
}

describe("a drop", () => {
  test.each([
    [20, 22, []],
    [20, 23, ["drop"]],
    [20, 90, ["drop"]],
  ])("from %d to %d is %j with a threshold of 3 places", (before, now, expected) => {
    expect(changes(before, now)).toEqual(expected);
  });

  test("counts from the threshold of the article's own, place for place", () => {
    expect(changes(20, 29, { drop: 10 })).toEqual([]);
    expect(changes(20, 30, { drop: 10 })).toEqual(["drop"]);
  });

  test("is measured in hundredths, so that averages do not miss their threshold by rounding", () => {
    expect(changes(10.1, 13.1)).toContain("drop");
  });
});

describe("a rise", () => {
  test.each([
    [23, 21, []],
    [23, 20, ["rise"]],
  ])("from %d to %d is %j with a threshold of 3 places", (before, now, expected) => {
    expect(changes(before, now)).toEqual(expected);
  });
});

describe("the lines of the top 10 and the top 3", () => {
  test.each([
    [10, 11, ["left_top_10"]],
    [11, 10, ["entered_top_10"]],
    [3, 4, ["left_top_3"]],
    [4, 3, ["entered_top_3"]],
    [1, 3, []],
    [9, 10, []],
    [10.4, 10, []],
    [11, 9.9, ["entered_top_10"]],
  ])("from %d to %d is %j", (before, now, expected) => {
    expect(changes(before, now)).toEqual(expected);
  });

  test("are crossed only by moves of the threshold's size", () => {
    expect(changes(10, 11, { top10: 2 })).toEqual([]);
    expect(changes(10, 12, { top10: 2 })).toEqual(["left_top_10"]);
    expect(changes(4, 3, { top3: 2 })).toEqual([]);
  });

  test("are told before the drop that crossed them, the gravest first", () => {
    expect(changes(2, 15)).toEqual(["left_top_3", "left_top_10", "drop"]);
    expect(changes(15, 2)).toEqual(["entered_top_3", "entered_top_10", "rise"]);
  });
});

describe("a lost ranking", () => {
  test("is a page that had a position and is surely not ranked", () => {
    expect(changes(8, null)).toEqual(["lost_ranking"]);
  });

  test("is told once, not on each following day", () => {
    expect(changes(null, null)).toEqual([]);
  });

  test("waits for as many known days without a ranking as the threshold says", () => {
    const thresholds = { ...DEFAULT_THRESHOLDS, lostAfterDays: 3 };
    const judge = (...history: (number | null)[]) =>
      judgeChange(
        day("2026-11-22", null),
        history.map((position, index) => day(`2026-11-${20 - index}`, position)),
        thresholds,
      );
    expect(judge(null, 8)?.changes).toEqual([]);
    expect(judge(null, null, 8)?.changes).toEqual(["lost_ranking"]);
    expect(judge(null, null, null, 8)?.changes).toEqual([]);
  });

  test("is compared with the last day that had a position", () => {
    const history = [day("2026-11-20", null), day("2026-11-18", 8)];
    const change = judgeChange(day("2026-11-22", null), history, { ...DEFAULT_THRESHOLDS, lostAfterDays: 2 });
    expect(change?.previous).toEqual(day("2026-11-18", 8));
  });

  test("that comes back is a rise, and enters what it is in", () => {
    expect(changes(null, 45)).toEqual(["rise"]);
    expect(changes(null, 7)).toEqual(["entered_top_10", "rise"]);
  });
});

describe("what is unknown", () => {
  test("is nothing to compare with: a first reading tells nothing", () => {
    expect(judgeChange(day("2026-11-22", 90), [], DEFAULT_THRESHOLDS)).toBeNull();
  });

  test("is skipped: the day before a failed reading is what counts", () => {
    const history = [day("2026-11-15", 5)];
    expect(judgeChange(day("2026-11-22", 5), history, DEFAULT_THRESHOLDS)?.changes).toEqual([]);
  });
});

test("no position both falls and rises, whatever it was and is", () => {
  const position = fc.option(fc.double({ min: 1, max: 100, noNaN: true }), { nil: null });
  fc.assert(
    fc.property(position, position, (before, now) => {
      const found = changes(before, now) ?? [];
      const down = found.filter((kind) => /drop|left|lost/.test(kind));
      const up = found.filter((kind) => /rise|entered/.test(kind));
      expect(down.length === 0 || up.length === 0).toBe(true);
      if (before === now) expect(found).toEqual([]);
    }),
  );
});

describe("a check as a whole", () => {
  const limits = { maxFailureRate: 0.2, maxLossRate: 0.5 };
  const source = (counts: Partial<Parameters<typeof judgeCheck>[0][number]>) => ({
    source: "serper",
    articles: 100,
    ok: 100,
    notRanked: 0,
    failed: 0,
    rankedBefore: 100,
    lost: 0,
    ...counts,
  });

  test("is believed while no more than the threshold of its readings failed", () => {
    expect(judgeCheck([source({ failed: 20 })], limits).decision).toBe("judged");
  });

  test("is partial above it", () => {
    expect(judgeCheck([source({ failed: 21 })], limits)).toEqual({ decision: "partial", failureRate: 0.21 });
  });

  test("of nothing is believed", () => {
    expect(judgeCheck([], limits)).toEqual({ decision: "judged", failureRate: 0 });
  });

  test("is a mass loss when most ranked pages of one source are suddenly nowhere", () => {
    const verdict = judgeCheck([source({}), source({ source: "search-console", lost: 51 })], limits);
    expect(verdict).toMatchObject({ decision: "mass_loss", source: "search-console", lost: 51 });
  });

  test("of a handful of pages may lose them all: that is no pattern yet", () => {
    expect(judgeCheck([source({ articles: 4, rankedBefore: 4, lost: 4 })], limits).decision).toBe("judged");
  });
});

import { describe, expect, test } from "vitest";
import type { SheetEntry } from "@/lib/admin/public-sheet";
import { themeStage } from "@/lib/admin/theme-state";
import { columnsOf, isJapanese, mostlyJapanese, tiersOf } from "@/lib/admin/tiers";

const entry = (rank: number, title: string | null = `Work ${rank}`): SheetEntry => ({
  rank,
  workId: `w${rank}`,
  title,
  score: 0.5,
});
const ranking = (length: number) => Array.from({ length }, (_, index) => entry(index + 1));

describe("the sheet", () => {
  test("sets odd ranks in the east and even ones in the west, in four tiers", () => {
    const tiers = tiersOf(ranking(100));
    expect(tiers.map(({ size, east, west }) => [size, east.length, west.length])).toEqual([
      [1, 1, 1],
      [2, 4, 4],
      [3, 10, 10],
      [4, 35, 35],
    ]);
    expect(tiers[1]?.east.map(({ rank }) => rank)).toEqual([3, 5, 7, 9]);
  });

  test("has no empty tier for a short ranking", () => {
    expect(tiersOf(ranking(3)).map(({ east, west }) => [east.length, west.length])).toEqual([
      [1, 1],
      [1, 0],
    ]);
    expect(tiersOf([])).toEqual([]);
  });

  test("is written from top to bottom when most titles are Japanese", () => {
    expect(mostlyJapanese([entry(1, "雨の坂道"), entry(2, "ひかり"), entry(3, "Airplane!")])).toBe(true);
    expect(mostlyJapanese([entry(1, "雨の坂道"), entry(2, "Akira"), entry(3, null)])).toBe(false);
    expect(mostlyJapanese([])).toBe(false);
    expect([isJapanese("カメラ"), isJapanese("Caméra")]).toEqual([true, false]);
  });

  test("gives a long title as many columns as it needs", () => {
    expect([
      columnsOf("猫", 8),
      columnsOf("忘れられた約束の日", 8),
      columnsOf("Back to the Future", 8),
    ]).toEqual([1, 2, 2]);
  });
});

describe("the stage of a theme", () => {
  const now = new Date("2026-11-22T12:30:00Z");
  const times = { closesAt: "2026-11-22T13:00:00Z", submissionsClosedAt: null, closedOutcome: null };

  test.each([
    ["open", {}],
    ["open", { submissionsClosedAt: "2026-11-22T12:31:00Z" }],
    ["submissions_closed", { submissionsClosedAt: "2026-11-22T12:30:00Z" }],
    ["overdue", { closesAt: "2026-11-22T12:30:00Z" }],
    ["finalized", { closedOutcome: "finalized" }],
    ["empty", { closedOutcome: "empty", closesAt: "2026-11-22T12:00:00Z" }],
  ])("is %s for %j", (stage, given) => {
    expect(themeStage({ ...times, ...given }, now)).toBe(stage);
  });
});

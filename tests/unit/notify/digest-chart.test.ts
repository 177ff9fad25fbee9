import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { barsTable } from "@/lib/notify/kinds/rank-digest/bars";
import { historyOf, levelOf, sparkline, WINDOW_DAYS } from "@/lib/notify/kinds/rank-digest/history";
import { escapeHtml } from "@/lib/notify/kinds/rank-digest/html";
import { HUT, sampleArticle } from "@/lib/notify/kinds/rank-digest/sample-articles";
import { wordsOf } from "@/lib/notify/messages/words";
import type { DigestArticle } from "@/lib/notify/types";
import { addDays } from "@/lib/time";

const LEVELS = 16;
const COLUMNS = 2 + WINDOW_DAYS;

/** An article whose days are written as in the samples, the last on 2026-11-22. */
const articleOf = (readings: string): DigestArticle => sampleArticle({ ...HUT, readings }, "en");
const daysOf = (readings: string) => historyOf(articleOf(readings)).days.slice(-readings.split(" ").length);
const tableOf = (readings: string) => barsTable(historyOf(articleOf(readings)), wordsOf("en"));

interface Cell {
  column: number;
  row: number;
  rows: number;
  filled: boolean;
  text: string;
}

/** The cells where a browser would put them; throws when two overlap or a place stays free. */
function layOut(table: string): Cell[] {
  const taken = Array.from({ length: LEVELS }, () => Array.from({ length: COLUMNS }, () => false));
  const cells: Cell[] = [];
  const rows = table.split("<tr>").slice(1, 1 + LEVELS);
  rows.forEach((html, row) => {
    for (const [, attributes = "", text = ""] of html.matchAll(/<td([^>]*)>(.*?)<\/td>/g)) {
      const span = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(attributes)?.[1] ?? 1);
      const column = taken[row]?.indexOf(false) ?? -1;
      const filled = attributes.includes("bgcolor");
      for (let down = row; down < row + span("rowspan"); down += 1) {
        for (let across = column; across < column + span("colspan"); across += 1) {
          const line = taken[down];
          if (line?.[across] !== false) throw new Error(`row ${down}, column ${across} is taken or outside`);
          line[across] = true;
        }
      }
      cells.push({ column, row, rows: span("rowspan"), filled, text });
    }
  });
  if (taken.flat().includes(false)) throw new Error("a place is free");
  return cells;
}

const barsOf = (table: string) =>
  layOut(table)
    .filter(({ filled }) => filled)
    .sort((one, other) => one.column - other.column);

describe("the days of a chart", () => {
  test("are thirty, and end with the change", () => {
    const history = historyOf(articleOf("14 8"));
    expect(history.days).toHaveLength(WINDOW_DAYS);
    expect([history.first, history.last]).toEqual(["2026-10-24", "2026-11-22"]);
    expect(history.days.slice(-2)).toEqual([14, 8]);
  });

  test("know a failed or missing reading as a gap, never as a position or an absence", () => {
    expect(daysOf("5 ! . - 6 7")).toEqual([5, "gap", "gap", "not_ranked", 6, 7]);
  });

  test("take no part in best and worst when they are gaps", () => {
    expect(historyOf(articleOf("5 ! 6 7"))).toMatchObject({ best: 5, worst: 7, gaps: 27, notRanked: 0 });
  });

  test("hold the positions the words tell, however the history was cut", () => {
    const article = articleOf("5 6 7");
    expect(historyOf({ ...article, history: [] }).days.slice(-3)).toEqual(["gap", 6, 7]);
    const corrected = article.history.map((day) => ({ ...day, position: 9 }));
    expect(historyOf({ ...article, history: corrected }).days.slice(-3)).toEqual([9, 6, 7]);
  });

  test("begin within the thirty, though the last ranking lies before them", () => {
    const article = articleOf("5 -");
    const previous = { position: 5, on: addDays(article.current.on, -40) };
    const { days } = historyOf({ ...article, previous, history: [] });
    expect(days).toEqual([...Array.from({ length: WINDOW_DAYS - 1 }, () => "gap"), "not_ranked"]);
  });

  test("reach to a reading after the change", () => {
    const article = articleOf("5 6");
    const later = { checkedOn: addDays(article.current.on, 2), status: "ok" as const, position: 9 };
    expect(historyOf({ ...article, history: [...article.history, later] }).days.slice(-4)).toEqual([
      5,
      6,
      "gap",
      9,
    ]);
  });
});

describe("the height of a bar", () => {
  test("is full at 1 and lowest at the end of the axis", () => {
    expect([levelOf(1, 10, 8), levelOf(10, 10, 8)]).toEqual([8, 1]);
  });

  test("never grows while the position gets worse", () => {
    const position = fc.double({ min: 1, max: 100, noNaN: true });
    fc.assert(
      fc.property(position, position, (one, other) => {
        const [better, worse] = one < other ? [one, other] : [other, one];
        return levelOf(better, 100, LEVELS) >= levelOf(worse, 100, LEVELS);
      }),
    );
  });

  test("shows a step from 1 to 2 as small", () => {
    expect(historyOf(articleOf("1 2")).axisEnd).toBe(10);
  });
});

describe("the table of bars", () => {
  test("draws a taller bar for a better rank", () => {
    const [first, second] = barsOf(tableOf("12 3"));
    expect(second?.rows).toBeGreaterThan(first?.rows ?? LEVELS);
  });

  test("stands every bar on the foot", () => {
    for (const { row, rows } of barsOf(tableOf("12 3 7 7 1 40"))) expect(row + rows).toBe(LEVELS);
  });

  test("leaves a gap empty from top to foot", () => {
    const cells = layOut(tableOf("5 ! 6"));
    expect(barsOf(tableOf("5 ! 6")).map(({ column }) => column)).toEqual([COLUMNS - 3, COLUMNS - 1]);
    expect(cells.find(({ column }) => column === COLUMNS - 2)).toMatchObject({
      rows: LEVELS,
      filled: false,
      text: "",
    });
  });

  test("marks a day without a ranking at the foot, by a sign and not by colour", () => {
    const cell = layOut(tableOf("5 - 6")).find(({ column }) => column === COLUMNS - 2);
    expect(cell).toMatchObject({ rows: LEVELS, filled: false, text: "×" });
  });

  test("says 1 at the top, the worst at the foot, and both ends of the days", () => {
    const table = tableOf("5 31.5 6");
    expect(table).toMatch(/valign=top[^>]*>1<.*valign=bottom[^>]*>32<.*>Oct 24<.*>Nov 22 JST</);
  });

  test("is told in words to those who do not see it", () => {
    expect(tableOf("5 ! - 6")).toContain(
      'aria-label="Positions Oct 24 – Nov 22 JST: best 5, worst 6, no reading on 27 days, not found on 1 day"',
    );
  });

  test("fills every place of its grid exactly once, whatever the days were", () => {
    const reading = fc.oneof(fc.integer({ min: 1, max: 120 }).map(String), fc.constantFrom("-", "!", "."));
    fc.assert(
      fc.property(fc.array(reading, { minLength: 2, maxLength: WINDOW_DAYS }), (readings) => {
        const cells = layOut(tableOf(readings.join(" ")));
        const ranked = daysOf(readings.join(" ")).filter((day) => typeof day === "number");
        expect(cells.filter(({ filled }) => filled)).toHaveLength(ranked.length);
      }),
    );
  });
});

test("words in the table are escaped", () => {
  expect(escapeHtml(`<a href="'">&`)).toBe("&lt;a href=&quot;&#x27;&quot;&gt;&amp;");
});

test("the sparkline is higher for better, · for a gap, _ for not ranked", () => {
  expect(sparkline(historyOf(articleOf("1 10 ! - 4"))).slice(-5)).toBe("█▁·_▆");
});

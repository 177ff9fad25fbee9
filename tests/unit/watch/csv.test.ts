import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ArticleRow,
  formatArticlesCsv,
  formatObservationsCsv,
  type ObservationRow,
  parseArticlesCsv,
  parseObservationsCsv,
} from "@/lib/watch/csv";
import { MAX_CSV_BYTES } from "@/lib/watch/csv-records";
import { CHANGE_KINDS, SOURCES } from "@/lib/watch/types";

const seed = { seed: 20261122 };
const HEADER = "user_id,url,keyword";
const ROW = "u1,https://example.com/a,珈琲";

/** Text that survives the trimming of cells and is UTF-8. */
const text = fc
  .oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("=1+1", "'=x", "''@a", "-5", "＝A1", 'a "b", c', "x\r\ny\nz\rw", "\u2028", ";"),
  )
  .map((value) => value.trim())
  .filter((value) => !/[\0\uFFFD]/.test(value));
const someText = text.filter((value) => value !== "");
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const count = (min: number) => orNull(fc.integer({ min, max: 9_999 }));
const url = fc.webUrl({ withQueryParameters: true, withFragments: true }).map((value) => value.trim());

const articleRow: fc.Arbitrary<ArticleRow> = fc.record({
  id: orNull(someText),
  user_id: someText,
  url,
  title: text,
  keyword: someText,
  source: fc.constantFrom(...SOURCES),
  property: orNull(someText),
  country: fc.constantFrom("jp", "us", "gb"),
  language: fc.constantFrom("ja", "en", "zh-Hant-TW"),
  is_monitored: fc.boolean(),
  competitors: fc.uniqueArray(fc.constantFrom("rival.jp", "second.jp:8080", "xn--wgv71a119e.jp")),
  drop_threshold: count(1),
  rise_threshold: count(1),
  top_10_threshold: count(1),
  top_3_threshold: count(1),
  lost_after_days: count(1),
  notification_cooldown_days: count(0),
  muted_kinds: orNull(fc.uniqueArray(fc.constantFrom(...CHANGE_KINDS))),
});

const problemsOf = (csv: string | Uint8Array) => parseArticlesCsv(csv).problems;
const articles = (header: string, ...rows: string[]) => parseArticlesCsv([header, ...rows].join("\n"));
const observations = (header: string, ...rows: string[]) =>
  parseObservationsCsv([header, ...rows].join("\n"));

describe("a sheet of articles", () => {
  test("reads back as it was written, whatever its texts", () => {
    const rows = fc.uniqueArray(articleRow, {
      selector: (row) => JSON.stringify([row.user_id, row.url, row.keyword]),
      maxLength: 5,
    });
    fc.assert(
      fc.property(rows, (written) => {
        expect(parseArticlesCsv(formatArticlesCsv(written))).toEqual({ rows: written, problems: [] });
        const bytes = new TextEncoder().encode(formatArticlesCsv(written));
        expect(parseArticlesCsv(bytes)).toEqual({ rows: written, problems: [] });
      }),
      { ...seed, numRuns: 200 },
    );
  });

  test("needs only an owner, an address and a keyword; the rest is as the table has it by default", () => {
    expect(articles(HEADER, ROW)).toEqual({
      rows: [
        {
          id: null,
          user_id: "u1",
          url: "https://example.com/a",
          title: "",
          keyword: "珈琲",
          source: "serper",
          property: null,
          country: "jp",
          language: "ja",
          is_monitored: true,
          competitors: [],
          drop_threshold: null,
          rise_threshold: null,
          top_10_threshold: null,
          top_3_threshold: null,
          lost_after_days: null,
          notification_cooldown_days: null,
          muted_kinds: null,
        },
      ],
      problems: [],
    });
  });

  test("may have its columns in any order and case, blank lines, any line end and a byte order mark", () => {
    const csv = `\uFEFFKeyword , URL,user_id\r\n\r\n珈琲, https://example.com/a ,u1\r\n,,\n緑茶,https://example.com/b,u1\r`;
    const { rows, problems } = parseArticlesCsv(csv);
    expect(problems).toEqual([]);
    expect(rows.map(({ keyword }) => keyword)).toEqual(["珈琲", "緑茶"]);
  });

  test("may spell yes and no as spreadsheets do", () => {
    const header = `${HEADER},is_monitored`;
    const spelled = ["TRUE", "false", "1", "0", "yes", "No", ""];
    const { rows } = articles(header, ...spelled.map((cell, index) => `u${index},https://a.jp/,k,${cell}`));
    expect(rows.map((row) => row.is_monitored)).toEqual([true, false, true, false, true, false, true]);
  });

  test("keeps 0 days of cooldown, which is not the same as none given", () => {
    const header = `${HEADER},notification_cooldown_days`;
    const { rows } = articles(header, `${ROW},0`, "u2,https://a.jp/,k,");
    expect(rows.map((row) => row.notification_cooldown_days)).toEqual([0, null]);
  });

  test("takes the hosts of competitors from names or addresses", () => {
    const { rows } = articles(`${HEADER},competitors`, `${ROW},https://www.Rival.jp/x; second.jp;;rival.jp`);
    expect(rows[0]?.competitors).toEqual(["rival.jp", "second.jp"]);
  });

  test.each([
    ["user_id", "", "missing_value"],
    ["url", "", "missing_value"],
    ["url", "example.com/a", "invalid_url"],
    ["url", "javascript:alert(1)", "invalid_url"],
    ["keyword", " ", "missing_value"],
    ["source", "bing", "invalid_source"],
    ["country", "japan", "invalid_country"],
    ["language", "日本語", "invalid_language"],
    ["is_monitored", "maybe", "invalid_boolean"],
    ["competitors", "rival.jp;no host", "invalid_host"],
    ["competitors", "rival", "invalid_host"],
    ["drop_threshold", "0", "invalid_number"],
    ["drop_threshold", "2.5", "invalid_number"],
    ["rise_threshold", "-1", "invalid_number"],
    ["notification_cooldown_days", "week", "invalid_number"],
    ["muted_kinds", "rise;boom", "invalid_kind"],
  ])("says that %s cannot be %j", (column, cell, message) => {
    const good: Record<string, string> = { user_id: "u1", url: "https://example.com/a", keyword: "k" };
    const cells = { ...good, [column]: cell };
    const { rows, problems } = articles(Object.keys(cells).join(","), Object.values(cells).join(","));
    const facts = cell.trim() === "" ? {} : { value: cell };
    expect({ rows, problems }).toEqual({ rows: [], problems: [{ line: 2, column, message, facts }] });
  });

  test("says on which line the same article comes again", () => {
    const again = articles(HEADER, ROW, "u1,https://example.com/b,珈琲", ROW, ROW);
    expect(again.rows).toHaveLength(2);
    expect(again.problems).toEqual(
      [4, 5].map((line) => ({ line, column: "", message: "duplicate_row", facts: { firstLine: 2 } })),
    );
  });

  test("counts lines as a text editor does, with line ends inside cells", () => {
    const csv = `${HEADER},title\r\n${ROW},"two\r\nlines"\r\n\r\nu1,nowhere,k,"three\n\nlines"\r\nu1,nowhere,k,x\r\n`;
    expect(problemsOf(csv).map(({ line }) => line)).toEqual([5, 8]);
  });

  test("says everything that is wrong with its header, and reads no row under it", () => {
    const { rows, problems } = articles("user_id,url,url,colour", "u1,https://example.com/a,x,red");
    expect(rows).toEqual([]);
    expect(problems.map(({ column, message }) => [column, message])).toEqual([
      ["url", "duplicate_column"],
      ["colour", "unknown_column"],
      ["keyword", "missing_column"],
    ]);
    expect(problemsOf("").map(({ message }) => message)).toEqual(Array(3).fill("missing_column"));
  });

  test("says which rows have too many or too few cells", () => {
    const { rows, problems } = articles(HEADER, "u1,https://example.com/a", ROW, `${ROW},more`);
    expect(rows).toHaveLength(1);
    expect(problems.map(({ line, message, facts }) => [line, message, facts.found])).toEqual([
      [2, "wrong_cell_count", 2],
      [4, "wrong_cell_count", 4],
    ]);
  });

  test("that is no CSV, not UTF-8 or too large is one problem", () => {
    expect(problemsOf(`${HEADER}\n${ROW}\nu1,"https://`)).toMatchObject([{ line: 3, message: "malformed" }]);
    const shiftJis = new Uint8Array([
      ...new TextEncoder().encode(`${HEADER}\nu1,https://a.jp/,`),
      0x92,
      0x83,
    ]);
    expect(problemsOf(shiftJis)).toEqual([{ line: 2, column: "", message: "not_utf8", facts: {} }]);
    expect(problemsOf(`${HEADER}\nu1,https://a.jp/,\uFFFD`)).toMatchObject([
      { line: 2, message: "not_utf8" },
    ]);
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${HEADER}`, "utf16le"));
    expect(problemsOf(utf16)).toMatchObject([{ message: "not_utf8" }]);
    expect(problemsOf(new Uint8Array(MAX_CSV_BYTES + 1))).toMatchObject([{ message: "too_large" }]);
  });

  test("may have 50,000 rows and no more", () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => `u,https://a.jp/${index},k`);
    expect(articles(HEADER, ...rows).rows).toHaveLength(50_000);
    const more = articles(HEADER, ...rows, "u,https://a.jp/more,k");
    expect(more).toEqual({
      rows: [],
      problems: [{ line: 1, column: "", message: "too_many_rows", facts: { limit: 50_000 } }],
    });
  });

  test("with a column out of place ends after 200 problems", () => {
    const { problems } = articles(
      HEADER,
      ...Array.from({ length: 1_000 }, (_, index) => `u,k${index},https://a.jp/`),
    );
    expect(problems).toHaveLength(201);
    expect(problems.at(-1)).toMatchObject({ line: 202, message: "too_many_problems" });
  });
});

describe("a sheet for Excel", () => {
  test("has a byte order mark and CRLF", () => {
    const csv = formatArticlesCsv(articles(HEADER, ROW).rows);
    expect(csv).toMatch(/^\uFEFFid,user_id,url,/);
    expect(csv.split("\r\n")).toHaveLength(3);
  });

  test.each(["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "＝A1", "'=A1"])("never runs the title %j", (title) => {
    const [row] = articles(HEADER, ROW).rows;
    const csv = formatArticlesCsv([{ ...(row as ArticleRow), title }]);
    expect(csv).toContain(`,'${title},`);
    expect(parseArticlesCsv(csv).rows[0]?.title).toBe(title);
  });

  test("keeps an apostrophe that guards nothing", () => {
    expect(articles(`${HEADER},title`, `${ROW},'quoted'`).rows[0]?.title).toBe("'quoted'");
  });
});

describe("a sheet of observations", () => {
  const head = "article_id,checked_on,position,status";

  test("reads back as it was written", () => {
    const found = fc.integer({ min: 100, max: 9_999_999 }).map((hundredths) => ({
      position: hundredths / 100,
      status: "ok" as const,
    }));
    const absent = fc
      .constantFrom("not_ranked" as const, "failed" as const)
      .map((status) => ({ position: null, status }));
    const day = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    const row = fc
      .tuple(
        fc.record({
          article_id: someText,
          user_id: orNull(someText),
          url: orNull(url),
          keyword: orNull(someText),
        }),
        day.map((date) => ({ checked_on: date.toISOString().slice(0, 10) })),
        fc.oneof(found, absent),
      )
      .map(([of, on, what]): ObservationRow => ({ ...of, ...on, ...what }));
    const rows = fc.uniqueArray(row, {
      selector: (one) => JSON.stringify([one.article_id, one.checked_on]),
      maxLength: 8,
    });
    fc.assert(
      fc.property(rows, (written) => {
        expect(parseObservationsCsv(formatObservationsCsv(written))).toEqual({ rows: written, problems: [] });
      }),
      seed,
    );
  });

  test("names an article by its id, or by owner, address and keyword", () => {
    const header = `article_id,${HEADER},checked_on,position`;
    const { rows, problems } = observations(
      header,
      "a1,,,,2026-11-22,3",
      `,${ROW},2026-11-22,4.5`,
      ",u1,,k,2026-11-22,5",
    );
    expect(rows).toMatchObject([
      { article_id: "a1", position: 3, status: "ok" },
      { article_id: null, user_id: "u1", url: "https://example.com/a", keyword: "珈琲", position: 4.5 },
    ]);
    expect(problems).toMatchObject([{ line: 4, column: "article_id", message: "missing_article" }]);
  });

  test("has dates as Excel in Japanese writes them back", () => {
    const { rows } = observations(head, "a,2026/11/22,1,", "a,2026/1/5,1,");
    expect(rows.map(({ checked_on }) => checked_on)).toEqual(["2026-11-22", "2026-01-05"]);
  });

  test.each([
    ["a,2026-02-29,1,", "checked_on", "invalid_date"],
    ["a,22.11.2026,1,", "checked_on", "invalid_date"],
    ["a,,1,", "checked_on", "missing_value"],
    ["a,2026-11-22,0,", "position", "invalid_position"],
    ["a,2026-11-22,0.5,", "position", "invalid_position"],
    ["a,2026-11-22,-1,", "position", "invalid_position"],
    ["a,2026-11-22,1e3,", "position", "invalid_position"],
    ["a,2026-11-22,,", "position", "missing_value"],
    ["a,2026-11-22,,ok", "status", "position_contradicts_status"],
    ["a,2026-11-22,3,not_ranked", "status", "position_contradicts_status"],
    ["a,2026-11-22,3,failed", "status", "position_contradicts_status"],
    ["a,2026-11-22,3,gone", "status", "invalid_status"],
  ])("does not take %j for a position or a lost ranking", (row, column, message) => {
    expect(observations(head, row)).toMatchObject({ rows: [], problems: [{ line: 2, column, message }] });
  });

  test("has one observation of an article and day", () => {
    const { rows, problems } = observations(head, "a,2026-11-22,1,", "a,2026/11/22,2,", "b,2026-11-22,1,");
    expect(rows).toHaveLength(2);
    expect(problems).toMatchObject([{ line: 3, message: "duplicate_row", facts: { firstLine: 2 } }]);
  });
});

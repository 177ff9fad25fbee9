import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { postJson } from "@/lib/watch/sources/http";
import type { SourceContext } from "@/lib/watch/sources/source";
import type { Reading, WatchedArticle } from "@/lib/watch/types";
import { type Answer, type Asked, article, collect, context, only, startServer } from "./sources-server";

const KEY = "serper-secret-key";
let server: Awaited<ReturnType<typeof startServer>>;
let createSerper: typeof import("@/lib/watch/sources/serper").createSerper;
const waits: number[] = [];

beforeAll(async () => {
  server = await startServer();
  vi.stubEnv("SERPER_API_KEY", KEY);
  vi.stubEnv("SERPER_API_URL", server.url);
  vi.stubEnv("SERPER_REQUESTS_PER_SECOND", "300");
  vi.stubEnv("SERPER_DEPTH", "30");
  ({ createSerper } = await import("@/lib/watch/sources/serper"));
});
afterAll(() => server.close());

/** Reads with waits of nothing, which are written down. */
async function read(articles: WatchedArticle[], ctx: SourceContext = context().ctx) {
  waits.length = 0;
  const sleep = async (ms: number) => void waits.push(ms);
  return collect(createSerper({ backoff: { random: () => 0.5, sleep } }).read(ctx, articles));
}

const bodyOf = ({ body }: Asked) => body as { q: string; gl: string; hl: string; num: number; page: number };
const organic = (links: string[]): Answer => ({
  body: { organic: links.map((link, index) => ({ title: link, link, position: index + 1 })) },
});
const others = (page: number, count = 10) =>
  Array.from({ length: count }, (_, index) => `https://other-${page}-${index}.jp/`);
/** Pages of results; none after the last. */
const pages = (...all: string[][]) => server.answer((asked) => organic(all[bodyOf(asked).page - 1] ?? []));
const failed = (code: string, permanent: boolean) => ({ status: "failed", error: { code, permanent } });

describe("a search", () => {
  test("asks for the article's keyword in its country and language, ten results for one credit", async () => {
    pages(["https://example.com/guide"]);
    await read([article({ keyword: " ハンドドリップ 入門 ", country: "JP", language: "ja" })]);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]).toMatchObject({
      path: "/search",
      headers: { "x-api-key": KEY },
      body: { q: "ハンドドリップ 入門", gl: "jp", hl: "ja", num: 10, page: 1 },
    });
  });

  test("says where the first result of the article's page stands", async () => {
    const guide = "http://www.example.com/guide/?srsltid=x#top";
    pages([...others(1, 3), "https://example.com/other", guide, "https://example.com/guide"]);
    const { readings } = await read([article()]);
    expect(only(readings)).toEqual({ status: "ok", position: 5, foundUrl: guide });
  });

  test("knows a Japanese address in either spelling", async () => {
    pages([...others(1, 1), "https://example.jp/%E7%8F%88%E7%90%B2/%E5%85%A5%E9%96%80/"]);
    const { readings } = await read([article({ url: "https://example.jp/珈琲/入門" })]);
    expect(only(readings)).toMatchObject({ status: "ok", position: 2 });
  });

  test("counts over all pages, not by the position that starts anew on each", async () => {
    pages(others(1, 9), [...others(2, 4), "https://example.com/guide"]);
    const { readings } = await read([article()]);
    expect(only(readings)).toMatchObject({ status: "ok", position: 14 });
  });

  test("does not count a result again that moved over the edge of a page", async () => {
    pages(others(1), ["https://other-1-9.jp/", "https://example.com/guide"]);
    const { readings } = await read([article()]);
    expect(only(readings)).toMatchObject({ status: "ok", position: 11 });
  });

  test("counts a result without an address", async () => {
    server.answer(() => ({
      body: { organic: [{ title: "no link" }, { link: "https://example.com/guide" }] },
    }));
    expect(only((await read([article()])).readings)).toMatchObject({ position: 2 });
  });

  test("goes no deeper than it must", async () => {
    pages(others(1), ["https://example.com/guide"], others(3));
    await read([article()]);
    expect(server.asked).toHaveLength(2);
  });

  test("is shared by articles that ask for the same", async () => {
    pages(["https://example.com/a", "https://example.com/b"]);
    const [a, b] = [article({ url: "https://example.com/a" }), article({ url: "https://example.com/b" })];
    const { readings } = await read([a, b, article({ url: "https://example.com/a", country: "us" })]);
    expect(server.asked.map((asked) => bodyOf(asked).gl).sort()).toEqual(["jp", "us"]);
    expect(readings.map(({ reading }) => (reading as { position: number }).position).sort()).toEqual([
      1, 1, 2,
    ]);
  });
});

describe("an article that is nowhere", () => {
  test("is not ranked when every page down to the depth was read", async () => {
    pages(others(1), others(2), others(3), ["https://example.com/guide"]);
    const { readings } = await read([article()]);
    expect(only(readings)).toEqual({ status: "not_ranked" });
    expect(server.asked.map((asked) => bodyOf(asked).page)).toEqual([1, 2, 3]);
  });

  test("is not ranked when the results end before, which a second answer confirms", async () => {
    pages(others(1));
    expect(only((await read([article()])).readings)).toEqual({ status: "not_ranked" });
    expect(server.asked.map((asked) => bodyOf(asked).page)).toEqual([1, 2, 2]);
  });

  test("is found after all when the second answer has what the first lacked", async () => {
    let empty = 1;
    server.answer((asked) =>
      bodyOf(asked).page === 1
        ? organic(others(1))
        : organic(empty-- > 0 ? [] : [...others(2, 1), "https://example.com/guide"]),
    );
    expect(only((await read([article()])).readings)).toMatchObject({ status: "ok", position: 12 });
  });

  test.each([
    ["no organic result", { body: { organic: [] } }],
    ["no organic results at all", { body: { searchParameters: { q: "x" }, credits: 1 } }],
  ])("is unknown, not lost, when the first page holds %s", async (_, answer) => {
    server.answer(() => answer);
    expect(only((await read([article()])).readings)).toMatchObject(failed("empty_result", false));
    expect(server.asked).toHaveLength(2);
  });

  test("is unknown when Serper hands out the first page again", async () => {
    pages(others(1), others(1));
    expect(only((await read([article()])).readings)).toMatchObject(failed("repeated_page", true));
  });

  test("is unknown when a deeper page fails", async () => {
    server.answer((asked) => (bodyOf(asked).page === 1 ? organic(others(1)) : { status: 500 }));
    expect(only((await read([article()])).readings)).toMatchObject(failed("provider_error", false));
  });
});

describe("competitors", () => {
  const competitors = ["rival.jp", "www.second.jp", "https://absent.jp/"];

  test("are read with their best positions, null when not within the depth", async () => {
    pages(
      ["https://www.rival.jp/a", "https://example.com/guide", "https://rival.jp/b"],
      [...others(2, 2), "https://SECOND.jp/"],
      others(3),
    );
    const { readings } = await read([article({ competitors })]);
    expect(only(readings)).toMatchObject({
      status: "ok",
      position: 2,
      competitors: { "rival.jp": 1, "www.second.jp": 6, "https://absent.jp/": null },
    });
    expect(server.asked).toHaveLength(3);
  });

  test("that may stand on a page that failed are left out, and the article keeps its position", async () => {
    server.answer((asked) =>
      bodyOf(asked).page === 1
        ? organic(["https://rival.jp/", "https://example.com/guide"])
        : { status: 503 },
    );
    expect(only((await read([article({ competitors })])).readings)).toEqual({
      status: "ok",
      position: 2,
      foundUrl: "https://example.com/guide",
      competitors: { "rival.jp": 1 },
    });
  });

  test("are read beside an article that is not ranked", async () => {
    pages(["https://rival.jp/"], others(2), others(3));
    expect(only((await read([article({ competitors: ["rival.jp"] })])).readings)).toEqual({
      status: "not_ranked",
      competitors: { "rival.jp": 1 },
    });
  });
});

describe("an answer that is no page of results", () => {
  const answerFirst = (times: number, answer: Answer) => {
    let left = times;
    server.answer(() => (left-- > 0 ? answer : organic(["https://example.com/guide"])));
  };

  test.each<[string, Answer]>([
    ["500", { status: 500 }],
    ["503 in HTML", { status: 503, body: "<html>busy</html>" }],
    ["429", { status: 429, body: { message: "Too many requests", statusCode: 429 } }],
    ["a closed connection", "hangup"],
    ["HTML with 200", { body: "<html>hello</html>" }],
    ["JSON of another shape", { body: { organic: "none" } }],
  ])("%s is asked for again, up to four times in all", async (_, answer) => {
    answerFirst(3, answer);
    expect(only((await read([article()])).readings)).toMatchObject({ status: "ok", position: 1 });
    expect(server.asked).toHaveLength(4);
    expect(waits).toEqual([500, 1_000, 2_000]);
    answerFirst(4, answer);
    const reading = only((await read([article()])).readings) as Reading & { status: "failed" };
    expect(reading).toMatchObject({ status: "failed", error: { permanent: false } });
    expect(server.asked).toHaveLength(4);
  });

  test("429 is honoured for as long as Retry-After says", async () => {
    answerFirst(1, { status: 429, headers: { "retry-after": "1" } });
    await read([article()]);
    expect(waits[0]).toBe(1_500);
  });

  test("400 fails that article at once and no other", async () => {
    server.answer((asked) =>
      bodyOf(asked).q === "bad"
        ? { status: 400, body: { message: "Query pattern not allowed", statusCode: 400 } }
        : organic(["https://example.com/guide"]),
    );
    const [bad, good] = [article({ keyword: "bad" }), article()];
    const { readings } = await read([bad, good]);
    const of = new Map(readings.map(({ articleId, reading }) => [articleId, reading]));
    expect(of.get(bad.id)).toMatchObject(failed("refused", true));
    expect(of.get(good.id)).toMatchObject({ status: "ok", position: 1 });
    expect(server.asked).toHaveLength(2);
  });

  test("none within the time is a passing failure", async () => {
    server.answer(() => "silence");
    const request = { headers: {}, body: {}, signal: new AbortController().signal, timeoutMs: 50 };
    await expect(postJson(server.url, request)).rejects.toMatchObject({ code: "timeout", permanent: false });
  });

  test.each<[string, Answer, string, boolean]>([
    [
      "a wrong key",
      { status: 403, body: { message: "Unauthorized.", statusCode: 403 } },
      "unauthorized",
      true,
    ],
    ["401", { status: 401 }, "unauthorized", true],
    [
      "no credits left",
      { status: 400, body: { message: "Not enough credits", statusCode: 400 } },
      "quota_exceeded",
      false,
    ],
    ["a wrong address", { status: 404, body: { message: "Cannot POST" } }, "wrong_address", true],
  ])("%s ends the reading for all articles", async (_, answer, code, permanent) => {
    server.answer(() => answer);
    const { readings, thrown } = await read([article({ keyword: "a" }), article({ keyword: "b" })]);
    expect(readings).toEqual([]);
    expect(thrown).toMatchObject({ name: "SourceUnavailableError", code, permanent });
    expect(String(thrown)).not.toContain(KEY);
  });
});

test("an address that is none is failed without costing a credit", async () => {
  pages(["https://example.com/guide"]);
  const { readings } = await read([article({ url: "https://" })]);
  expect(only(readings)).toMatchObject(failed("invalid_url", true));
  expect(server.asked).toEqual([]);
});

test("an abort ends a reading that waits for an answer, and hands over nothing", async () => {
  const run = new AbortController();
  server.answer(() => "silence");
  const reading = read([article()], context(run.signal).ctx);
  await vi.waitUntil(() => server.asked.length === 1);
  const abortedAt = performance.now();
  run.abort();
  expect(await reading).toEqual({ readings: [], sizes: [], thrown: undefined });
  expect(performance.now() - abortedAt).toBeLessThan(1_000);
});

test("a provider that is down is left alone, and every article is told so", async () => {
  server.answer(() => "hangup");
  const articles = Array.from({ length: 800 }, (_, index) => article({ keyword: `k${index}` }));
  const { readings } = await read(articles);
  expect(new Set(readings.map(({ articleId }) => articleId)).size).toBe(800);
  expect(readings.every(({ reading }) => reading.status === "failed")).toBe(true);
  expect(
    readings.filter(({ reading }) => JSON.stringify(reading).includes("source_down")).length,
  ).toBeGreaterThan(600);
  expect(server.asked.length).toBeLessThan(800);
});

test("hundreds of articles keep their own positions", async () => {
  const articles = Array.from({ length: 300 }, (_, index) =>
    article({ keyword: String(index), url: `https://example.com/${index}` }),
  );
  server.answer((asked) => {
    const keyword = Number(bodyOf(asked).q);
    const links = [...others(1, keyword % 10), `https://example.com/${keyword}`];
    return organic(links);
  });
  const { readings } = await read(articles);
  expect(readings).toHaveLength(300);
  const position = new Map(readings.map(({ articleId, reading }) => [articleId, reading]));
  for (const [index, { id }] of articles.entries()) {
    expect(position.get(id)).toMatchObject({ status: "ok", position: (index % 10) + 1 });
  }
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RankSource } from "@/lib/watch/sources/source";
import type { SourceName } from "@/lib/watch/types";
import { type Providers, startProviders } from "../../support/providers";
import { article, collect, context, only } from "./sources-server";

let providers: Providers;
let sources: Record<Exclude<SourceName, "manual">, RankSource>;

beforeAll(async () => {
  providers = await startProviders();
  ({ rankSources: sources } = await import("@/lib/watch/sources/registry"));
});
beforeEach(() => providers.reset());
afterAll(() => providers.close());

const RIVALS = Array.from({ length: 14 }, (_, index) => `https://rival-${index}.example/`);

test("both sources say where they found the same article", async () => {
  const watched = article({ url: "https://example.com/珈琲", keyword: "珈琲 淹れ方" });
  await providers.serp("珈琲 淹れ方", [...RIVALS, "https://www.example.com/%E7%8F%88%E7%90%B2/"], {
    country: "jp",
  });
  await providers.searchConsoleRows("https://example.com/", [
    {
      date: "2026-11-19",
      page: "https://example.com/%E7%8F%88%E7%90%B2",
      query: "珈琲 淹れ方",
      impressions: 3,
      position: 14,
    },
    {
      date: "2026-11-19",
      page: "https://example.com/%E7%8F%88%E7%90%B2",
      query: "珈琲 淹れ方",
      impressions: 1,
      position: 18,
      device: "DESKTOP",
    },
    {
      date: "2026-11-19",
      page: "https://example.com/%E7%8F%88%E7%90%B2",
      query: "珈琲 淹れ方",
      impressions: 96,
      position: 90,
      country: "usa",
    },
    {
      date: "2026-11-21",
      page: "https://example.com/%E7%8F%88%E7%90%B2",
      query: "珈琲 淹れ方",
      impressions: 1,
      position: 1,
      final: false,
    },
  ]);
  for (const name of ["serper", "search-console"] as const) {
    expect(sources[name].configured()).toBe(true);
    const { readings } = await collect(sources[name].read(context().ctx, [watched]));
    expect(only(readings)).toMatchObject({ status: "ok", position: 15 });
  }
});

describe("Serper", () => {
  test("is asked evenly, so that its limit a second is never met", async () => {
    await providers.serperLimit(50);
    const articles = Array.from({ length: 100 }, (_, index) => article({ keyword: `pace ${index}` }));
    await Promise.all(articles.map(({ keyword, url }) => providers.serp(keyword, [url])));
    const { readings } = await collect(sources.serper.read(context().ctx, articles));
    expect(readings.map(({ reading }) => reading.status)).toEqual(Array(100).fill("ok"));
    const requests = await providers.serperRequests();
    expect(requests.map(({ status }) => status)).toEqual(Array(100).fill(200));
  });

  test("that runs out of credits ends the reading with what was read until then", async () => {
    const paid = Array.from({ length: 40 }, (_, index) => article({ keyword: `paid ${index}` }));
    await Promise.all(paid.map(({ keyword, url }) => providers.serp(keyword, [url])));
    await providers.serpFailure("unpaid", { status: 400, message: "Not enough credits" });
    const { readings, thrown } = await collect(
      sources.serper.read(context().ctx, [...paid, article({ keyword: "unpaid" })]),
    );
    expect(readings.length).toBeGreaterThan(20);
    expect(new Set(readings.map(({ reading }) => reading.status))).toEqual(new Set(["ok"]));
    expect(thrown).toMatchObject({
      name: "SourceUnavailableError",
      code: "quota_exceeded",
      permanent: false,
    });
  });
});

describe("Search Console", () => {
  test("that knows nothing of a property leaves the others' articles alone", async () => {
    await providers.searchConsoleRows("sc-domain:open.example", [
      { date: "2026-11-19", page: "https://open.example/", query: "k", impressions: 1, position: 2.5 },
    ]);
    const open = article({ url: "https://open.example/", keyword: "K", property: "sc-domain:open.example" });
    const closed = article({ url: "https://closed.example/" });
    const { readings } = await collect(sources["search-console"].read(context().ctx, [closed, open]));
    const of = new Map(readings.map(({ articleId, reading }) => [articleId, reading]));
    expect(of.get(open.id)).toMatchObject({ status: "ok", position: 2.5 });
    expect(of.get(closed.id)).toMatchObject({
      status: "failed",
      error: { code: "forbidden", permanent: true },
    });
  });
});

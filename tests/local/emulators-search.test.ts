import { JWT } from "google-auth-library";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Providers, startProviders } from "../support/providers";

let providers: Providers;

beforeAll(async () => {
  providers = await startProviders();
});

afterAll(() => providers.close());

beforeEach(() => providers.reset());

describe("Serper", () => {
  const search = async (body: object, key = "serper-test") => {
    const response = await fetch(`${providers.urls.serper}/search`, {
      method: "POST",
      headers: { "X-API-KEY": key, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, ...(await response.json()) };
  };
  const links = async (body: object) =>
    (await search(body)).organic.map(({ link }: { link: string }) => link) as string[];
  const hundred = Array.from({ length: 100 }, (_, i) => `https://example.com/${i + 1}`);

  it("finds what was set, ten results a page, or as many as asked for", async () => {
    await providers.serp("ランキング", hundred);
    const first = await search({ q: "ランキング", gl: "jp", hl: "ja" });
    expect(first).toMatchObject({ searchParameters: { q: "ランキング", gl: "jp", hl: "ja" }, credits: 1 });
    expect(first.organic).toHaveLength(10);
    expect(first.organic[2]).toMatchObject({ link: "https://example.com/3", position: 3 });
    expect(await links({ q: "ランキング", page: 3 })).toEqual(hundred.slice(20, 30));
    expect(await links({ q: "ランキング", num: 100 })).toEqual(hundred);
    expect(await links({ q: "ランキング", page: 11 })).toEqual([]);
    expect(await providers.serperRequests()).toMatchObject([
      { path: "/search", keyword: "ランキング", page: 1, results: 10, status: 200 },
      { page: 3, results: 10 },
      { page: 1, results: 100 },
      { page: 11, results: 0 },
    ]);
  });

  it("finds the same for a keyword every time, and something else for another", async () => {
    const first = await links({ q: "相撲" });
    expect(first).toHaveLength(10);
    expect(await links({ q: "相撲" })).toEqual(first);
    expect(await links({ q: "野球" })).not.toEqual(first);
  });

  it("finds by country what was set for it alone", async () => {
    await providers.serp("sumo", ["https://example.com/"]);
    await providers.serp("sumo", ["https://example.com/us"], { country: "us" });
    expect(await links({ q: "sumo", gl: "us", hl: "en" })).toEqual(["https://example.com/us"]);
    expect(await links({ q: "sumo", gl: "jp", hl: "ja" })).toEqual(["https://example.com/"]);
    await providers.serp("nothing", []);
    expect(await links({ q: "nothing" })).toEqual([]);
  });

  it("refuses a wrong key, a search for nothing, one keyword, or the next requests", async () => {
    expect(await search({ q: "x" }, "wrong")).toEqual({
      status: 403,
      message: "Unauthorized.",
      statusCode: 403,
    });
    expect(await search({})).toMatchObject({ statusCode: 400 });
    await providers.serpFailure("broken", { status: 500, message: "Internal" });
    expect(await search({ q: "broken" })).toMatchObject({ status: 500 });
    expect(await search({ q: "whole" })).toMatchObject({ status: 200 });
    await providers.serperError({ status: 400, message: "Not enough credits" });
    expect(await search({ q: "x" })).toMatchObject({ status: 400, message: "Not enough credits" });
    expect(await search({ q: "x" })).toMatchObject({ status: 200 });
  });

  it("takes so many requests a second and no more", async () => {
    await providers.serperLimit(1);
    const statuses = (await Promise.all([1, 2, 3].map(() => search({ q: "x" })))).map(({ status }) => status);
    expect(statuses).toContain(429);
    expect(statuses).toContain(200);
  });
});

describe("Search Console", () => {
  const siteUrl = "sc-domain:example.com";
  const page = "https://example.com/a";
  const row = { date: "2026-11-01", page, query: "相撲", clicks: 1, impressions: 10, position: 4 };

  /** A service account as google-auth-library uses it, its token endpoint the stand-in's. */
  const account = () => {
    const key = JSON.parse(process.env.GOOGLE_SERVICE_ACCOUNT_JSON ?? "");
    return new JWT({
      email: key.client_email,
      key: key.private_key,
      scopes: ["https://www.googleapis.com/auth/webmasters.readonly"],
      transporterOptions: {
        fetchImplementation: (input, init) =>
          fetch(
            String(input).startsWith("https://oauth2") ? `${providers.urls.searchConsole}/token` : input,
            init,
          ),
        retryConfig: { retry: 0 },
      },
    });
  };
  const query = async (body: object, site = siteUrl) => {
    const { token } = await account().getAccessToken();
    const path = `/webmasters/v3/sites/${encodeURIComponent(site)}/searchAnalytics/query`;
    const response = await fetch(`${providers.urls.searchConsole}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ startDate: "2026-11-01", endDate: "2026-11-01", ...body }),
    });
    return { status: response.status, ...(await response.json()) };
  };

  it("adds up clicks and impressions, and weights positions by impressions", async () => {
    await providers.searchConsoleRows(siteUrl, [
      row,
      { ...row, impressions: 30, position: 8, clicks: 2, country: "usa" },
      { ...row, query: "横綱", impressions: 5, clicks: 0 },
      { ...row, date: "2026-10-31" },
    ]);
    expect(await query({ dimensions: ["page", "query"] })).toEqual({
      status: 200,
      rows: [
        { keys: [page, "相撲"], clicks: 3, impressions: 40, ctr: 3 / 40, position: 7 },
        { keys: [page, "横綱"], clicks: 0, impressions: 5, ctr: 0, position: 4 },
      ],
      responseAggregationType: "byPage",
    });
    const filters = [{ dimension: "country", operator: "equals", expression: "jpn" }];
    const filtered = await query({ dimensions: ["query"], dimensionFilterGroups: [{ filters }] });
    expect(filtered.rows[0]).toMatchObject({ keys: ["相撲"], position: 4, impressions: 10 });
    expect((await query({ dimensions: ["date"], startDate: "2026-10-30" })).rows).toHaveLength(2);
  });

  it("knows a property by its whole address, through a request signed by google-auth-library", async () => {
    await providers.searchConsoleRows("https://example.com/blog/", [row]);
    const path = `/webmasters/v3/sites/${encodeURIComponent("https://example.com/blog/")}/searchAnalytics/query`;
    const { data } = await account().request<{ rows: object[] }>({
      url: `${providers.urls.searchConsole}${path}`,
      method: "POST",
      data: { startDate: "2026-11-01", endDate: "2026-11-01", dimensions: ["query"] },
    });
    expect(data.rows).toHaveLength(1);
  });

  it("leaves rows out when there are none, and shows fresh ones only when asked for all", async () => {
    await providers.searchConsoleRows(siteUrl, [{ ...row, final: false }]);
    expect(await query({ dimensions: ["page"] })).toEqual({ status: 200, responseAggregationType: "byPage" });
    expect((await query({ dimensions: ["page"], dataState: "all" })).rows).toHaveLength(1);
  });

  it("pages through more rows than one answer holds, those with the most clicks first", async () => {
    const rows = Array.from({ length: 26_000 }, (_, i) => ({ ...row, query: `q${i}`, clicks: i }));
    await providers.searchConsoleRows(siteUrl, rows);
    const first = await query({ dimensions: ["query"], rowLimit: 25_000 });
    const second = await query({ dimensions: ["query"], rowLimit: 25_000, startRow: 25_000 });
    expect([first.rows.length, second.rows.length]).toEqual([25_000, 1_000]);
    expect(first.rows[0].keys).toEqual(["q25999"]);
    expect(second.rows[999].keys).toEqual(["q0"]);
    expect((await query({ dimensions: ["query"] })).rows).toHaveLength(1_000);
    expect((await query({ rowLimit: 25_001 })).error).toMatchObject({
      code: 400,
      status: "INVALID_ARGUMENT",
    });
  });

  it("refuses a property it was not given, and a caller without a token", async () => {
    expect(await query({}, "sc-domain:other.example")).toMatchObject({
      status: 403,
      error: {
        code: 403,
        message: expect.stringContaining("sc-domain:other.example"),
        errors: [{ reason: "forbidden" }],
        status: "PERMISSION_DENIED",
      },
    });
    const anonymous = await fetch(`${providers.urls.searchConsole}/webmasters/v3/sites`);
    expect(anonymous.status).toBe(401);
  });

  it("lists the properties the account may read", async () => {
    await providers.searchConsoleRows(siteUrl, []);
    const { data } = await account().request({ url: `${providers.urls.searchConsole}/webmasters/v3/sites` });
    expect(data).toEqual({ siteEntry: [{ siteUrl, permissionLevel: "siteFullUser" }] });
    expect(await query({ dimensions: ["page"] })).toMatchObject({ status: 200 });
  });

  it("runs out of quota on demand, and says which property was asked for what", async () => {
    await providers.searchConsoleRows(siteUrl, [row]);
    await providers.searchConsoleError({ status: 429, reason: "rateLimitExceeded" });
    await providers.searchConsoleError({ status: 403, reason: "quotaExceeded", message: "Quota exceeded." });
    expect((await query({})).error).toMatchObject({ code: 429, status: "RESOURCE_EXHAUSTED" });
    expect((await query({})).error).toMatchObject({
      code: 403,
      message: "Quota exceeded.",
      errors: [{ reason: "quotaExceeded", domain: "usageLimits" }],
    });
    expect((await query({ startRow: 0 })).rows).toHaveLength(1);
    const queries = (await providers.searchConsoleRequests()).filter(({ path }) => path !== "/token");
    expect(queries).toMatchObject([
      { siteUrl, status: 429 },
      { siteUrl, status: 403 },
      { siteUrl, status: 200, query: { startRow: 0, rowLimit: 1_000 } },
    ]);
  });

  it("refuses a key that was deleted, and what is no assertion", async () => {
    await providers.googleTokenError({ error: "invalid_grant", description: "Account not found" });
    await expect(account().getAccessToken()).rejects.toThrow(/invalid_grant/);
    const malformed = await fetch(`${providers.urls.searchConsole}/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        assertion: "a.b.c",
      }),
    });
    expect(malformed.status).toBe(400);
    expect((await account().getAccessToken()).token).toBeTruthy();
  });
});

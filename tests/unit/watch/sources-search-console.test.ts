import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { SourceContext } from "@/lib/watch/sources/source";
import type { Reading, WatchedArticle } from "@/lib/watch/types";
import { type Answer, type Asked, article, collect, context, only, startServer } from "./sources-server";

const EMAIL = "watch@banzuke-test.iam.gserviceaccount.com";
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const KEY_FILE = {
  type: "service_account",
  client_email: EMAIL,
  private_key: privateKey,
  private_key_id: "k1",
};

interface Query {
  startDate: string;
  endDate: string;
  dimensions: string[];
  type: string;
  dataState: string;
  rowLimit: number;
  startRow?: number;
  dimensionFilterGroups?: { filters: { dimension: string; operator: string; expression: string }[] }[];
}
type Row = [page: string, query: string, impressions: number, position: number];

let server: Awaited<ReturnType<typeof startServer>>;
let days: Record<string, Row[]> = {};
/** Answers other than what `days` say: null leaves it to them. */
let instead: (query: Query, property: string) => Answer | null = () => null;
const waits: number[] = [];

const isToken = ({ path }: Asked) => path === "/token";
const queries = () => server.asked.filter((asked) => !isToken(asked)).map(({ body }) => body as Query);
const analytics = (rows: object[]): Answer => ({ body: { rows, responseAggregationType: "byPage" } });
const google = (status: number, reason: string, message = "no"): Answer => ({
  status,
  body: { error: { code: status, message, errors: [{ message, domain: "global", reason }] } },
});
const filterOf = (query: Query, dimension: string) =>
  query.dimensionFilterGroups?.[0]?.filters.find((filter) => filter.dimension === dimension);

/** Search Console over `days`: every row is an impression in Japan. */
function searchConsole(asked: Asked): Answer {
  if (isToken(asked)) return { body: { access_token: "token-1", token_type: "Bearer", expires_in: 3599 } };
  const query = asked.body as Query;
  const property = decodeURIComponent(asked.path.split("/")[4] ?? "");
  const other = instead(query, property);
  if (other) return other;
  const within = Object.keys(days).filter((day) => day >= query.startDate && day <= query.endDate);
  if (query.dimensions[0] === "date") {
    const dated = within.filter((day) => days[day]?.length);
    return analytics(dated.map((day) => ({ keys: [day], clicks: 1, impressions: 9, position: 5 })));
  }
  if (filterOf(query, "country")?.expression !== "jpn") return { body: {} };
  const named = filterOf(query, "query")?.expression ?? "";
  const rows = within.flatMap((day) => days[day] ?? []).filter(([, search]) => search.includes(named));
  const { startRow = 0, rowLimit } = query;
  return analytics(
    rows
      .slice(startRow, startRow + rowLimit)
      .map(([page, search, impressions, position]) => ({ keys: [page, search], impressions, position })),
  );
}

beforeAll(async () => {
  server = await startServer();
  vi.stubEnv("SEARCH_CONSOLE_API_URL", server.url);
  vi.stubEnv("SEARCH_CONSOLE_TOKEN_URL", `${server.url}/token`);
});
beforeEach(() => {
  server.answer(searchConsole);
  instead = () => null;
  days = {};
});
afterAll(() => server.close());

/** Reads with a setting of its own; waits take no time and are written down. */
async function read(
  articles: WatchedArticle[],
  ctx: SourceContext = context().ctx,
  key = JSON.stringify(KEY_FILE),
) {
  vi.stubEnv("GOOGLE_SERVICE_ACCOUNT_JSON", key);
  vi.resetModules();
  const { createSearchConsole } = await import("@/lib/watch/sources/search-console");
  waits.length = 0;
  const sleep = async (ms: number) => void waits.push(ms);
  return collect(createSearchConsole({ backoff: { random: () => 0.5, sleep } }).read(ctx, articles));
}

const PAGE = "https://example.com/guide";
const watched = (fields: Partial<WatchedArticle> = {}) => article({ source: "search-console", ...fields });
const failed = (code: string, permanent: boolean) => ({ status: "failed", error: { code, permanent } });
const byId = (readings: { articleId: string; reading: Reading }[]) =>
  new Map(readings.map(({ articleId, reading }) => [articleId, reading]));

describe("a reading", () => {
  test("is the average position over the day's impressions of all spellings of page and search", async () => {
    days = {
      "2026-11-19": [
        [PAGE, "ハンドドリップ", 30, 4],
        ["http://www.example.com/guide/#steps", "ハンドドリップ", 10, 8],
        [PAGE, "ﾊﾝﾄﾞﾄﾞﾘｯﾌﾟ ", 10, 2],
        [PAGE, "ハンドドリップ 入門", 500, 90],
        ["https://example.com/other", "ハンドドリップ", 500, 1],
      ],
    };
    expect(only((await read([watched()])).readings)).toEqual({ status: "ok", position: 4.4, foundUrl: PAGE });
  });

  test("is asked of the property, else of the address's own, in the article's country", async () => {
    days = { "2026-11-19": [[PAGE, "ハンドドリップ", 1, 1]] };
    await read([watched(), watched({ property: "sc-domain:example.com" }), watched({ country: "us" })]);
    const asked = server.asked.filter((one) => !isToken(one));
    expect(new Set(asked.map(({ path }) => path))).toEqual(
      new Set(
        ["https%3A%2F%2Fexample.com%2F", "sc-domain%3Aexample.com"].map(
          (site) => `/webmasters/v3/sites/${site}/searchAnalytics/query`,
        ),
      ),
    );
    const [dates] = queries();
    const rows = queries().find(({ dimensions }) => dimensions[0] === "page");
    expect(dates).toEqual({
      startDate: "2026-11-12",
      endDate: "2026-11-21",
      dimensions: ["date"],
      type: "web",
      dataState: "final",
      rowLimit: 25_000,
    });
    expect(rows).toMatchObject({
      startDate: "2026-11-19",
      endDate: "2026-11-19",
      dimensions: ["page", "query"],
    });
    const countries = queries().map((query) => filterOf(query, "country")?.expression);
    expect(countries.filter(Boolean).sort()).toEqual(["jpn", "jpn", "usa"]);
    expect(server.asked.filter(isToken)).toHaveLength(1);
    expect(asked[0]?.headers.authorization).toBe("Bearer token-1");
  });

  test("comes from the newest day with data, else from up to two days before", async () => {
    const [today, before, twoBefore, longAgo, never] = ["a", "b", "c", "d", "e"].map((keyword) =>
      watched({ keyword }),
    );
    days = {
      "2026-11-19": [[PAGE, "a", 1, 1]],
      "2026-11-18": [
        [PAGE, "a", 1, 9],
        [PAGE, "b", 1, 2],
      ],
      "2026-11-16": [[PAGE, "c", 1, 3]],
      "2026-11-15": [[PAGE, "d", 1, 4]],
    };
    const all = [today, before, twoBefore, longAgo, never].filter((one) => one !== undefined);
    const readings = byId((await read(all)).readings);
    expect(all.map(({ id }) => readings.get(id))).toMatchObject([
      { status: "ok", position: 1 },
      { status: "ok", position: 2 },
      { status: "ok", position: 3 },
      { status: "not_ranked" },
      { status: "not_ranked" },
    ]);
  });

  test("does not ask for earlier days when everything was found", async () => {
    days = { "2026-11-19": [[PAGE, "ハンドドリップ", 1, 1]], "2026-11-18": [[PAGE, "ハンドドリップ", 1, 2]] };
    await read([watched()]);
    expect(queries()).toHaveLength(2);
  });

  test("of thousands of articles takes the queries of one", async () => {
    const articles = Array.from({ length: 3_000 }, (_, index) => watched({ keyword: `k${index}` }));
    days = { "2026-11-19": articles.map(({ keyword }, index) => [PAGE, keyword, 1, index + 1]) };
    const { readings, sizes } = await read(articles);
    const positions = byId(readings);
    expect(articles.map(({ id }) => positions.get(id))).toMatchObject(
      articles.map((_, index) => ({ status: "ok", position: index + 1 })),
    );
    expect(readings).toHaveLength(3_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
    expect(queries()).toHaveLength(2);
  });

  test("is unknown as long as Google shows no day", async () => {
    expect(only((await read([watched()])).readings)).toMatchObject(failed("no_data_yet", false));
  });

  test("is unknown for an address or a country that is none, without a query", async () => {
    const [address, country] = [watched({ url: "https://" }), watched({ country: "japan" })];
    const readings = byId((await read([address, country])).readings);
    expect(readings.get(address.id)).toMatchObject(failed("invalid_url", true));
    expect(readings.get(country.id)).toMatchObject(failed("invalid_country", true));
    expect(queries()).toEqual([]);
  });

  test("may be of unfinished days where the setting says so", async () => {
    vi.stubEnv("SEARCH_CONSOLE_DATA_STATE", "all");
    days = { "2026-11-21": [[PAGE, "ハンドドリップ", 1, 1]] };
    await read([watched()]);
    expect(queries().map(({ dataState }) => dataState)).toEqual(["all", "all"]);
    vi.stubEnv("SEARCH_CONSOLE_DATA_STATE", "");
  });
});

describe("a large property", () => {
  const filler = (count: number): Row[] =>
    Array.from({ length: count }, (_, index) => [PAGE, `filler ${index}`, 1, 50]);

  test("is read page by page", async () => {
    days = { "2026-11-19": [...filler(30_000), [PAGE, "ハンドドリップ", 1, 7]] };
    expect(only((await read([watched()])).readings)).toMatchObject({ status: "ok", position: 7 });
    expect(queries().map(({ startRow }) => startRow)).toEqual([undefined, 0, 25_000]);
  });

  test("whose rows are cut off is asked by name for what is missing", async () => {
    days = { "2026-11-19": [...filler(50_000), [PAGE, "ハンドドリップ", 1, 7]] };
    expect(only((await read([watched()])).readings)).toMatchObject({ status: "ok", position: 7 });
    expect(filterOf(queries().at(-1) as Query, "query")).toEqual({
      dimension: "query",
      operator: "contains",
      expression: "ハンドドリップ",
    });
  });

  test("whose rows are cut off proves nothing by an absence", async () => {
    days = { "2026-11-19": filler(50_000) };
    expect(only((await read([watched()])).readings)).toMatchObject(failed("row_limit", true));
  });

  test("is not asked by name for more than fifty searches", async () => {
    days = { "2026-11-19": filler(50_000) };
    const { readings } = await read(
      Array.from({ length: 51 }, (_, index) => watched({ keyword: `k${index}` })),
    );
    expect(new Set(readings.map(({ reading }) => JSON.stringify(reading))).size).toBe(1);
    expect(readings[0]?.reading).toMatchObject(failed("row_limit", true));
    expect(queries()).toHaveLength(3);
  });
});

describe("a property that is not open to the service account", () => {
  test("fails its own articles and says whom to let in", async () => {
    days = { "2026-11-19": [[PAGE, "ハンドドリップ", 1, 1]] };
    instead = (_, property) =>
      property === "sc-domain:closed.jp"
        ? google(403, "forbidden", "User does not have sufficient permission")
        : null;
    const [open, closed] = [watched(), watched({ property: "sc-domain:closed.jp" })];
    const readings = byId((await read([open, closed])).readings);
    expect(readings.get(open.id)).toMatchObject({ status: "ok" });
    expect(readings.get(closed.id)).toMatchObject(failed("forbidden", true));
    const message = JSON.stringify(readings.get(closed.id));
    expect(message).toContain("sc-domain:closed.jp");
    expect(message).toContain(EMAIL);
    expect(waits).toEqual([]);
  });

  test("or not known fails its own articles at once", async () => {
    instead = () => google(400, "invalidParameter", "is not a valid Search Console site URL");
    expect(only((await read([watched()])).readings)).toMatchObject(failed("refused", true));
    expect(queries()).toHaveLength(1);
  });
});

describe("a failure in passing", () => {
  test.each<[string, Answer, string]>([
    ["429", { status: 429, body: {} }, "quota_exceeded"],
    ["403 for the quota", google(403, "quotaExceeded"), "quota_exceeded"],
    ["403 for the rate", google(403, "userRateLimitExceeded"), "quota_exceeded"],
    ["500", google(500, "backendError"), "provider_error"],
    ["a closed connection", "hangup", "unreachable"],
    [
      "a row at position 0",
      analytics([{ keys: ["2026-11-19"], impressions: 1, position: 0 }]),
      "unexpected_reply",
    ],
  ])("%s is tried four times", async (_, answer, code) => {
    days = { "2026-11-19": [[PAGE, "ハンドドリップ", 1, 1]] };
    let left = 3;
    instead = () => (left-- > 0 ? answer : null);
    expect(only((await read([watched()])).readings)).toMatchObject({ status: "ok", position: 1 });
    expect(waits).toEqual([500, 1_000, 2_000]);
    instead = () => answer;
    expect(only((await read([watched()])).readings)).toMatchObject(failed(code, false));
  });

  test("on an earlier day leaves the newer day's positions as they are", async () => {
    days = { "2026-11-19": [[PAGE, "a", 1, 1]], "2026-11-18": [[PAGE, "a", 1, 1]] };
    instead = ({ startDate, dimensions }) =>
      dimensions[0] === "page" && startDate === "2026-11-18" ? { status: 500 } : null;
    const [found, missing] = [watched({ keyword: "a" }), watched({ keyword: "b" })];
    const readings = byId((await read([found, missing])).readings);
    expect(readings.get(found.id)).toMatchObject({ status: "ok", position: 1 });
    expect(readings.get(missing.id)).toMatchObject(failed("provider_error", false));
  });
});

describe("the service account", () => {
  test.each([
    ["base64 of its JSON", Buffer.from(JSON.stringify(KEY_FILE)).toString("base64")],
    ["JSON in several lines", JSON.stringify(KEY_FILE, null, 2)],
  ])("may be given as %s", async (_, key) => {
    days = { "2026-11-19": [[PAGE, "ハンドドリップ", 1, 1]] };
    expect(only((await read([watched()], undefined, key)).readings)).toMatchObject({ status: "ok" });
  });

  test("asks Google for leave to read only, with a signed assertion", async () => {
    await read([watched()]);
    const form = new URLSearchParams(String(server.asked.find(isToken)?.body));
    const [, claims = ""] = form.get("assertion")?.split(".") ?? [];
    expect(form.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
      iss: EMAIL,
      scope: "https://www.googleapis.com/auth/webmasters.readonly",
      aud: "https://oauth2.googleapis.com/token",
    });
  });

  test.each([
    ["no JSON", "secret-but-no-json"],
    ["another JSON", '{"installed":{"client_secret":"secret-but-no-json"}}'],
    ["a key that is none", JSON.stringify({ ...KEY_FILE, private_key: "secret-but-no-json" })],
  ])("of %s ends the reading, and the setting is not repeated", async (_, key) => {
    const { readings, thrown } = await read([watched()], undefined, key);
    expect(readings).toEqual([]);
    expect(thrown).toMatchObject({
      name: "SourceUnavailableError",
      code: "invalid_credentials",
      permanent: true,
    });
    expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toContain("secret-but-no-json");
  });

  const withToken = (answer: Answer) =>
    server.answer((asked) => (isToken(asked) ? answer : searchConsole(asked)));

  test("whose key Google refuses ends the reading", async () => {
    withToken({ status: 400, body: { error: "invalid_grant", error_description: "Invalid JWT Signature." } });
    const { thrown } = await read([watched()]);
    expect(thrown).toMatchObject({ code: "unauthorized", permanent: true });
    expect(String(thrown)).toMatch(new RegExp(`${EMAIL}.*invalid_grant: Invalid JWT Signature`));
    expect(String(thrown)).not.toContain("PRIVATE KEY");
  });

  test.each<[string, Answer]>([
    ["401", google(401, "authError")],
    ["a disabled API", google(403, "accessNotConfigured")],
  ])("that Search Console answers with %s ends the reading", async (_, answer) => {
    instead = () => answer;
    expect((await read([watched()])).thrown).toMatchObject({
      name: "SourceUnavailableError",
      permanent: true,
    });
  });

  test.each<[string, Answer]>([
    ["500", { status: 500, body: "<html>" }],
    ["429", { status: 429 }],
    ["a closed connection", "hangup"],
    ["no token", { body: {} }],
  ])("is given its token after %s at the fourth try", async (_, answer) => {
    days = { "2026-11-19": [[PAGE, "ハンドドリップ", 1, 1]] };
    let left = 3;
    server.answer((asked) => (isToken(asked) && left-- > 0 ? answer : searchConsole(asked)));
    expect(only((await read([watched()])).readings)).toMatchObject({ status: "ok" });
    expect(server.asked.filter(isToken)).toHaveLength(4);
  });
});

test("an abort ends a reading that waits for an answer, and hands over nothing", async () => {
  for (const silent of [isToken, (asked: Asked) => !isToken(asked)]) {
    const run = new AbortController();
    server.answer((asked) => (silent(asked) ? "silence" : searchConsole(asked)));
    const reading = read([watched()], context(run.signal).ctx);
    await vi.waitUntil(() => server.asked.some(silent));
    const abortedAt = performance.now();
    run.abort();
    expect(await reading).toEqual({ readings: [], sizes: [], thrown: undefined });
    expect(performance.now() - abortedAt).toBeLessThan(1_000);
  }
});

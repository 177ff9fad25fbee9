import { afterAll, beforeAll, expect, test } from "vitest";
import { SearchIndex } from "@/scripts/local/emulators/serper-results";
import { ledger } from "../support/stack-contest";
import { callCron, letLeasesPass, openWatchStack, type WatchStack } from "../support/stack-watch";

const SEARCHES = 2_000;
/** Where the articles of each search rank, and where they ranked the day before: the last one fell. */
const PLACES = [
  { now: 1, before: 1 },
  { now: 3, before: 3 },
  { now: 5, before: 5 },
  { now: 7, before: 7 },
  { now: 9, before: 2 },
];
const ARTICLES = SEARCHES * PLACES.length;

let stack: WatchStack;
beforeAll(async () => {
  // A heartbeat a second; Serper's highest pace, one page a search.
  stack = await openWatchStack({
    JOB_LEASE_SECONDS: "3",
    SERPER_REQUESTS_PER_SECOND: "300",
    SERPER_DEPTH: "10",
  });
});
afterAll(() => stack?.close());

/** Adds articles that Serper's made-up results hold, with yesterday's position. Answers which of them fell. */
async function addArticles(): Promise<{ keywordOf: Map<string, string>; fallen: string[] }> {
  const serp = new SearchIndex();
  const articles = Array.from({ length: SEARCHES }, (_, search) => {
    const keyword = `keyword ${search}`;
    const found = serp.find({ q: keyword });
    const links = "links" in found ? found.links : [];
    return PLACES.map(({ now, before }) => ({
      id: `a${String(search).padStart(5, "0")}-${now}`,
      url: links[now - 1],
      keyword,
      before,
      fell: now > before,
    }));
  }).flat();
  await stack.sql(
    `insert into articles (id, user_id, url, title, keyword)
     select x.id, 'u' || right(x.id, 1), x.url, x.id, x.keyword
     from jsonb_to_recordset($1::jsonb) as x (id text, url text, keyword text)`,
    [JSON.stringify(articles)],
  );
  await stack.sql(
    `insert into rank_observations (article_id, checked_on, position, status, source)
     select x.id, $2::date, x.before, 'ok', 'serper' from jsonb_to_recordset($1::jsonb) as x (id text, before int)`,
    [JSON.stringify(articles), new Date(Date.now() - DAY_MS).toISOString().slice(0, 10)],
  );
  return {
    keywordOf: new Map(articles.map(({ id, keyword }) => [id, keyword])),
    fallen: articles.filter(({ fell }) => fell).map(({ id }) => id),
  };
}
const DAY_MS = 86_400_000;

const progress = async () =>
  (
    await stack.sql<{ progress: { done: number; total: number; unit: string } | null }>(
      "select progress from job_runs where job = 'check-rank'",
    )
  )[0]?.progress;
/** Articles with a reading of the run's day. */
const read = async () =>
  (
    await stack.sql<{ article_id: string }>(
      "select article_id from rank_observations where run_id is not null order by article_id",
    )
  ).map(({ article_id }) => article_id);
/** How often Serper was asked for each keyword. */
const asked = async () => {
  const counts = new Map<string, number>();
  for (const { keyword } of await stack.providers.serperRequests())
    if (keyword !== null) counts.set(keyword, (counts.get(keyword) ?? 0) + 1);
  return counts;
};

test(`a check of ${ARTICLES.toLocaleString("en")} articles tells how far it is, and killed -9 in the middle it goes on where it was`, async () => {
  const { keywordOf, fallen } = await addArticles();
  const [victim, survivor] = stack.servers;
  const call = callCron(stack, victim, "check-rank").then(
    ({ status }) => status,
    () => "none",
  );
  await expect
    .poll(async () => (await progress())?.done ?? 0, { timeout: 60_000 })
    .toBeGreaterThan(ARTICLES / 4);
  expect(await progress()).toMatchObject({ total: ARTICLES, unit: "articles" });
  const lost = stack.proxies.supabase.hold(/record_observations/, "response");
  await lost.held;
  await victim.kill();
  lost.drop();
  expect(await call).toBe("none");
  const readBefore = await read();
  expect(readBefore.length).toBeGreaterThan(ARTICLES / 4);
  expect(readBefore.length).toBeLessThan(ARTICLES);
  expect(await stack.sql("select from notifications")).toEqual([]);

  await letLeasesPass(stack);
  expect((await callCron(stack, survivor, "sweep", { trigger: "manual" })).body).toMatchObject({
    counts: { recovered: 1 },
  });
  expect(await ledger(stack, "check-rank")).toMatchObject([{ status: "succeeded", attempt: 2 }]);

  const leftOver = ARTICLES - readBefore.length;
  expect(await progress()).toEqual({ done: leftOver, total: leftOver, unit: "articles" });
  const questions = await asked();
  expect(questions.size).toBe(SEARCHES);
  const stored = new Set(readBefore);
  const unread = new Set([...keywordOf].filter(([id]) => !stored.has(id)).map(([, keyword]) => keyword));
  // What was under way when it died was not stored, and may have been asked once more; nothing else was.
  const repeated = [...questions].filter(([, times]) => times > 1).map(([keyword]) => keyword);
  expect(repeated.filter((keyword) => !unread.has(keyword))).toEqual([]);
  expect(Math.max(...questions.values())).toBeLessThanOrEqual(2);

  expect(await read()).toEqual([...keywordOf.keys()].sort());
  expect(
    await stack.sql(
      "select position::int as now, status, count(*)::int from rank_observations where run_id is not null group by 1, 2 order by 1",
    ),
  ).toEqual(PLACES.map(({ now }) => ({ now, status: "ok", count: SEARCHES })));
  const notifications = await stack.sql<{ article_id: string }>(
    "select article_id from notifications order by article_id",
  );
  expect(notifications.map(({ article_id }) => article_id)).toEqual(fallen);
}, 180_000);

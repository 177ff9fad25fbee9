import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AnyJob } from "@/lib/engine/define-job";
import { type Providers, startProviders } from "../support/providers";
import { addArticle, addHistory, addSettings, forgetWatch, runNow } from "../support/watch";
import { openWorld, type World } from "../support/world";

const TODAY = "2026-11-22";
const NOW = `${TODAY}T00:00:30Z`;

let world: World;
let providers: Providers;
let checkRank: AnyJob;

beforeAll(async () => {
  [world, providers] = await Promise.all([openWorld(NOW), startProviders()]);
  ({ checkRank } = await import("@/lib/jobs/check-rank"));
});
afterAll(() => Promise.all([world.close(), providers.close()]));
beforeEach(async () => {
  world.setNow(NOW);
  await Promise.all([forgetWatch(world.sql), providers.reset()]);
});

/** Serper finds an article's page at a position; null: nowhere. */
const rankAt = (articleId: string, position: number | null) => {
  const others = Array.from({ length: 60 }, (_, index) => `https://other-${index}.example/`);
  const results =
    position === null ? others : others.toSpliced(position - 1, 0, `https://example.com/${articleId}`);
  return providers.serp(`keyword ${articleId}`, results);
};
const observations = () =>
  world.sql(
    "select article_id, checked_on::text, position::float, status from rank_observations where checked_on = $1 order by article_id",
    [TODAY],
  );
const notifications = () =>
  world.sql(
    "select article_id, kind, sent_at, notification_data -> 'previous' as previous, notification_data -> 'current' as current from notifications order by article_id",
  );
const suppressed = () =>
  world.sql("select article_id, kind, reason, until from suppressed_notifications order by article_id");

describe("check-rank (seed 003, ステップ1)", () => {
  test("監視対象の記事を取得: reads monitored articles, and leaves paused ones alone", async () => {
    await addArticle(world.sql, { id: "a" });
    await addArticle(world.sql, { id: "paused", is_monitored: false });
    await rankAt("a", 7);
    expect(await runNow(world, checkRank)).toMatchObject({ status: "succeeded" });
    expect(await observations()).toEqual([{ article_id: "a", checked_on: TODAY, position: 7, status: "ok" }]);
  });

  test("通知が必要な場合、新規レコードを作成: sent_at = NULL, notification_data = 通知内容の詳細データ", async () => {
    await addArticle(world.sql, { id: "a" });
    await addHistory(world.sql, "a", TODAY, [3]);
    await rankAt("a", 12);
    expect(await runNow(world, checkRank)).toMatchObject({ result: { counts: { notifications: 1 } } });
    expect(await notifications()).toEqual([
      {
        article_id: "a",
        kind: "left_top_3",
        sent_at: null,
        previous: { position: 3, on: "2026-11-21" },
        current: { position: 12, on: TODAY },
      },
    ]);
    const [{ count }] = (await world.sql("SELECT COUNT(*) FROM notifications WHERE sent_at IS NULL;")) as [
      { count: string },
    ];
    expect(Number(count)).toBe(1);
  });

  test("a page that moved less than its threshold calls for nothing", async () => {
    await addArticle(world.sql, { id: "a" });
    await addHistory(world.sql, "a", TODAY, [20]);
    await rankAt("a", 22);
    await runNow(world, checkRank);
    expect(await notifications()).toEqual([]);
  });

  test("the article's threshold goes before the owner's, the owner's before the house's", async () => {
    await addSettings(world.sql, { user_id: "u1", drop_threshold: 2 });
    await addArticle(world.sql, { id: "own", drop_threshold: 10 });
    await addArticle(world.sql, { id: "owners" });
    for (const id of ["own", "owners"]) {
      await addHistory(world.sql, id, TODAY, [20]);
      await rankAt(id, 22);
    }
    await runNow(world, checkRank);
    expect(await notifications()).toMatchObject([{ article_id: "owners", kind: "drop" }]);
  });

  test("run a second time, it reads nothing again and writes no second notification", async () => {
    await addArticle(world.sql, { id: "a" });
    await addHistory(world.sql, "a", TODAY, [3]);
    await rankAt("a", 12);
    await runNow(world, checkRank);
    const asked = (await providers.serperRequests()).length;
    expect(await runNow(world, checkRank)).toMatchObject({ result: { outcome: "nothing_due" } });
    expect(await providers.serperRequests()).toHaveLength(asked);
    expect(await notifications()).toHaveLength(1);
  });
});

describe("the cooldown (seed 003, Cooldownチェック)", () => {
  const fallen = async (seed: { last?: string; days?: number | null }) => {
    await addSettings(world.sql, { user_id: "u1", notification_cooldown_days: seed.days ?? null });
    await addArticle(world.sql, { id: "a", last_notification_sent_at: seed.last ?? null });
    await addHistory(world.sql, "a", TODAY, [3]);
    await rankAt("a", 12);
    await runNow(world, checkRank);
  };

  test("Cooldown期間内: no notification is written; the operator sees what was held back, and until when", async () => {
    await fallen({ last: "2026-11-20T09:00:00Z", days: 7 });
    expect(await notifications()).toEqual([]);
    expect(await suppressed()).toEqual([
      { article_id: "a", kind: "left_top_3", reason: "cooldown", until: new Date("2026-11-27T09:00:00Z") },
    ]);
  });

  test("Cooldown期間経過後: it is written", async () => {
    await fallen({ last: "2026-11-15T00:00:30Z", days: 7 });
    expect(await notifications()).toHaveLength(1);
  });

  test("Cooldown = 0: it is always written", async () => {
    await fallen({ last: "2026-11-22T00:00:29Z", days: 0 });
    expect(await notifications()).toHaveLength(1);
  });

  test("notification_cooldown_days ?? 7: an owner without the setting has 7 days", async () => {
    await fallen({ last: "2026-11-16T00:00:00Z", days: null });
    expect(await notifications()).toEqual([]);
  });

  test("set to 0 afterwards, the next check of the day tells what was held back", async () => {
    await fallen({ last: "2026-11-20T09:00:00Z", days: 7 });
    await world.sql("update user_alert_settings set notification_cooldown_days = 0");
    await runNow(world, checkRank);
    expect(await notifications()).toHaveLength(1);
    expect(await suppressed()).toEqual([]);
  });

  test("a kind the owner does not want to hear of is held back as muted", async () => {
    await addSettings(world.sql, { user_id: "u1", muted_kinds: ["rise"] });
    await addArticle(world.sql, { id: "a" });
    await addHistory(world.sql, "a", TODAY, [50]);
    await rankAt("a", 20);
    await runNow(world, checkRank);
    expect(await notifications()).toEqual([]);
    expect(await suppressed()).toMatchObject([{ kind: "rise", reason: "muted", until: null }]);
  });
});

describe("what could not be read", () => {
  test("is stored as a failure with its reason, never as a position, and is not a drop", async () => {
    await addArticle(world.sql, { id: "a" });
    for (const id of ["b", "c", "d", "e"]) {
      await addArticle(world.sql, { id });
      await rankAt(id, 5);
    }
    await addHistory(world.sql, "a", TODAY, [3]);
    await providers.serpFailure("keyword a", { status: 400, message: "Query not allowed" });
    expect(await runNow(world, checkRank)).toMatchObject({ status: "succeeded" });
    expect((await observations())[0]).toEqual({
      article_id: "a",
      checked_on: TODAY,
      position: null,
      status: "failed",
    });
    expect(await notifications()).toEqual([]);
  });

  test("leaves the day a gap: the next day is compared with the last known one", async () => {
    await addArticle(world.sql, { id: "a" });
    await addHistory(world.sql, "a", TODAY, [5, "failed", "failed"]);
    await rankAt("a", 5);
    await runNow(world, checkRank);
    expect(await notifications()).toEqual([]);
  });

  test("of more articles than the threshold makes a partial check: the run fails, owners are told nothing", async () => {
    for (const id of ["a", "b", "c", "d"]) {
      await addArticle(world.sql, { id });
      await addHistory(world.sql, id, TODAY, [3]);
      await rankAt(id, 30);
    }
    await providers.serpFailure("keyword a", { status: 400, message: "Query not allowed" });
    const report = await runNow(world, checkRank);
    expect(report).toMatchObject({ status: "failed", failure: { code: "partial_check", permanent: false } });
    expect(await notifications()).toEqual([]);
    expect((await providers.slackTexts())[0]).toContain("partial_check");
    expect(await world.sql("select decision from rank_checks")).toEqual([{ decision: "partial" }]);
  });

  test("is read again by the next attempt, which then tells everybody", async () => {
    for (const id of ["a", "b", "c", "d"]) {
      await addArticle(world.sql, { id });
      await addHistory(world.sql, id, TODAY, [3]);
      await rankAt(id, 30);
    }
    await providers.serpFailure("keyword a", { status: 400, message: "Query not allowed" });
    await runNow(world, checkRank);
    const asked = (await providers.serperRequests()).length;
    await providers.reset();
    for (const id of ["a", "b", "c", "d"]) await rankAt(id, 30);
    expect(await runNow(world, checkRank)).toMatchObject({
      status: "succeeded",
      result: { counts: { notifications: 4 } },
    });
    expect((await providers.serperRequests()).length).toBeLessThan(asked);
  });

  test("does not replace what is known of the day", async () => {
    await addArticle(world.sql, { id: "a" });
    await rankAt("a", 5);
    await runNow(world, checkRank);
    await world.sql(
      `select record_observations('${TODAY}', gen_random_uuid(), now(), '[{"article_id": "a", "status": "failed", "source": "serper"}]')`,
    );
    expect(await observations()).toMatchObject([{ position: 5, status: "ok" }]);
  });
});

test("a check that must stop keeps what was read, and the next goes on with the rest", async () => {
  const { readRanks } = await import("@/lib/watch/check");
  for (let n = 0; n < 300; n += 1) await addArticle(world.sql, { id: `a${n}` });
  const stop = new AbortController();
  const check = { day: TODAY, runId: crypto.randomUUID(), signal: stop.signal };
  const first = await readRanks(world.ctx, { ...check, onRead: (done) => done > 0 && stop.abort() });
  expect(first.read).toBeGreaterThan(0);
  expect(first.left).toBe(300 - first.read);
  const second = await readRanks(world.ctx, {
    ...check,
    signal: new AbortController().signal,
    onRead: () => {},
  });
  expect(second).toMatchObject({ read: first.left, left: 0 });
});

describe("a source that suddenly finds most pages nowhere", () => {
  const vanished = async () => {
    for (let n = 0; n < 6; n += 1) {
      await addArticle(world.sql, { id: `a${n}` });
      await addHistory(world.sql, `a${n}`, TODAY, [4]);
      await rankAt(`a${n}`, null);
    }
    return runNow(world, checkRank);
  };

  test("is not believed: the run waits for a person, owners are told nothing", async () => {
    expect(await vanished()).toMatchObject({
      status: "failed",
      failure: { code: "mass_loss", permanent: true },
    });
    expect(await notifications()).toEqual([]);
  });

  test("is believed once a person accepts it", async () => {
    await vanished();
    expect(await runNow(world, checkRank, { accept: true })).toMatchObject({ status: "succeeded" });
    expect((await notifications()).map((row) => (row as { kind: string }).kind)).toEqual(
      Array.from({ length: 6 }, () => "lost_ranking"),
    );
  });
});

test("readings given by hand are judged as any other, and nothing is asked of a source", async () => {
  await addArticle(world.sql, { id: "a", source: "manual" });
  await addHistory(world.sql, "a", TODAY, [3]);
  await world.sql(
    `insert into rank_observations (article_id, checked_on, position, status, source) values ('a', '${TODAY}', 12, 'ok', 'manual')`,
  );
  await runNow(world, checkRank);
  expect(await notifications()).toMatchObject([{ kind: "left_top_3" }]);
  expect(await providers.serperRequests()).toEqual([]);
});

test("Search Console articles are read from their property", async () => {
  await addArticle(world.sql, { id: "a", source: "search-console" });
  await providers.searchConsoleRows("https://example.com/", [
    {
      date: "2026-11-19",
      page: "https://example.com/a",
      query: "keyword a",
      clicks: 1,
      impressions: 10,
      position: 4.6,
    },
  ]);
  expect(await runNow(world, checkRank)).toMatchObject({ status: "succeeded" });
  expect(await observations()).toMatchObject([{ position: 4.6, status: "ok" }]);
});

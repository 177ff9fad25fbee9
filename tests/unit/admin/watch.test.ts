import { describe, expect, test } from "vitest";
import { readArticleForm } from "@/lib/admin/watch-article-form";
import { emailState, nextDigest } from "@/lib/admin/watch-digest";
import { effectiveSettings, type OwnSettings } from "@/lib/admin/watch-effective";
import { readingFailureKey } from "@/lib/admin/watch-failures";
import { articleFilterOf, paramsOf } from "@/lib/admin/watch-filter";
import { partsOf } from "@/lib/admin/watch-sheet";
import { checkStanding, type JudgedCheck } from "@/lib/admin/watch-standing";
import { countsOf } from "@/lib/admin/watch-states";
import { readSettingsForm } from "@/lib/admin/watch-user-form";

const HOURLY = "0 * * * *";
const noon = new Date("2026-11-22T03:00:00Z");

describe("the list's first sentence", () => {
  const source = {
    source: "serper",
    articles: 10,
    ok: 8,
    notRanked: 1,
    failed: 1,
    lost: 0,
    rankedBefore: 9,
    firstError: null,
  };
  const check: JudgedCheck = {
    day: "2026-11-22",
    runId: "r",
    decision: "judged",
    judgedAt: null,
    sources: [source, source],
  };
  const run = { id: "run", status: "failed", queuedAt: "2026-11-22T00:00:00Z", alive: false, progress: null };

  test("says what today's check came to, summed over the sources", () => {
    const { kind, check: shown } = checkStanding(check, null, null, noon);
    expect([kind, shown?.articles, shown?.failed, shown?.notRanked]).toEqual(["judged", 20, 2, 2]);
  });

  test("says that today's has not begun while yesterday's is the latest", () => {
    const standing = checkStanding({ ...check, day: "2026-11-21" }, null, noon, noon);
    expect([standing.kind, standing.check?.isToday, standing.nextAt]).toEqual([
      "waiting",
      false,
      noon.toISOString(),
    ]);
  });

  test("goes by the business day in Japan: shortly after midnight there, nothing is checked yet", () => {
    expect(checkStanding(check, null, null, new Date("2026-11-22T15:01:00Z")).kind).toBe("waiting");
  });

  test("shows a check under way before anything else, and one that stopped undecided", () => {
    const running = { ...run, status: "running", alive: true, progress: { done: 3, total: 9 } };
    expect(checkStanding(check, running, null, noon)).toMatchObject({
      kind: "running",
      progress: { done: 3, total: 9 },
    });
    expect(checkStanding(null, run, null, noon)).toMatchObject({ kind: "stopped", runId: "run" });
    expect(checkStanding(null, { ...run, status: "running" }, null, noon).kind).toBe("stopped");
  });
});

describe("the next digest", () => {
  const receiver = {
    timezone: "Asia/Tokyo",
    notificationTime: "09:30",
    digestedDates: [],
    email: "on" as const,
    slack: false,
  };

  test("goes out with the first hourly run from the owner's time on", () => {
    const early = new Date("2026-11-21T20:00:00Z");
    expect(nextDigest(receiver, HOURLY, early)).toEqual({
      kind: "at",
      at: "2026-11-22T01:00:00.000Z",
      overdue: false,
    });
    expect(nextDigest({ ...receiver, notificationTime: "10:00" }, HOURLY, early)).toMatchObject({
      at: "2026-11-22T01:00:00.000Z",
    });
  });

  test("goes out with the next run when the time has passed and the day has none yet, else tomorrow", () => {
    expect(nextDigest(receiver, HOURLY, noon)).toEqual({
      kind: "at",
      at: "2026-11-22T04:00:00.000Z",
      overdue: true,
    });
    expect(nextDigest({ ...receiver, digestedDates: ["2026-11-22"] }, HOURLY, noon)).toMatchObject({
      at: "2026-11-23T01:00:00.000Z",
    });
  });

  test("goes nowhere without an open channel or a zone that exists", () => {
    expect(nextDigest({ ...receiver, email: "bounced" }, HOURLY, noon)).toEqual({ kind: "nowhere" });
    expect(nextDigest({ ...receiver, email: "bounced", slack: true }, HOURLY, noon).kind).toBe("at");
    expect(nextDigest({ ...receiver, timezone: "Mars/Olympus" }, HOURLY, noon).kind).toBe("invalid_timezone");
  });

  test("knows why e-mail does not reach somebody", () => {
    const on = { email: "a@example.com", email_enabled: true, email_disabled_reason: null };
    expect(emailState(on)).toBe("on");
    expect(emailState({ ...on, email: null })).toBe("none");
    expect(emailState({ ...on, email_enabled: false })).toBe("off");
    expect(emailState({ ...on, email_enabled: false, email_disabled_reason: "bounced" })).toBe("bounced");
  });
});

describe("what holds for an article", () => {
  const none: OwnSettings = {
    drop_threshold: null,
    rise_threshold: null,
    top_10_threshold: null,
    top_3_threshold: null,
    lost_after_days: null,
    notification_cooldown_days: null,
    muted_kinds: null,
  };
  const of = (article: OwnSettings, owner: OwnSettings | null) =>
    Object.fromEntries(
      effectiveSettings(article, owner).thresholds.map(({ name, value, from }) => [name, [value, from]]),
    );

  test("is its own, else its owner's, else the house's", () => {
    const owner = { ...none, drop_threshold: 5, rise_threshold: 6 };
    expect(of({ ...none, drop_threshold: 2 }, owner)).toMatchObject({
      drop_threshold: [2, "article"],
      rise_threshold: [6, "owner"],
      notification_cooldown_days: [7, "house"],
    });
  });

  test("keeps a cooldown of 0, which is a choice and not an empty field", () => {
    expect(of({ ...none, notification_cooldown_days: 0 }, null).notification_cooldown_days).toEqual([
      0,
      "article",
    ]);
  });

  test("mutes nothing where the article says so, whatever its owner mutes", () => {
    const { muted } = effectiveSettings({ ...none, muted_kinds: [] }, { ...none, muted_kinds: ["rise"] });
    expect(muted).toEqual({ kinds: [], from: "article" });
  });
});

describe("forms", () => {
  const formOf = (fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return form;
  };
  const article = { user_id: "u", url: "https://example.com/a", title: "A", keyword: "k" };

  test("an empty threshold is the owner's, competitors may stand on lines", () => {
    const read = readArticleForm(
      formOf({ ...article, competitors: "b.example\nhttps://www.c.example/x", drop_threshold: "" }),
    );
    expect(read).toMatchObject({
      ok: true,
      fields: {
        drop_threshold: null,
        competitors: ["b.example", "c.example"],
        muted_kinds: null,
        source: "serper",
      },
    });
  });

  test("muting nothing is not the same as leaving it to the owner", () => {
    expect(readArticleForm(formOf({ ...article, muted_by: "article" }))).toMatchObject({
      fields: { muted_kinds: [] },
    });
    expect(readArticleForm(formOf({ ...article, muted_by: "owner", muted_kinds: "rise" }))).toMatchObject({
      fields: { muted_kinds: null },
    });
  });

  test("every field that is not right is named", () => {
    expect(readArticleForm(formOf({ url: "nowhere", drop_threshold: "0", country: "xx" }))).toEqual({
      ok: false,
      problems: {
        user_id: "missing_value",
        url: "invalid_url",
        title: "missing_value",
        keyword: "missing_value",
        drop_threshold: "invalid_number",
        country: "invalid_country",
      },
    });
  });

  const user = {
    user_id: "u",
    email: "a@example.com",
    locale: "ja",
    timezone: "Asia/Tokyo",
    notification_time: "09:00:00",
  };

  test("empty settings are none, never zero", () => {
    expect(readSettingsForm(formOf({ ...user, email: "", notification_cooldown_days: "" }))).toMatchObject({
      ok: true,
      settings: { email: null, notification_cooldown_days: null, drop_threshold: null, email_enabled: false },
    });
    expect(readSettingsForm(formOf({ ...user, notification_cooldown_days: "0" }))).toMatchObject({
      settings: { notification_cooldown_days: 0 },
    });
  });

  test("a zone that does not exist is refused by its field", () => {
    expect(readSettingsForm(formOf({ ...user, timezone: "JST+9" }))).toEqual({
      ok: false,
      problems: { timezone: "invalid" },
    });
  });
});

describe("lists and sheets", () => {
  test("an address names a filter and a filter its address", () => {
    const filter = { state: "failed", user: null, query: "tent" } as const;
    expect(paramsOf(articleFilterOf({ state: "failed", q: "tent", user: "" }))).toEqual(paramsOf(filter));
    expect(articleFilterOf({ state: "no such state" }).state).toBe("all");
  });

  test("a paused article counts as paused, however its last reading went", () => {
    const counts = countsOf([
      { state: "paused", articles: 2 },
      { state: "ok", articles: 5 },
      { state: "failed", articles: 1 },
      { state: "unread", articles: 1 },
    ]);
    expect(counts).toEqual({ all: 9, monitored: 7, paused: 2, failed: 1, not_ranked: 0 });
  });

  test("a long sheet is cut into parts that a request can carry, in order and whole", () => {
    const places = Array.from({ length: 2_500 }, (_, place) => place);
    const light = partsOf(places, (part) => part.join());
    expect(light.map((part) => part.places.length)).toEqual([1_000, 1_000, 500]);
    const heavy = partsOf(places, (part) => "x".repeat(part.length * 2_000));
    expect(heavy.every(({ text }) => text.length <= 800_000)).toBe(true);
    expect(heavy.flatMap((part) => part.places)).toEqual(places);
  });

  test("a failure without words of its own says at least whether it passes", () => {
    expect(readingFailureKey({ code: "quota_exceeded", permanent: false })).toBe("quota_exceeded");
    expect(readingFailureKey({ code: "timeout", permanent: false })).toBe("unreachable");
    expect(readingFailureKey({ code: "never heard of", permanent: true })).toBe("permanent");
    expect(readingFailureKey({ code: "constructor", permanent: false })).toBe("passing");
  });
});

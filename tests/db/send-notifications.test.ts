import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AnyJob } from "@/lib/engine/define-job";
import { type Providers, startProviders } from "../support/providers";
import {
  addArticle,
  addSettings,
  addWaitingUsers,
  forgetWatch,
  letTimePass,
  runNow,
  type SettingsSeed,
} from "../support/watch";
import { openWorld, type World } from "../support/world";

/** 10:00 JST: past the default notification time. */
const NOW = "2026-11-22T01:00:00Z";

let world: World;
let providers: Providers;
let sendNotifications: AnyJob;

beforeAll(async () => {
  [world, providers] = await Promise.all([openWorld(NOW), startProviders()]);
  process.env.RESEND_REQUESTS_PER_SECOND = "100";
  ({ sendNotifications } = await import("@/lib/jobs/send-notifications"));
});
afterAll(() => Promise.all([world.close(), providers.close()]));
beforeEach(async () => {
  world.setNow(NOW);
  await Promise.all([forgetWatch(world.sql), providers.reset()]);
});

const send = () => runNow(world, sendNotifications);

/** A user and a notification of each of their articles, waiting since `createdAt`. */
async function addWaiting(user: SettingsSeed, articles = ["a"], createdAt = "2026-11-22T00:00:30Z") {
  await addSettings(world.sql, user);
  for (const id of articles) {
    await addArticle(world.sql, { id, user_id: user.user_id });
    await notify(id, user.user_id, createdAt);
  }
}

const notify = (articleId: string, userId: string, createdAt: string) =>
  world.sql(
    `insert into notifications (article_id, user_id, kind, checked_on, created_at, notification_data)
     values ($1, $2, 'drop', $3::timestamptz::date, $3, $4)`,
    [
      articleId,
      userId,
      createdAt,
      JSON.stringify({
        articleId,
        title: `Title ${articleId}`,
        url: `https://example.com/${articleId}`,
        keyword: `keyword ${articleId}`,
        source: "serper",
        kind: "drop",
        changes: ["drop"],
        previous: { position: 3, on: "2026-11-21" },
        current: { position: 9, on: "2026-11-22" },
        observedAt: createdAt,
      }),
    ],
  );

const deliveries = () =>
  world.sql(
    "select user_id, channel, status, error ->> 'code' as code from deliveries where digest_id is not null order by user_id, channel",
  );
const unsent = async () =>
  Number(
    ((await world.sql("SELECT COUNT(*) FROM notifications WHERE sent_at IS NULL;")) as [{ count: string }])[0]
      .count,
  );
const slackTo = async () => (await providers.slackMessages()).map(({ channel }) => channel);

describe("send-notifications (seed 003, ステップ2)", () => {
  test("sent_at IS NULLの通知レコードを取得し送信, sent_atを更新: and the article's last_notification_sent_at with it", async () => {
    await addWaiting({ user_id: "u1" });
    expect(await send()).toMatchObject({
      status: "succeeded",
      result: { outcome: "sent", counts: { emails_sent: 1 } },
    });
    expect(await unsent()).toBe(0);
    expect(
      await world.sql("SELECT article_id, sent_at FROM notifications WHERE sent_at IS NOT NULL"),
    ).toEqual([{ article_id: "a", sent_at: new Date(NOW) }]);
    expect(
      await world.sql(
        "SELECT id AS article_id, last_notification_sent_at FROM articles WHERE last_notification_sent_at IS NOT NULL ORDER BY last_notification_sent_at DESC",
      ),
    ).toEqual([{ article_id: "a", last_notification_sent_at: new Date(NOW) }]);
  });

  test("ユーザーごとにまとめる: a user's articles come in one e-mail", async () => {
    await addWaiting({ user_id: "u1" }, ["a", "b", "c"]);
    await addWaiting({ user_id: "u2" }, ["d"]);
    await send();
    const emails = await providers.emails({ full: true });
    expect(emails.map(({ to }) => to).sort()).toEqual([["u1@example.com"], ["u2@example.com"]]);
    const own = emails.find(({ to }) => to.includes("u1@example.com"));
    for (const id of ["a", "b", "c"]) expect(own?.text).toContain(`https://example.com/${id}`);
    expect(own?.text).not.toContain("https://example.com/d");
  });

  test("通知時刻をチェック: nobody is written to before their own clock shows their time", async () => {
    await addWaiting({ user_id: "u1", timezone: "America/Los_Angeles", notification_time: "18:00" });
    await send();
    expect(await providers.emails()).toEqual([]);
    world.setNow("2026-11-22T02:00:00Z");
    await send();
    expect(await providers.emails()).toHaveLength(1);
  });

  test("既に送信済み: 再度送信されることはない", async () => {
    await addWaiting({ user_id: "u1" });
    await send();
    world.setNow("2026-11-23T01:00:00Z");
    expect(await send()).toMatchObject({ result: { outcome: "nothing_due" } });
    expect(await providers.emails()).toHaveLength(1);
  });

  test("once per user and local date: what comes later that day waits for the next", async () => {
    await addWaiting({ user_id: "u1" });
    await send();
    await addArticle(world.sql, { id: "b" });
    await notify("b", "u1", "2026-11-22T02:00:00Z");
    world.setNow("2026-11-22T08:00:00Z");
    await send();
    expect(await providers.emails()).toHaveLength(1);
    world.setNow("2026-11-23T00:00:00Z");
    await send();
    expect(await providers.emails()).toHaveLength(2);
  });

  test("メール/Slackに送信: both channels get the same digest", async () => {
    await addWaiting({ user_id: "u1", slack_channel: "C0000001" });
    await send();
    expect(await providers.emails()).toHaveLength(1);
    expect(await slackTo()).toEqual(["C0000001"]);
    expect(await deliveries()).toMatchObject([
      { channel: "email", status: "sent" },
      { channel: "slack", status: "sent" },
    ]);
  });

  test("a user without any channel is not told; their notification waits", async () => {
    await addWaiting({ user_id: "u1", email: null });
    expect(await send()).toMatchObject({ result: { outcome: "nothing_due" } });
    expect(await unsent()).toBe(1);
  });

  test("a zone nobody knows stops that user alone, and the run says so", async () => {
    await addWaiting({ user_id: "u1", timezone: "Mars/Olympus" });
    await addWaiting({ user_id: "u2" }, ["b"]);
    expect(await send()).toMatchObject({
      result: { outcome: "sent_with_failures", counts: { invalid_timezone: 1, emails_sent: 1 } },
    });
  });

  test("notification data that another program wrote in another shape stops that user alone", async () => {
    await addWaiting({ user_id: "u1" });
    await world.sql("update notifications set notification_data = '{}'");
    await addWaiting({ user_id: "u2" }, ["b"]);
    expect(await send()).toMatchObject({ status: "failed", failure: { code: "digests_not_rendered" } });
    expect((await providers.emails()).map(({ to }) => to)).toEqual([["u2@example.com"]]);
    expect(await unsent()).toBe(1);
  });

  test("what has waited longer than 14 days is not sent any more, and says why", async () => {
    await addWaiting({ user_id: "u1" }, ["a"], "2026-11-07T00:00:00Z");
    await send();
    expect(await providers.emails()).toEqual([]);
    expect(await world.sql("select article_id, reason from suppressed_notifications")).toEqual([
      { article_id: "a", reason: "expired" },
    ]);
  });
});

describe("an e-mail", () => {
  test("carries one-click unsubscribe (RFC 8058) and a text part", async () => {
    await addWaiting({ user_id: "u1" });
    await send();
    const [email] = await providers.emails({ full: true });
    expect(email?.headers).toMatchObject({
      "List-Unsubscribe": expect.stringMatching(
        /^<https:\/\/app\.banzuke\.test\/api\/v1\/notifications\/unsubscribe\?token=.+>$/,
      ),
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
    expect(email?.text).toContain("Title a");
    expect(email?.html).toContain("https://app.banzuke.test/preferences?token=");
  });

  test("is rendered once: what is sent is what was frozen", async () => {
    await addWaiting({ user_id: "u1" });
    await providers.resendError({ status: 500, name: "internal_server_error", times: 50 });
    // The run gives up waiting for longer backoffs, and leaves the frozen digest behind.
    const [sender] = await Promise.all([send(), changeTitleOnceFrozen()]);
    expect(sender.status).toBe("failed");
    await providers.reset();
    await letTimePass(world.sql);
    await send();
    const [email] = await providers.emails({ full: true });
    expect(email?.text).toContain("Title a");
    expect(email?.text).not.toContain("Another title");
  }, 90_000);
});

/** Changes the article's title as soon as the digest has been frozen. */
async function changeTitleOnceFrozen(): Promise<void> {
  for (;;) {
    const frozen = await world.sql("select 1 from digests where frozen_at is not null");
    if (frozen.length > 0) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await world.sql(
    'update notifications set notification_data = notification_data || \'{"title": "Another title"}\'',
  );
  await world.sql(
    "update deliveries set next_attempt_at = next_attempt_at + interval '1 hour' where status = 'pending'",
  );
  await world.sql("update email_batches set next_attempt_at = next_attempt_at + interval '1 hour'");
}

test("250 users go out in batches of 100, each under a key of its own", async () => {
  await addWaitingUsers(world.sql, 250);
  await send();
  const requests = await providers.resendRequests();
  expect(requests.map(({ emails }) => emails).sort((a, b) => b - a)).toEqual([100, 100, 50]);
  expect(
    new Set(requests.map((request) => (request as { idempotencyKey?: string }).idempotencyKey)).size,
  ).toBe(3);
});

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Providers, startProviders } from "../support/providers";
import { addSettings, forgetWatch, runNow } from "../support/watch";
import { addLiveWorks, addTheme, openWorld, type World } from "../support/world";

let world: World;
let providers: Providers;
let close: (input?: object) => Promise<unknown>;
let deliver: () => Promise<unknown>;

beforeAll(async () => {
  [world, providers] = await Promise.all([openWorld("2036-11-22T13:00:30Z"), startProviders()]);
  process.env.RESEND_REQUESTS_PER_SECOND = "100";
  const { deliverEvents } = await import("@/lib/events/outbox");
  const { finalizeRanking } = await import("@/lib/jobs/finalize-ranking");
  deliver = () => deliverEvents(world.ctx, new AbortController().signal);
  close = (input = {}) => runNow(world, finalizeRanking, input);
});
afterAll(() => Promise.all([world.close(), providers.close()]));
beforeEach(async () => {
  world.setNow("2036-11-22T13:00:30Z");
  await forgetWatch(world.sql);
  await world.sql("truncate themes, rankings, events, push_tokens cascade");
  await Promise.all([world.redis.flushall(), providers.reset()]);
  await addTheme(world, { id: "t1", title: "夜の映画", date: "2036-11-22" });
  await addLiveWorks(world.redis, "t1", {
    a: { live: 2, metrics: { likes: 2, impressions: 2, unique_viewers: 1 } },
    b: { live: 1, metrics: { likes: 1, impressions: 2, unique_viewers: 1 } },
  });
  await world.sql(
    "insert into works (id, theme_id, title, author_id) values ('a', 't1', 'First', 'u1'), ('b', 't1', 'Second', 'u2')",
  );
});

const written = async () => (await providers.emails()).map(({ to, subject }) => ({ to: to[0], subject }));

test("an author without a phone is mailed the result with their rank, in their language", async () => {
  await addSettings(world.sql, { user_id: "u1", locale: "ja" });
  await addSettings(world.sql, { user_id: "u2", locale: "en" });
  await close();
  await deliver();
  expect((await written()).sort((a, b) => (a.to ?? "").localeCompare(b.to ?? ""))).toEqual([
    { to: "u1@example.com", subject: "「夜の映画」の結果が確定：1位" },
    { to: "u2@example.com", subject: "Results of “夜の映画” are in: you are no. 2" },
  ]);
  const [email] = await providers.emails({ full: true });
  expect(email?.text).toContain("https://app.banzuke.test/rankings/t1");
  expect(email?.headers).toMatchObject({ "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" });
});

test("an author whose phone is pushed to is not mailed as well; one whose phone is gone is", async () => {
  await addSettings(world.sql, { user_id: "u1" });
  await addSettings(world.sql, { user_id: "u2" });
  await world.sql(
    "insert into push_tokens (token, user_id, disabled_at) values ('ExponentPushToken[1]', 'u1', null), ('ExponentPushToken[2]', 'u2', now())",
  );
  await close();
  await deliver();
  expect((await written()).map(({ to }) => to)).toEqual(["u2@example.com"]);
});

test("nobody is mailed twice: not by a second delivery of the event, nor by a corrected version", async () => {
  await addSettings(world.sql, { user_id: "u1" });
  await close();
  await deliver();
  await world.sql(
    "update event_deliveries set status = 'pending', next_attempt_at = now() where sink = 'result-mail'",
  );
  await deliver();
  await world.redis.hset("metrics:b", { likes: 2 });
  await close({ theme_id: "t1", force: true });
  await deliver();
  expect(await written()).toHaveLength(1);
});

test("somebody who unsubscribed is left alone, and an author without settings costs nobody their mail", async () => {
  await addSettings(world.sql, { user_id: "u2" });
  await addSettings(world.sql, { user_id: "u3" });
  await world.sql(
    "update user_alert_settings set email_disabled_at = now(), email_disabled_reason = 'unsubscribed' where user_id = 'u2'",
  );
  await close();
  await deliver();
  expect(await written()).toEqual([]);
});

test("while Resend is away the mails wait for send-notifications, and the event is not held up", async () => {
  await addSettings(world.sql, { user_id: "u1" });
  await providers.resendError({ status: 403, name: "invalid_api_key", times: 1 });
  await close();
  await deliver();
  expect(await written()).toEqual([]);
  expect(await world.sql("select status from event_deliveries where sink = 'result-mail'")).toEqual([
    { status: "delivered" },
  ]);
  const { sendNotifications } = await import("@/lib/jobs/send-notifications");
  // The mail was written by the database's clock; by this test's it would be ten years old.
  world.setNow(new Date().toISOString());
  await runNow(world, sendNotifications);
  expect(await written()).toHaveLength(1);
});

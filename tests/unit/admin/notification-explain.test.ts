import { describe, expect, test } from "vitest";
import { explainNotification } from "@/lib/admin/notification-explain";
import type { DeliveryRow, NotificationRow } from "@/lib/admin/notification-row";
import { delivery, settings, waiting } from "./notification-row-sample";

/** 08:20 in Tokyo. */
const NOW = new Date("2026-11-21T23:20:00.000Z");
const explain = (row: NotificationRow, now = NOW) => explainNotification(row, now, ["email", "slack"]);
const endsOf = (...deliveries: Partial<DeliveryRow>[]) => {
  const row = waiting({ local_date: "2026-11-22", deliveries: deliveries.map(delivery) });
  const explanation = explain(row);
  return explanation.code === "deliveries" ? explanation.ends : [];
};

describe("a notification that waits", () => {
  test("waits for its user's time and goes with the run at that hour", () => {
    expect(explain(waiting())).toEqual({
      code: "waits",
      time: "09:00",
      timezone: "Asia/Tokyo",
      dueAt: "2026-11-22T00:00:00.000Z",
      runAt: "2026-11-22T00:00:00.000Z",
      after: null,
    });
  });

  test("goes with the first full hour after a time between two runs", () => {
    const row = waiting({ settings: settings({ timezone: "Asia/Kathmandu", notification_time: "09:10" }) });
    expect(explain(row)).toMatchObject({
      dueAt: "2026-11-22T03:25:00.000Z",
      runAt: "2026-11-22T04:00:00.000Z",
    });
  });

  test("is due once the time has come, and goes with the next run", () => {
    expect(explain(waiting(), new Date("2026-11-22T00:00:01.000Z"))).toEqual({
      code: "due",
      time: "09:00",
      timezone: "Asia/Tokyo",
      runAt: "2026-11-22T01:00:00.000Z",
    });
  });

  test("is due for the run of the very second", () => {
    const now = new Date("2026-11-22T00:00:00.000Z");
    expect(explain(waiting(), now)).toMatchObject({ code: "due", runAt: now.toISOString() });
  });

  test("waits for tomorrow where today's digest has gone, and says so", () => {
    const row = waiting({ settings: settings({ digested: ["2026-11-22", "2026-11-21"] }) });
    expect(explain(row, new Date("2026-11-22T03:00:00.000Z"))).toMatchObject({
      code: "waits",
      dueAt: "2026-11-23T00:00:00.000Z",
      after: "2026-11-22",
    });
  });

  test("is being written when its digest is open and not frozen", () => {
    expect(explain(waiting({ local_date: "2026-11-22" }))).toEqual({ code: "composing" });
  });

  test("cannot go to a user without settings", () => {
    expect(explain(waiting({ settings: null }))).toEqual({ code: "no_settings" });
  });

  test("cannot know the morning of an unknown zone", () => {
    const row = waiting({ settings: settings({ timezone: "Mars/Olympus" }) });
    expect(explain(row)).toEqual({ code: "unknown_zone", timezone: "Mars/Olympus" });
  });
});

describe("a notification without a channel", () => {
  const slackOnly = { slack_channel: null };
  const closedOf = (
    changes: Parameters<typeof settings>[0],
    configured: ("email" | "slack")[] = ["email"],
  ) => {
    const explanation = explainNotification(waiting({ settings: settings(changes) }), NOW, configured);
    return explanation.code === "no_channel" ? explanation.closed[0] : explanation.code;
  };

  test("says which addresses are missing", () => {
    const row = waiting({ settings: settings({ email: "", slack_channel: null }) });
    expect(explain(row)).toEqual({
      code: "no_channel",
      closed: [
        { channel: "email", why: "no_address", since: null },
        { channel: "slack", why: "no_address", since: null },
      ],
    });
  });

  test("says that the user turned it off", () => {
    expect(closedOf({ ...slackOnly, email_enabled: false })).toMatchObject({ why: "turned_off" });
  });

  test.each(["bounced", "complained", "unsubscribed"] as const)(
    "says that the address %s, and since when",
    (why) => {
      const since = "2026-11-20T00:00:00.000Z";
      const changes = { ...slackOnly, email_disabled_at: since, email_disabled_reason: why };
      expect(closedOf(changes)).toEqual({ channel: "email", why, since });
    },
  );

  test("says that this installation has no credentials for it", () => {
    expect(closedOf(slackOnly, [])).toMatchObject({ why: "not_configured" });
  });

  test("does not stop a user whom another channel reaches", () => {
    expect(closedOf({ email: null }, ["slack"])).toBe("waits");
  });
});

describe("a notification in a frozen digest", () => {
  test("was sent by e-mail and Slack, each with its time and the provider's report", () => {
    const at = "2026-11-22T00:00:05.000Z";
    const report = { provider_status: "delivered", provider_status_at: "2026-11-22T00:00:09.000Z" } as const;
    expect(
      endsOf({ status: "sent", sent_at: at, ...report }, { channel: "slack", status: "sent", sent_at: at }),
    ).toEqual([
      { code: "sent", channel: "email", at, report: "delivered", reportAt: report.provider_status_at },
      { code: "sent", channel: "slack", at, report: null, reportAt: null },
    ]);
  });

  test("was sent in part: each channel has its own end", () => {
    const error = { code: "is_archived", message: "Slack answered is_archived" };
    expect(
      endsOf(
        { status: "sent", sent_at: "2026-11-22T00:00:05.000Z" },
        { channel: "slack", status: "failed", error },
      ),
    ).toMatchObject([{ code: "sent" }, { code: "failed", channel: "slack", error }]);
  });

  test("goes with the next run before its first attempt", () => {
    const due = "2026-11-21T23:19:00.000Z";
    expect(endsOf({ next_attempt_at: due })).toEqual([
      { code: "next_run", channel: "email", runAt: "2026-11-22T00:00:00.000Z" },
    ]);
  });

  test("is tried again from its next attempt on, at the latest with the run after it, for a reason", () => {
    const error = { code: "internal_server_error", message: "500" };
    expect(endsOf({ error, next_attempt_at: "2026-11-22T00:10:00.000Z", attempts: 2 })).toEqual([
      {
        code: "again",
        channel: "email",
        at: "2026-11-22T00:10:00.000Z",
        runAt: "2026-11-22T01:00:00.000Z",
        error,
      },
    ]);
  });

  test("may be tried again at once when its next attempt is past", () => {
    const error = { code: "token_revoked", message: "refused" };
    expect(endsOf({ channel: "slack", error, next_attempt_at: "2026-11-21T20:00:00.000Z" })).toEqual([
      { code: "again", channel: "slack", at: null, runAt: "2026-11-22T00:00:00.000Z", error },
    ]);
  });

  test("is being sent, unless its batch was put off", () => {
    expect(endsOf({ status: "sending" })).toEqual([{ code: "sending", channel: "email" }]);
    const error = { code: "rate_limit_exceeded", message: "429" };
    expect(endsOf({ status: "sending", error })).toMatchObject([{ code: "again", error }]);
  });

  test.each(["failed", "uncertain"] as const)("is %s with its reason, known or not", (status) => {
    const error = { code: "anything", message: "new" };
    expect(endsOf({ status, error })).toEqual([{ code: status, channel: "email", error }]);
    expect(endsOf({ status, error: null })).toEqual([{ code: status, channel: "email", error: null }]);
  });
});

describe("a notification that is settled otherwise", () => {
  test("was marked as sent by hand: nothing is known of how", () => {
    const at = "2026-11-20T00:00:00.000Z";
    expect(explain(waiting({ state: "sent", sent_at: at }))).toEqual({ code: "sent_unknown", at });
  });

  test("was not told within the cooldown, with its end", () => {
    const until = "2026-11-25T00:00:00.000Z";
    const row = waiting({ state: "suppressed", suppressed_reason: "cooldown", suppressed_until: until });
    expect(explain(row)).toEqual({ code: "suppressed_cooldown", until });
  });

  test.each(["muted", "expired"] as const)("was not told because it was %s", (reason) => {
    const row = waiting({ state: "suppressed", suppressed_reason: reason });
    expect(explain(row)).toEqual({ code: `suppressed_${reason}` });
  });
});

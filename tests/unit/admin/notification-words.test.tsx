import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Why } from "@/components/admin/notifications/why";
import { NowProvider } from "@/components/time/now-provider";
import type { DeliveryEnd, Explanation } from "@/lib/admin/notification-explain";
import { REASON_CODES, reasonKey } from "@/lib/admin/notification-reasons";
import { en } from "@/lib/i18n/messages/en";
import { ja } from "@/lib/i18n/messages/ja";

const AT = "2026-11-22T00:00:00.000Z";
const email = { channel: "email" } as const;
const error = { code: "is_archived", message: "Slack answered is_archived" };
const deliveries = (...ends: DeliveryEnd[]): Explanation => ({ code: "deliveries", ends });
const zoned = { time: "09:00", timezone: "Asia/Tokyo", runAt: AT };
const sent = { code: "sent", ...email, at: AT, reportAt: AT } as const;

const CASES: Explanation[] = [
  { code: "suppressed_cooldown", until: AT },
  { code: "suppressed_cooldown", until: null },
  { code: "suppressed_muted" },
  { code: "suppressed_expired" },
  { code: "no_settings" },
  { code: "composing" },
  { code: "unknown_zone", timezone: "Mars/Olympus" },
  {
    code: "no_channel",
    closed: (
      ["no_address", "turned_off", "bounced", "complained", "unsubscribed", "not_configured"] as const
    ).map((why) => ({ ...email, why, since: AT })),
  },
  { code: "due", ...zoned },
  { code: "waits", ...zoned, dueAt: AT, after: null },
  { code: "waits", ...zoned, dueAt: AT, after: "2026-11-21" },
  { code: "sent_unknown", at: AT },
  ...([null, "delivered", "delayed", "bounced", "complained"] as const).map((report) =>
    deliveries({ ...sent, report }),
  ),
  deliveries({ code: "sending", ...email }),
  deliveries({ code: "next_run", ...email, runAt: AT }),
  deliveries({ code: "again", ...email, at: AT, runAt: AT, error }),
  deliveries({ code: "again", ...email, at: null, runAt: AT, error }),
  deliveries({ code: "failed", ...email, error: null }),
  deliveries({ code: "uncertain", ...email, error: null }),
  deliveries({ ...sent, report: null }, { code: "failed", channel: "slack", error }),
  ...Object.values(REASON_CODES).flatMap((codes) =>
    codes.map((code) => deliveries({ code: "failed", ...email, error: { code, message: code } })),
  ),
];

for (const [locale, messages] of [
  ["en", en],
  ["ja", ja as unknown as typeof en],
] as const) {
  const say = (explanation: Explanation) =>
    renderToStaticMarkup(
      <NextIntlClientProvider
        locale={locale}
        messages={messages}
        timeZone="Asia/Tokyo"
        now={new Date(AT)}
        onError={(problem) => {
          throw problem;
        }}
      >
        <NowProvider initial={Date.parse(AT)}>
          <Why explanation={explanation} />
        </NowProvider>
      </NextIntlClientProvider>,
    ).replace(/<[^>]*>/g, "");

  test.each(CASES)(`every explanation has a sentence in ${locale}: %j`, (explanation) => {
    const words = say(explanation);
    expect(words.trim()).toMatch(locale === "en" ? /[.]$/ : /。$/);
    expect(words).not.toMatch(/[{}]|undefined|null|notifications\./);
  });

  test(`every instant in a sentence carries its zone in ${locale}`, () => {
    for (const explanation of CASES.filter((one) => JSON.stringify(one).includes('runAt"'))) {
      expect(say(explanation)).toContain("2026-11-22 09:00 JST");
    }
  });

  test(`an unknown code is shown as it is in ${locale}`, () => {
    const failed = { code: "brand_new", message: "never seen" };
    expect(say(deliveries({ code: "failed", ...email, error: failed }))).toContain("brand_new, never seen");
  });
}

test("no code means two things", () => {
  const codes = Object.values(REASON_CODES).flat();
  expect(new Set(codes).size).toBe(codes.length);
  for (const [key, list] of Object.entries(REASON_CODES))
    for (const code of list) expect(reasonKey(code)).toBe(key);
});

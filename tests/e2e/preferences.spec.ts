import { SignJWT } from "jose";
import pg from "pg";
import { preferences as words } from "@/lib/i18n/messages/en/preferences";
import { preferences as wordsJa } from "@/lib/i18n/messages/ja/preferences";
import type { StackFile } from "@/scripts/local/stack-env";
import { expect, test } from "../support/browser-test";

const USER = "reader-of-digests";

test.beforeEach(({ stack }) =>
  sql(
    stack,
    `insert into user_alert_settings (user_id, email, slack_channel, locale) values ('${USER}', 'reader@example.com', '#seo', 'en')
     on conflict (user_id) do update set locale = 'en', timezone = 'Asia/Tokyo', notification_time = '09:00',
       drop_threshold = null, muted_kinds = '{}', email_enabled = true, email_disabled_at = null, email_disabled_reason = null`,
  ),
);

test("a user's own page saves what they choose, and says when the next digest would arrive", async ({
  page,
  stack,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(await addressOf(stack, USER));
  await expect(page.getByTestId("next-digest")).toContainText("r•••@example.com");
  await expect(page.locator("body")).not.toContainText("reader@example.com");

  await page.getByRole("combobox", { name: words.timezone }).fill("kathm");
  await page.getByRole("option", { name: /Asia\/Kathmandu/ }).click();
  await page.getByLabel(words.time).fill("18:15");
  await page.getByLabel(words.drop).fill("5");
  await page.getByLabel(words.kindNames.rise).uncheck();
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.getByText(words.done.saved)).toBeVisible();
  await expect(page.getByTestId("next-digest")).toContainText("UTC+5:45 (Asia/Kathmandu)");

  expect(await stored(stack)).toMatchObject({
    timezone: "Asia/Kathmandu",
    notification_time: "18:15:00",
    drop_threshold: 5,
    muted_kinds: ["rise"],
    email_enabled: true,
    slack_enabled: true,
  });
});

test("a field that is not valid is told beside it, and nothing is saved or lost", async ({ page, stack }) => {
  await page.goto(await addressOf(stack, USER));
  await page.getByRole("combobox", { name: words.timezone }).fill("Atlantis");
  await page.getByLabel(words.drop).fill("0");
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.getByText(words.errors.timezone)).toBeVisible();
  await expect(page.getByText(words.errors.drop_threshold)).toBeVisible();
  await expect(page.getByRole("combobox", { name: words.timezone })).toHaveValue("Atlantis");
  expect(await stored(stack)).toMatchObject({ timezone: "Asia/Tokyo", drop_threshold: null });
});

test("the unsubscribe link of a mail changes nothing before its button is pressed; e-mail can come back", async ({
  page,
  stack,
}) => {
  const query = new URL(await addressOf(stack, USER)).search;
  await page.goto(`/api/v1/notifications/unsubscribe${query}`);
  await expect(page).toHaveURL(/\/preferences\?token=/);
  expect(await stored(stack)).toMatchObject({ email_disabled_reason: null });

  await page.getByTestId("unsubscribe").click();
  await expect(page.getByText(words.done.unsubscribed)).toBeVisible();
  expect(await stored(stack)).toMatchObject({ email_disabled_reason: "unsubscribed" });
  await page.reload();
  await page.getByTestId("subscribe").click();
  await expect(page.getByText(words.done.subscribed)).toBeVisible();
  expect(await stored(stack)).toMatchObject({ email_enabled: true, email_disabled_reason: null });
});

test("the page speaks the user's language and can be switched", async ({ page, stack }) => {
  await sql(stack, `update user_alert_settings set locale = 'ja' where user_id = '${USER}'`);
  await page.goto(await addressOf(stack, USER));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(wordsJa.title);
  await page.getByRole("link", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.title);
  expect(await stored(stack)).toMatchObject({ locale: "ja" });
});

test("a link that was altered, or is missing, says what to do and shows nothing of anybody", async ({
  page,
  stack,
}) => {
  const address = await addressOf(stack, USER);
  for (const path of [`${address}x`, "/preferences", `${stack.app}/preferences?token=nonsense`]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.expired);
    await expect(page.getByText(words.expiredTodo)).toBeVisible();
    await expect(page.locator("form")).toHaveCount(0);
  }
});

test("the address is kept from search engines and other sites", async ({ page, stack }) => {
  await page.goto(await addressOf(stack, USER));
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
  await expect(page.locator('meta[name="referrer"]')).toHaveAttribute("content", "no-referrer");
});

async function addressOf(stack: StackFile, userId: string): Promise<string> {
  const token = await new SignJWT()
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(userId)
    .setAudience("notification-preferences")
    .setIssuedAt()
    .setExpirationTime("1 day")
    .sign(new TextEncoder().encode(stack.notifyLinkSecret));
  return `${stack.app}/preferences?token=${token}`;
}

async function stored(stack: StackFile): Promise<Record<string, unknown> | undefined> {
  return (await sql(stack, `select * from user_alert_settings where user_id = '${USER}'`))[0];
}

async function sql(stack: StackFile, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: stack.postgresUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

import pg from "pg";
import { notifications as words } from "@/lib/i18n/messages/en/notifications";
import { controlsOf } from "@/scripts/local/emulators/controls";
import type { StackFile } from "@/scripts/local/stack-env";
import { expect, test } from "../support/browser-test";

const OWNER = "owner-of-notifications";
const LIST = `/admin/notifications?user=${OWNER}`;

/** One notification that waits, one sent, one that failed and one that is uncertain, each with its own digest. */
test.beforeEach(({ stack }) =>
  sql(
    stack,
    `
    delete from articles where user_id = '${OWNER}';
    delete from digests where user_id = '${OWNER}';
    delete from user_alert_settings where user_id = '${OWNER}';
    insert into user_alert_settings (user_id, email, locale, timezone, notification_time)
      values ('${OWNER}', 'owner@example.com', 'en', 'Asia/Tokyo', '09:00');
    with cases (name, status, error, sent, day) as (values
      ('Sent', 'sent', null::jsonb, now(), 1),
      ('Failed', 'failed', '{"code":"invalid_email","message":"Invalid to field","permanent":true}', null, 2),
      ('Uncertain', 'uncertain', '{"code":"answer_unknown","message":"no answer","permanent":true}', null, 3),
      ('Waiting', null, null, null, 4)
    ), article as (
      insert into articles (user_id, url, title, keyword)
      select '${OWNER}', 'https://example.com/' || name, name || ' article', 'keyword of ' || name from cases
      returning id, title
    ), digest as (
      insert into digests (user_id, local_date, due_at, facts, frozen_at)
      select '${OWNER}', date '2026-01-01' + day, now(), '{"articles":[]}', now() from cases where status is not null
      returning id, local_date
    ), notification as (
      insert into notifications (article_id, user_id, kind, notification_data, checked_on, sent_at, digest_id)
      select a.id, '${OWNER}', 'drop', jsonb_build_object('articleId', a.id, 'title', a.title,
        'keyword', 'keyword of ' || c.name, 'url', 'https://example.com/' || c.name, 'source', 'serper', 'kind', 'drop',
        'changes', '["drop"]'::jsonb, 'previous', jsonb_build_object('position', 3, 'on', '2025-12-31'),
        'current', jsonb_build_object('position', 12, 'on', '2026-01-01'), 'observedAt', '2026-01-01T00:07:31Z'),
        date '2026-01-01', c.sent, d.id
      from cases c join article a on a.title = c.name || ' article'
      left join digest d on d.local_date = date '2026-01-01' + c.day
    )
    insert into deliveries (digest_id, user_id, channel, local_date, recipient, status, error, sent_at, provider_id, content)
    select d.id, '${OWNER}', 'email', d.local_date, 'owner@example.com', c.status, c.error, c.sent,
      case when c.sent is not null then 'provider-id-1' end,
      jsonb_build_object('from', 'Banzuke <rank@banzuke.test>', 'subject', c.name || ' digest', 'headers', '{}'::jsonb,
        'html', '<html><head></head><body><p>Body of ' || c.name || '</p></body></html>', 'text', 'Text of ' || c.name)
    from cases c join digest d on d.local_date = date '2026-01-01' + c.day;
    `,
  ),
);

test("every notification says why it was or was not sent, and each state has a list of its own", async ({
  operator: page,
}) => {
  await page.goto(LIST);
  const line = (name: string) => page.getByRole("row").filter({ hasText: `${name} article` });
  await expect(line("Sent")).toContainText(/E-mail sent 20\d\d-\d\d-\d\d \d\d:\d\d JST/);
  await expect(line("Failed")).toContainText(words.reasons.invalid_address.what);
  await expect(line("Failed")).toContainText(words.reasons.invalid_address.todo);
  await expect(line("Uncertain")).toContainText(words.reasons.no_answer.what);
  await expect(line("Waiting")).toContainText(/09:00 in Asia\/Tokyo; goes with the run at 20.* JST/);

  const tabs = page.getByRole("navigation", { name: words.states.label });
  for (const [tab, name] of [
    ["waiting 1", "Waiting"],
    ["failed 1", "Failed"],
    ["uncertain 1", "Uncertain"],
  ] as const) {
    await tabs.getByRole("link", { name: tab }).click();
    await expect(page.getByRole("row").filter({ hasText: "article" }).nth(1)).toContainText(
      `${name} article`,
    );
    await expect(page.getByTestId(/^notification-/)).toHaveCount(1);
  }
});

test("the search takes a title, and % is a letter", async ({ operator: page }) => {
  await page.goto(LIST);
  const search = page.getByRole("searchbox");
  await search.fill("uncertain art");
  await search.press("Enter");
  await expect(page.getByTestId(/^notification-/)).toHaveCount(1);
  await search.fill("%");
  await search.press("Enter");
  await expect(page.getByText(words.empty.filtered)).toBeVisible();
});

test("a failed message goes again at once when asked, a sent one only after a question", async ({
  operator: page,
  stack,
}) => {
  await page.goto(`${LIST}&state=failed`);
  await page.getByTestId("resend").click();
  await expect.poll(() => statusOf(stack, "Failed")).toBe("pending");

  await page.goto(`${LIST}&state=sent`);
  await page.getByTestId("resend").click();
  await expect(page.getByRole("dialog")).toContainText("it will arrive a second time");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  expect(await statusOf(stack, "Sent")).toBe("sent");
  await page.getByTestId("resend").click();
  await page.getByTestId("confirm-resend").click();
  await expect.poll(() => statusOf(stack, "Sent")).toBe("pending");
});

test("resending all tells how many first, and the run that follows sends them", async ({
  operator: page,
  stack,
}) => {
  await page.goto(LIST);
  await page.getByTestId("resend-all").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Resend 2 messages?");
  await expect(dialog).toContainText("could arrive twice");
  await page.getByTestId("confirm-resend-all").click();
  await expect(page.getByTestId("resend-all-answer")).toContainText("2 messages are back in line.");
  expect(await statusOf(stack, "Uncertain")).toBe("pending");

  await page.getByTestId("run-send-notifications").click();
  await expect(page.getByTestId("run-answer")).toHaveAttribute("data-kind", "succeeded", { timeout: 40_000 });
  await expect.poll(() => statusOf(stack, "Failed")).toBe("sent");
  expect(await inbox(stack)).toContain("Failed digest");
});

test("a message shows what was sent, in a frame that runs no scripts", async ({ operator: page, stack }) => {
  const [delivery] = await sql(
    stack,
    `select id from deliveries where user_id = '${OWNER}' and status = 'sent'`,
  );
  await page.goto(`/admin/notifications/${delivery?.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sent digest");
  await expect(page.getByText("provider-id-1")).toBeVisible();
  await expect(page.locator("iframe")).toHaveAttribute("sandbox", "");
  await expect(page.frameLocator("iframe").getByText("Body of Sent")).toBeVisible();
  await page.getByRole("link", { name: words.message.parts.text }).click();
  await expect(page.getByText("Text of Sent")).toBeVisible();

  await sql(stack, `update deliveries set content = null where id = '${delivery?.id}'`);
  await page.reload();
  await expect(page.getByText(words.message.pruned, { exact: true })).toBeVisible();
  await expect(page.getByTestId("resend")).toHaveCount(0);
});

test("a test message arrives, and a channel that is archived is told in words", async ({
  operator: page,
  stack,
}) => {
  await page.goto("/admin/notifications/preview");
  const answer = page.getByTestId("test-answer");
  await page.getByLabel(words.test.address).fill("not an address");
  await page.getByTestId("send-test").click();
  await expect(answer).toHaveAttribute("data-kind", "recipient");

  const address = `test-${Date.now()}@example.com`;
  await page.getByLabel(words.test.address).fill(address);
  await page.getByTestId("send-test").click();
  await expect(answer).toHaveAttribute("data-kind", "sent", { timeout: 30_000 });
  expect(await inbox(stack)).toContain(address);

  await page.getByLabel(words.test.channel).first().selectOption("slack");
  await controlsOf(stack.providers).slackChannel("C0ARCHIVED", "is_archived");
  await page.getByLabel(words.test.slackChannel).fill("C0ARCHIVED");
  await page.getByTestId("send-test").click();
  await expect(answer).toHaveAttribute("data-kind", "failed", { timeout: 30_000 });
  await expect(answer).toContainText(words.reasons.channel_archived.what);
});

async function inbox(stack: StackFile): Promise<string> {
  return (await fetch(`${stack.providers.resend}/inbox`)).text();
}

async function statusOf(stack: StackFile, name: string): Promise<unknown> {
  const [row] = await sql(
    stack,
    `select status from deliveries where user_id = '${OWNER}' and content ->> 'subject' = '${name} digest'`,
  );
  return row?.status;
}

async function sql(stack: StackFile, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: stack.postgresUrl });
  await client.connect();
  try {
    const result = await client.query(text);
    return Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows;
  } finally {
    await client.end();
  }
}

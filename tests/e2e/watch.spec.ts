import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { watch as words } from "@/lib/i18n/messages/en/watch";
import { addDays, jstDate } from "@/lib/time";
import { expect, test } from "../support/browser-test";

const OWNER = "e2e-owner";
const URL_OF_IT = "https://e2e.example.com/articles/one";
const today = jstDate(new Date());

test("an operator adds an article, edits, pauses and deletes it", async ({ operator: page }) => {
  await page.goto("/admin/watch/new");
  await page.getByLabel(words.form.url).fill("e2e.example.com/articles/one");
  await page.getByTestId("save").click();
  await expect(page.getByText(words.form.problems.invalid_url)).toBeVisible();
  await expect(page.getByText(words.form.problems.missing_value)).toHaveCount(3);
  await expect(page.getByLabel(words.form.url)).toHaveValue("e2e.example.com/articles/one");

  await fillArticle(page, { url: URL_OF_IT, title: "The first one", keyword: "e2e first" });
  await page.getByTestId("save").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The first one");
  await expect(page.getByText(words.detail.added)).toBeVisible();
  const address = new URL(page.url()).pathname;

  await page.getByRole("link", { name: words.actions.edit, exact: true }).click();
  await page.getByLabel(words.thresholds.drop_threshold.label, { exact: true }).fill("5");
  await page.getByTestId("save").click();
  await expect(page.getByText("a drop of 5 or more")).toBeVisible();

  await page.goto("/admin/watch/new");
  await fillArticle(page, { url: URL_OF_IT, title: "The same again", keyword: "e2e first" });
  await page.getByTestId("save").click();
  await expect(page.getByText(words.form.problems.taken)).toBeVisible();

  await page.goto(address);
  await page.getByTestId("pause").click();
  await expect(page.getByTestId("pause")).toHaveText(words.actions.resume);
  await page.goto("/admin/watch?state=paused&q=e2e");
  const row = page.getByTestId(/^article-/);
  await expect(row).toHaveCount(1);
  await row.getByRole("switch").click();
  await expect(page.getByText(words.empty.noMatch)).toBeVisible();

  await page.goto(address);
  await page.getByTestId("delete").click();
  await expect(page.getByRole("dialog")).toContainText("The first one");
  await page.getByTestId("confirm-delete").click();
  await expect(page).toHaveURL(/\/admin\/watch\?deleted=1$/);
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.detail.notFound);
});

test("a sheet is looked at before it is imported, and comes out again as it went in", async ({
  operator: page,
}) => {
  await page.goto("/admin/watch/import");
  await paste(
    page,
    `user_id,url,title,keyword\n${OWNER},nowhere,A,e2e sheet\n${OWNER},https://e2e.example.com/b,B,`,
  );
  await expect(page.getByTestId("csv-problem")).toHaveCount(2);
  await expect(page.getByTestId("csv-problem").first()).toContainText("“nowhere” is no web address.");
  await expect(page.getByTestId("import")).toHaveCount(0);

  await page.getByRole("button", { name: words.importing.other }).click();
  await paste(
    page,
    `user_id,url,title,keyword,competitors\n${OWNER},https://e2e.example.com/a,"A, with comma",e2e sheet a,rival.example.net\n${OWNER},https://e2e.example.com/b,B,e2e sheet b,`,
  );
  await expect(page.getByTestId("import-look")).toContainText("2 new articles");
  await page.getByTestId("import").click();
  await expect(page.getByText("2 articles were added, none changed")).toBeVisible();

  await page.goto("/admin/watch/import?what=observations");
  await paste(
    page,
    `user_id,url,keyword,checked_on,position\n${OWNER},https://e2e.example.com/a,e2e sheet a,${addDays(today, -1)},4\n${OWNER},https://e2e.example.com/a,e2e sheet a,${today},7\n${OWNER},https://e2e.example.com/gone,e2e,${today},1`,
  );
  await expect(page.getByTestId("import-look")).toContainText("2 new readings");
  await expect(page.getByTestId("import-look")).toContainText("https://e2e.example.com/gone");
  await page.getByTestId("import").click();
  await expect(page.getByText("2 readings were stored")).toBeVisible();

  await page.goto(`/admin/watch?user=${OWNER}`);
  await expect(page.getByTestId(/^article-/)).toHaveCount(2);
  await expect(page.getByTestId(/^article-/).first()).toContainText("▼3");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export 2 articles as CSV" }).click();
  const sheet = await readFile(await (await download).path(), "utf8");
  expect(sheet.startsWith("\uFEFFid,user_id,url")).toBe(true);
  expect(sheet).toContain('"A, with comma"');
  expect(sheet.trim().split("\r\n")).toHaveLength(3);
});

test("an owner's zone decides when the next digest goes out", async ({ operator: page }) => {
  await page.goto("/admin/watch/new-user");
  await page.getByLabel(words.settings.userId).fill("e2e-zone");
  await page.getByLabel(words.settings.email, { exact: true }).fill("zone@example.com");
  await page.getByTestId("save").click();
  await expect(page.getByText(words.next.added)).toBeVisible();
  await expect(page.getByTestId("next-digest")).toContainText("(Asia/Tokyo)");

  const zone = page.getByRole("main").getByLabel(words.settings.timezone);
  await zone.fill("Mars/Olympus");
  await page.getByTestId("save").click();
  await expect(page.getByText(words.settings.problems.timezone)).toBeVisible();
  await zone.fill("Asia/Kathmandu");
  await page.getByTestId("save").click();
  await expect(page.getByText(words.settings.saved)).toBeVisible();
  await expect(page.getByTestId("next-digest")).toContainText("UTC+5:45 (Asia/Kathmandu)");
  await page.goto("/admin/watch/users?q=e2e-zone");
  await expect(page.getByTestId("user-e2e-zone")).toContainText("Asia/Kathmandu");
});

async function fillArticle(page: Page, article: { url: string; title: string; keyword: string }) {
  await page.getByLabel(words.form.url).fill(article.url);
  await page.getByLabel(words.form.title, { exact: true }).fill(article.title);
  await page.getByLabel(words.form.keyword, { exact: true }).fill(article.keyword);
  await page.getByLabel(words.form.user, { exact: true }).fill(OWNER);
}

async function paste(page: Page, sheet: string) {
  await page.getByLabel(words.importing.paste).fill(sheet);
  await page.getByTestId("look").click();
}

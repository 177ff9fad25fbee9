import { home, ranking } from "@/lib/i18n/messages/en/public";
import { home as homeJa } from "@/lib/i18n/messages/ja/public";
import { addDays, jstDate } from "@/lib/time";
import { demoThemeId } from "@/scripts/local/demo-data";
import { expect, finalizeTheme, readRanking, test } from "../support/browser-test";

const today = jstDate(new Date());
const closed = demoThemeId(addDays(today, -2));
const open = demoThemeId(addDays(today, 1));

test("the start page tells what this is and leads to a ranking", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("番付");
  await expect(page.getByText(home.lead)).toBeVisible();
  await page.getByTestId(`ranking-${demoThemeId(today)}`).click();
  await expect(page).toHaveURL(/\/rankings\/theme-/);
  await expect(page.getByRole("article")).toBeVisible();
});

test("a closed theme's sheet shows the ranking that stands, best first", async ({ page, stack }) => {
  await finalizeTheme(stack, closed);
  await page.goto(`/rankings/${closed}`);
  const sheet = page.getByRole("article");
  await expect(sheet.getByText(ranking.final, { exact: true })).toBeVisible();
  const { source, entries } = await readRanking(stack, closed);
  expect(source).toBe("snapshot");
  for (const { title } of entries) await expect(sheet).toContainText(title);
});

test("an open theme's sheet says that it is provisional", async ({ page, stack }) => {
  await page.goto(`/rankings/${open}`);
  const sheet = page.getByRole("article");
  await expect(sheet.getByText(ranking.provisional, { exact: true })).toBeVisible();
  const { source, entries } = await readRanking(stack, open);
  expect(source).toBe("live");
  for (const { title } of entries) await expect(sheet).toContainText(title);
});

test.describe("a theme that does not exist", () => {
  test.use({ expectedErrors: [/404/] });
  test("is a 404 page with a way home", async ({ page }) => {
    const answer = await page.goto("/rankings/nothing");
    expect(answer?.status()).toBe(404);
    await page.getByRole("main").getByRole("link").first().click();
    await expect(page).toHaveURL(/\/$/);
  });
});

test("the language switch changes the words and the page's language, and is remembered", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByLabel("Language").selectOption("ja");
  await expect(page.getByText(homeJa.lead)).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await page.reload();
  await expect(page.getByText(homeJa.lead)).toBeVisible();
  await page.goto("/sign-in");
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
});

test("times carry their zone, and the switch changes it", async ({ page }) => {
  await page.goto(`/rankings/${demoThemeId(addDays(today, 2))}`);
  const closes = page.getByRole("article").locator("time").first();
  await expect(closes).toContainText("22:00 JST");
  await page.getByLabel("Time zone").selectOption("UTC");
  await expect(closes).toContainText("13:00 UTC");
});

import type { Page } from "@playwright/test";
import { addDays, jstDate } from "@/lib/time";
import { demoThemeId } from "@/scripts/local/demo-data";
import { expect, finalizeTheme, test } from "../support/browser-test";

const today = jstDate(new Date());
const closed = demoThemeId(addDays(today, -1));
const open = demoThemeId(addDays(today, 3));
const pages = [
  "/",
  `/rankings/${closed}`,
  `/rankings/${open}`,
  "/admin",
  "/admin/runs",
  "/admin/runs?status=failed",
  "/admin/contest",
  `/admin/contest/${closed}`,
  `/admin/contest/${closed}?view=live`,
  `/admin/contest/${open}`,
  "/admin/watch",
  "/admin/watch?state=paused",
  "/admin/watch?q=nothing-like-it",
  "/admin/watch/new",
  "/admin/watch/import",
  "/admin/watch/import?what=observations",
  "/admin/watch/users",
  "/admin/watch/users/writer-mio",
  "/admin/watch/new-user",
  "/admin/watch/demo-coffee-beans",
  "/admin/watch/demo-coffee-beans?days=365",
  "/admin/watch/demo-coffee-beans/edit",
  "/admin/notifications",
  "/admin/notifications?state=suppressed",
  "/admin/notifications?q=nothing-like-it",
  "/admin/notifications/preview",
  "/admin/notifications/preview?sample=titles&channel=slack",
  "/admin/trending",
  "/admin/trending?window=6h",
  "/admin/trending?q=nothing-like-it",
  "/admin/trending/taifu",
  "/admin/trending/nothing-like-it",
  "/admin/trending/weights",
  "/admin/trending/weights?new=1",
  "/preferences?token=none",
];

test.beforeAll(({ stack }) => finalizeTheme(stack, closed));

for (const language of ["en", "ja"]) {
  for (const path of pages) {
    test(`${path} in ${language} stands on a phone, and everything in it has a name`, async ({
      operator: page,
      context,
      stack,
    }) => {
      await context.addCookies([{ name: "locale", value: language, url: stack.app }]);
      await page.setViewportSize({ width: 360, height: 740 });
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(200);
      expect(new URL(page.url()).pathname).toBe(path.split("?")[0]);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expect(page.getByRole("main")).toHaveCount(1);
      expect(await page.title()).not.toBe("");
      // Fonts and charts settle before anything is measured.
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      expect(await widerThanScreen(page)).toEqual([]);
      expect(await withoutName(page)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 800 });
      expect(await widerThanScreen(page)).toEqual([]);
      expect(await withoutName(page)).toEqual([]);
    });
  }
}

for (const width of [360, 1280]) {
  test(`the sign-in page stands at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    await page.goto("/sign-in");
    expect(await widerThanScreen(page)).toEqual([]);
    expect(await withoutName(page)).toEqual([]);
  });
}

/** What makes the page scroll sideways: empty when it does not. */
function widerThanScreen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map((element) => `${element.tagName} ${element.className}`)
      .slice(0, 5);
  });
}

/** Visible controls that a screen reader could not call by a name, and images without a text. */
async function withoutName(page: Page): Promise<string[]> {
  const nameless: string[] = [];
  for (const role of ["button", "link", "textbox", "combobox", "table", "dialog", "img"] as const) {
    const [all, named] = [page.getByRole(role), page.getByRole(role, { name: /\S/ })];
    if ((await all.count()) === (await named.count())) continue;
    for (const element of await all.all()) {
      const html = await element.evaluate((node) => node.outerHTML.slice(0, 160));
      if ((await named.and(element).count()) === 0) nameless.push(html);
    }
  }
  return nameless;
}

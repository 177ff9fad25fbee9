import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "@playwright/test";
import { z } from "zod";
import { browserLaunch } from "@/tests/support/browser";

/**
 * Takes pictures of the running stack (`npm run dev` first): those of the README, or with `--all <dir>`
 * every page in both themes, two widths and both languages, for somebody to look at.
 */
const USAGE = "tsx scripts/screenshots.ts [--all <dir>]   (BANZUKE_DATA_DIR: .local)";

const stackSchema = z.object({
  app: z.url(),
  admin: z.object({ email: z.string(), password: z.string() }),
});
type Stack = z.infer<typeof stackSchema>;

interface Look {
  theme: "light" | "dark";
  width: number;
  locale: "ja" | "en";
}

const README_LOOK: Look = { theme: "light", width: 1280, locale: "en" };
const IMAGES = join("docs", "images");

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { all: { type: "string" }, help: { type: "boolean" } } });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const stack = await readStack();
  if (values.all === undefined) await takeReadmePictures(stack);
  else await takeAll(stack, resolve(values.all));
}

async function readStack(): Promise<Stack> {
  const file = join(process.env.BANZUKE_DATA_DIR ?? ".local", "stack.json");
  try {
    return stackSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    throw new Error(`${file} cannot be read: is the stack running?`, { cause });
  }
}

async function takeReadmePictures(stack: Stack): Promise<void> {
  await mkdir(IMAGES, { recursive: true });
  await withBrowser(async (browser) => {
    const page = await signedInPage(browser, stack, README_LOOK);
    await open(page, stack, "/admin");
    await page.screenshot({ path: join(IMAGES, "admin-overview.png") });
    await open(page, stack, "/admin/notifications");
    await page.screenshot({ path: join(IMAGES, "admin-notifications.png") });
    await open(page, stack, "/admin/trending");
    await page.screenshot({ path: join(IMAGES, "admin-trending.png") });
    await open(page, stack, await firstLink(page, stack, "/admin/watch", "/admin/watch/demo-hand"));
    await page.screenshot({ path: join(IMAGES, "admin-article.png") });
    const { finished, open: upcoming } = await themesOf(page, stack);
    const theme = finished ?? upcoming;
    if (!theme) throw new Error("there is no theme to take a picture of");
    await open(page, stack, `/rankings/${theme}`);
    await page.screenshot({ path: join(IMAGES, "ranking.png") });
  });
}

async function takeAll(stack: Stack, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await withBrowser(async (browser) => {
    for (const theme of ["light", "dark"] as const) {
      for (const width of [1280, 360]) {
        for (const locale of ["ja", "en"] as const) {
          await takePages(browser, stack, { theme, width, locale }, folder);
        }
      }
    }
  });
}

async function takePages(browser: Browser, stack: Stack, look: Look, folder: string): Promise<void> {
  const page = await browser.newPage(optionsOf(look));
  const take = async (name: string, path: string) => {
    await open(page, stack, path);
    const file = `${name}-${look.theme}-${look.width}-${look.locale}.png`;
    await page.screenshot({ path: join(folder, file), fullPage: true });
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    console.log(wider > 0 ? `${file}: ${wider} px wider than the window` : file);
  };
  await take("home", "/");
  await take("sign-in", "/sign-in");
  await take("not-found", "/nowhere");
  await signIn(page, stack);
  const themes = await themesOf(page, stack);
  await take("contest", "/admin/contest");
  await take("overview", "/admin");
  await take("runs", "/admin/runs");
  await take("runs-of-job", "/admin/runs?job=deliver-events");
  await take("runs-none", "/admin/runs?status=canceled");
  await take("run", await firstLink(page, stack, "/admin/runs", "/admin/runs/"));
  await take("watch", "/admin/watch");
  await take("watch-none", "/admin/watch?q=nothing-is-called-this");
  await take("article", await firstLink(page, stack, "/admin/watch", "/admin/watch/demo-"));
  await take("article-new", "/admin/watch/new");
  await take("import", "/admin/watch/import");
  await take("owners", "/admin/watch/users");
  await take("owner", await firstLink(page, stack, "/admin/watch/users", "/admin/watch/users/"));
  await take("notifications", "/admin/notifications");
  await take("notifications-none", "/admin/notifications?state=uncertain");
  await take("notifications-preview", "/admin/notifications/preview");
  await take("trending", "/admin/trending");
  await take("trending-6h", "/admin/trending?window=6h");
  await take("trending-none", "/admin/trending?q=nothing-is-called-this");
  await take("topic", await firstLink(page, stack, "/admin/trending", "/admin/trending/taifu"));
  await take("weights", "/admin/trending/weights?profile=engagement");
  await take("weights-new", "/admin/trending/weights?new=1");
  await take("preferences-no-link", "/preferences");
  for (const [kind, id] of Object.entries(themes)) {
    if (!id) continue;
    await take(`theme-${kind}`, `/admin/contest/${id}`);
    await take(`ranking-${kind}`, `/rankings/${id}`);
  }
  await page.close();
}

/** The newest theme with a final ranking and one that is still open, from the operator's own list. */
async function themesOf(page: Page, stack: Stack): Promise<{ finished: string | null; open: string | null }> {
  await open(page, stack, "/admin/contest");
  const idIn = async (stage: string) => {
    const link = page.locator(`tr[data-stage="${stage}"] a`).first();
    const href = (await link.count()) > 0 ? await link.getAttribute("href") : null;
    return href?.split("/").at(-1) ?? null;
  };
  return { finished: await idIn("finalized"), open: await idIn("open") };
}

/** Where the first link of a page goes that begins like this; the page itself when it has none. */
async function firstLink(page: Page, stack: Stack, path: string, beginning: string): Promise<string> {
  await open(page, stack, path);
  const link = page.locator(`main a[href^="${beginning}"]`).first();
  return ((await link.count()) > 0 ? await link.getAttribute("href") : null) ?? path;
}

async function signedInPage(browser: Browser, stack: Stack, look: Look): Promise<Page> {
  const page = await browser.newPage(optionsOf(look));
  await signIn(page, stack);
  return page;
}

async function signIn(page: Page, stack: Stack): Promise<void> {
  await page.goto(`${stack.app}/sign-in`);
  await page.locator("#email").fill(stack.admin.email);
  await page.locator("#password").fill(stack.admin.password);
  await page.locator("button[type=submit]").click();
  await page.waitForURL((url) => url.pathname === "/admin");
}

async function open(page: Page, stack: Stack, path: string): Promise<void> {
  await page.goto(stack.app + path, { waitUntil: "networkidle" });
  await page.evaluate(() => document.fonts.ready);
  // The mark of Next's development server is no part of the page.
  await page.addStyleTag({ content: "nextjs-portal { display: none }" });
}

function optionsOf({ theme, width, locale }: Look): BrowserContextOptions {
  return { colorScheme: theme, locale, viewport: { width, height: width < 500 ? 780 : 860 } };
}

async function withBrowser(use: (browser: Browser) => Promise<void>): Promise<void> {
  const { args = [], ...launch } = await browserLaunch();
  // Hinted glyphs are set at whole pixels, which tears the words of small text apart.
  const browser = await chromium.launch({ ...launch, args: [...args, "--font-render-hinting=none"] });
  try {
    await use(browser);
  } finally {
    await browser.close();
  }
}

await main();

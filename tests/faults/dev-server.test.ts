import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { expect, test } from "vitest";
import { startStack } from "@/scripts/local/stack";
import { browserLaunch } from "../support/browser";

test("a page of the development server stays as it is while logs grow in the project's folder", async () => {
  // Inside the project, as .local is: whatever watches the project's files sees the logs being written.
  const dataDir = await mkdtemp(join(process.cwd(), ".local-test-"));
  const stack = await startStack({
    dataDir,
    ports: "free",
    app: "dev",
    ticker: false,
    demo: false,
    durable: false,
    redisEngine: "memory",
  });
  const browser = await chromium.launch(await browserLaunch());
  try {
    const page = await browser.newPage();
    await page.goto(`${stack.file.app}/sign-in`, { waitUntil: "networkidle", timeout: 60_000 });
    let navigations = 0;
    page.on("framenavigated", () => {
      navigations += 1;
    });
    // Each answer is a line in the log: with a reload per line there would be dozens.
    for (let n = 0; n < 10; n += 1) await page.request.get(`${stack.file.app}/api/ping`);
    await page.locator("#email").fill("somebody@banzuke.test");
    for (let n = 0; n < 10; n += 1) await page.request.get(`${stack.file.app}/api/ping`);
    expect(navigations).toBe(0);
    expect(await page.locator("#email").inputValue()).toBe("somebody@banzuke.test");
  } finally {
    await browser.close();
    await stack.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}, 120_000);

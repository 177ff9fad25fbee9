import { defineConfig } from "@playwright/test";
import { browserLaunch } from "./tests/support/browser";

/** One browser, one stack with demo data, one test at a time: the tests share the contest they operate. */
export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/browser-stack.ts",
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [["list"]],
  use: { launchOptions: await browserLaunch(), locale: "en-US", trace: "retain-on-failure" },
});

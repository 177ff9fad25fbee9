import { existsSync } from "node:fs";
import type { LaunchOptions } from "@playwright/test";

const DEBIAN_CHROMIUM = "/usr/bin/chromium";

/**
 * How to start a real browser here: the system's Chromium where there is one, on Linux else the one that the
 * package `@sparticuz/chromium` carries, elsewhere an installed Chrome.
 */
export async function browserLaunch(): Promise<LaunchOptions> {
  if (process.platform !== "linux") return { channel: "chrome" };
  // Not the package's own arguments: they are for a function that opens one page in one process and ends.
  const args = ["--no-sandbox"];
  if (existsSync(DEBIAN_CHROMIUM)) return { executablePath: DEBIAN_CHROMIUM, args };
  const { default: chromium } = await import("@sparticuz/chromium");
  return { executablePath: await chromium.executablePath(), args };
}

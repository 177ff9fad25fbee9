import { fileURLToPath } from "node:url";
import { type App, createApp } from "@/scripts/local/app-process";
import { freePort } from "@/scripts/local/ports";
import type { TestStack } from "./stack";

/** Starts a second server of the built app on the same services; stop it before the stack is closed. */
export async function startSecondApp(stack: TestStack): Promise<App> {
  const url = `http://localhost:${await freePort()}`;
  const app = createApp({
    mode: "start",
    projectDir: fileURLToPath(new URL("../..", import.meta.url)),
    url,
    env: { ...stack.env, PORT: new URL(url).port },
    logFile: `${stack.dataDir}/logs/second-next.log`,
    onProcess: () => undefined,
    onUnexpectedExit: () => undefined,
  });
  await app.start();
  return app;
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStack, type TestStack } from "../support/stack";
import { startCommand } from "../support/stack-commands";
import { addDueTheme, closedOnce, ledger, stored, untouched } from "../support/stack-contest";

let stack: TestStack;
beforeAll(async () => {
  stack = await openStack();
});
afterAll(() => stack?.close());
beforeEach(async () => {
  await stack.reset();
  await addDueTheme(stack, "t1");
});

const run = (args: string[] = [], env: Record<string, string> = { BANZUKE_DATA_DIR: stack.dataDir }) =>
  startCommand("./scripts/finalize-ranking.sh", args, env).ended;

describe("./scripts/finalize-ranking.sh", () => {
  test("closes the theme, prints the answer as JSON and exits with 0", async () => {
    const { code, stdout, stderr } = await run();
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({
      status: "succeeded",
      outcome: "finalized",
      counts: { works: 5 },
    });
    expect(code).toBe(0);
    expect(await stored(stack, "t1")).toEqual(closedOnce(5));
  });

  test("takes where to call and the secret from the environment as well", async () => {
    const env = { APP_URL: stack.file.app, CRON_SECRET: stack.file.cronSecret };
    expect((await run(["theme_id=t1"], env)).code).toBe(0);
    expect(await stored(stack, "t1")).toEqual(closedOnce(5));
  });

  test("prints why and exits with 1 when the run fails", async () => {
    const { code, stdout } = await run(["theme_id=unknown"]);
    expect(JSON.parse(stdout)).toMatchObject({
      code: "theme_not_found",
      detail: "unknown: no theme unknown",
    });
    expect(code).toBe(1);
  });

  test("is refused with a wrong secret, and nothing runs", async () => {
    const { code, stdout } = await run([], { APP_URL: stack.file.app, CRON_SECRET: "not-the-cron-secret" });
    expect(JSON.parse(stdout)).toMatchObject({ status: 401 });
    expect(code).toBe(1);
    expect(await ledger(stack)).toEqual([]);
  });

  test("says in one line what to do when no stack runs", async () => {
    const nowhere = await mkdtemp(join(tmpdir(), "banzuke-nothing-"));
    const { code, stderr } = await run([], { BANZUKE_DATA_DIR: nowhere });
    await rm(nowhere, { recursive: true });
    expect(stderr.trim()).toMatch(/^Nothing to call: start the app with 'npm run dev'.*$/);
    expect(code).not.toBe(0);
  });

  test("says that the app does not answer when it is down", async () => {
    await stack.killApp();
    const { code, stderr } = await run();
    await stack.startApp();
    expect(stderr).toContain(`Could not reach ${stack.file.app}: is the app running?`);
    expect(code).not.toBe(0);
    expect(await stored(stack, "t1")).toEqual(untouched);
  });
});

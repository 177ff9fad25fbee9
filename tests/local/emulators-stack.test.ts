import { createPrivateKey } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Resend } from "resend";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { controlsOf } from "@/scripts/local/emulators/controls";
import { PROVIDERS } from "@/scripts/local/emulators/start";
import { type Stack, startStack } from "@/scripts/local/stack";
import { keepSecrets } from "@/scripts/local/stack-secrets";

let folder: string;
let stack: Stack;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "banzuke-providers-"));
  stack = await startStack({
    dataDir: join(folder, "stack"),
    ports: "free",
    app: "none",
    ticker: false,
    demo: false,
    durable: false,
    redisEngine: "memory",
  });
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await stack?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe("the providers of a stack", () => {
  it("are all in stack.json and answer there", async () => {
    for (const name of PROVIDERS) expect((await fetch(stack.file.providers[name])).status).toBeLessThan(500);
  });

  it("are what the app's settings point at", async () => {
    for (const [name, value] of Object.entries(stack.env)) vi.stubEnv(name, value);
    const env = await import("@/lib/platform/env");
    expect(env.notifyEnv()).toMatchObject({ APP_URL: stack.file.app });
    expect(env.serperEnv()).toMatchObject({ SERPER_API_URL: stack.file.providers.serper });
    expect(env.searchConsoleEnv()).toMatchObject({
      SEARCH_CONSOLE_API_URL: stack.file.providers.searchConsole,
      SEARCH_CONSOLE_TOKEN_URL: `${stack.file.providers.searchConsole}/token`,
    });
    const key = JSON.parse(env.searchConsoleEnv().GOOGLE_SERVICE_ACCOUNT_JSON ?? "");
    expect(createPrivateKey(key.private_key).asymmetricKeyType).toBe("rsa");
    expect(env.resendEnv().RESEND_WEBHOOK_SECRET).toMatch(/^whsec_/);
  });

  it("take the app's e-mails and its key of Serper, and can be controlled from outside", async () => {
    const { RESEND_API_KEY, RESEND_BASE_URL, NOTIFY_FROM = "", SERPER_API_KEY = "" } = stack.env;
    const resend = new Resend(RESEND_API_KEY, { baseUrl: RESEND_BASE_URL ?? "" });
    await resend.emails.send({ from: NOTIFY_FROM, to: "a@example.com", subject: "順位", text: "1位" });
    const controls = controlsOf(stack.file.providers);
    expect(await controls.emails({ full: true })).toMatchObject([{ from: NOTIFY_FROM, text: "1位" }]);
    const searched = await fetch(`${stack.env.SERPER_API_URL}/search`, {
      method: "POST",
      headers: { "x-api-key": SERPER_API_KEY },
      body: JSON.stringify({ q: "相撲" }),
    });
    expect(searched.status).toBe(200);
    await controls.reset();
    expect(await controls.emails()).toEqual([]);
  });
});

describe("the secrets of a stack", () => {
  it("stay the same from start to start", async () => {
    const file = join(folder, "same.json");
    expect(await keepSecrets(file)).toEqual(await keepSecrets(file));
  });

  it("of an older version are kept, and what it did not have yet is added", async () => {
    const file = join(folder, "older.json");
    await writeFile(file, JSON.stringify({ cronSecret: "kept as it was", adminPassword: "kept too" }));
    const secrets = await keepSecrets(file);
    expect(secrets).toMatchObject({ cronSecret: "kept as it was", adminPassword: "kept too" });
    expect(secrets.notifyLinkSecret.length).toBeGreaterThanOrEqual(32);
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual(secrets);
  });
});

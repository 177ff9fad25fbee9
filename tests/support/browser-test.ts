import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { signIn as words } from "@/lib/i18n/messages/en/public";
import type { StackFile } from "@/scripts/local/stack-env";
import { stackFile } from "./browser-stack";

interface Account {
  email: string;
  password: string;
}

interface TestFixtures {
  /** Console errors this test expects; any other fails it. */
  expectedErrors: RegExp[];
  noSurprises: undefined;
  /** A page of a signed-in operator. */
  operator: Page;
}

interface WorkerFixtures {
  stack: StackFile;
  operatorState: Awaited<ReturnType<BrowserContext["storageState"]>>;
}

/** Tracing puts a script of its own into every frame; one that is sandboxed, as a mail's is, refuses it. */
const PLAYWRIGHTS_OWN =
  /^Blocked script execution in 'about:srcdoc' because the document's frame is sandboxed/;

/** Playwright's test against the stack, which fails on any unexpected error in the browser's console. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  stack: [({}, use) => use(stackFile()), { scope: "worker" }],
  baseURL: ({ stack }, use) => use(stack.app),
  expectedErrors: [[], { option: true }],
  noSurprises: [
    async ({ context, expectedErrors }, use) => {
      const errors: string[] = [];
      const note = (text: string) => {
        if (![PLAYWRIGHTS_OWN, ...expectedErrors].some((expected) => expected.test(text))) errors.push(text);
      };
      context.on("console", (message) => {
        if (message.type() === "error") note(`${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => note(String(error.error())));
      await use(undefined);
      expect(errors, "errors in the browser's console").toEqual([]);
    },
    { auto: true },
  ],
  operatorState: [
    async ({ browser, stack }, use) => {
      const context = await browser.newContext({ baseURL: stack.app, locale: "en-US" });
      const page = await context.newPage();
      await page.goto("/sign-in");
      await signIn(page, stack.admin);
      await page.waitForURL("**/admin");
      const state = await context.storageState();
      await context.close();
      await use(state);
    },
    { scope: "worker" },
  ],
  operator: async ({ context, page, operatorState }, use) => {
    await context.addCookies(operatorState.cookies);
    await use(page);
  },
});
export { expect };

/** Fills in the sign-in form as a person would and sends it. */
export async function signIn(page: Page, { email, password }: Account): Promise<void> {
  await page.getByLabel(words.email).fill(email);
  await page.getByLabel(words.password).fill(password);
  await page.getByRole("button", { name: words.submit }).click();
}

/** Registers a user who is no operator. */
export async function signUp(stack: StackFile, account: Account): Promise<void> {
  const response = await fetch(`${stack.supabaseUrl}/auth/v1/signup`, {
    method: "POST",
    headers: { apikey: stack.publishableKey, "content-type": "application/json" },
    body: JSON.stringify(account),
  });
  if (!response.ok) throw new Error(`sign-up answered ${response.status}: ${await response.text()}`);
}

/** Finalizes a demo theme through the service API. */
export async function finalizeTheme(stack: StackFile, themeId: string): Promise<void> {
  const response = await fetch(`${stack.app}/api/v1/internal/ranking/finalize`, {
    method: "POST",
    headers: { authorization: `Bearer ${stack.serviceRoleJwt}`, "content-type": "application/json" },
    body: JSON.stringify({ theme_id: themeId }),
  });
  if (!response.ok) throw new Error(`finalize answered ${response.status}: ${await response.text()}`);
}

/** A ranking as the public API answers it. */
export async function readRanking(stack: StackFile, themeId: string) {
  const response = await fetch(`${stack.app}/api/v1/ranking?theme_id=${themeId}&limit=5`);
  if (!response.ok) throw new Error(`the ranking API answered ${response.status}`);
  return (await response.json()) as {
    source: string;
    total: number;
    entries: { rank: number; title: string; score: number }[];
  };
}

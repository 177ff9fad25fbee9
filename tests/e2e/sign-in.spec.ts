import { signIn as words } from "@/lib/i18n/messages/en/public";
import { expect, signIn, signUp, test } from "../support/browser-test";

test("a visitor is sent from an admin page to sign-in, and back to it after", async ({ page, stack }) => {
  await page.goto("/admin/contest");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fadmin%2Fcontest$/);
  await signIn(page, stack.admin);
  await expect(page).toHaveURL(/\/admin\/contest$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

for (const path of [
  "/admin",
  "/admin/runs",
  "/admin/contest",
  "/admin/trending",
  "/admin/contest/theme-2026-01-01",
]) {
  test(`a visitor sees nothing of ${path}`, async ({ page }) => {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await expect(page.getByRole("table")).toHaveCount(0);
  });
}

test("a visitor cannot read what the admin polls", async ({ request }) => {
  const answer = await request.get("/admin/status");
  expect(answer.status()).toBe(401);
  expect(await answer.text()).not.toContain("finalize-ranking");
});

test("a wrong password and an unknown e-mail are told the same, and the e-mail stays filled in", async ({
  page,
  stack,
}) => {
  await page.goto("/sign-in");
  for (const email of [stack.admin.email, "nobody@banzuke.test"]) {
    await signIn(page, { email, password: "not the password" });
    await expect(page.getByRole("alert").filter({ hasText: words.wrong })).toBeVisible();
    await expect(page.getByLabel(words.email)).toHaveValue(email);
    await expect(page).toHaveURL(/\/sign-in/);
  }
});

test("does not send anybody to another site after signing in", async ({ page, stack }) => {
  await page.goto("/sign-in?next=https://example.com/");
  await signIn(page, stack.admin);
  await expect(page).toHaveURL(/\/admin$/);
  expect(new URL(page.url()).origin).toBe(new URL(stack.app).origin);
});

test("a signed-in user who is no operator is refused, and can sign out", async ({ page, stack }) => {
  const account = { email: "reader@banzuke.test", password: "a-readers-password-1" };
  await signUp(stack, account);
  await page.goto("/sign-in");
  await signIn(page, account);
  await expect(page.getByText(words.notOperator.replace("{email}", account.email))).toBeVisible();
  await page.goto("/admin");
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByTestId("job-finalize-ranking")).toHaveCount(0);
  expect((await page.request.get("/admin/status")).status()).toBe(401);
  await page.getByRole("button", { name: words.signOut }).click();
  await expect(page.getByLabel(words.password)).toBeVisible();
});

test("the session is out of reach of scripts", async ({ operator, context }) => {
  await operator.goto("/admin");
  const session = (await context.cookies()).filter(({ name }) => name.startsWith("banzuke-session"));
  expect(session.length).toBeGreaterThan(0);
  expect(session.every(({ httpOnly, sameSite }) => httpOnly && sameSite === "Lax")).toBe(true);
  expect(await operator.evaluate(() => document.cookie)).not.toContain("banzuke-session");
});

test("signing out ends the session", async ({ page, stack }) => {
  await page.goto("/sign-in");
  await signIn(page, stack.admin);
  await expect(page).toHaveURL(/\/admin$/);
  await page.getByRole("navigation").getByRole("button", { name: words.signOut }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/admin");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

import { addDays, jstDate } from "@/lib/time";
import { demoThemeId } from "@/scripts/local/demo-data";
import { expect, readRanking, test } from "../support/browser-test";

const today = jstDate(new Date());
const jobs = ["finalize-ranking", "deliver-events", "check-push-receipts", "sweep"];

test("an operator sees every job, closes today's theme and finds the final ranking beside the live one", async ({
  operator: page,
  stack,
}) => {
  const theme = demoThemeId(today);
  await page.goto("/admin");
  for (const job of jobs) await expect(page.getByTestId(`job-${job}`)).toBeVisible();
  const job = page.getByTestId("job-finalize-ranking");
  const before = await lastSuccesses(stack.app);

  await page.getByTestId("run-finalize-ranking").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText((await titleOf(stack.app, theme)) ?? "");
  await page.getByTestId("confirm-run").click();
  await expect(page.getByText(/finalize-ranking/).filter({ hasText: /closed/ })).toBeVisible();
  await expect(job).not.toHaveAttribute("data-state", /failed|late|running/);
  const after = await lastSuccesses(stack.app);
  expect(after["finalize-ranking"]).not.toBe(before["finalize-ranking"]);
  const shown = job.locator(`time[datetime^="${after["finalize-ranking"]?.slice(0, 19)}"]`).first();
  await expect(shown).toBeVisible();

  await page.goto("/admin/contest");
  await page.getByTestId(`theme-${theme}`).click();
  const [final, live] = [page.getByTestId("final-ranking"), page.getByTestId("live-ranking")];
  await expect(final).toBeVisible();
  await expect(live).toBeVisible();
  const stored = await readRanking(stack, theme);
  expect(stored.source).toBe("snapshot");
  for (const { rank, title, score } of stored.entries) {
    const row = final.getByRole("row").nth(rank);
    await expect(row).toContainText(title);
    await expect(row).toContainText(score.toFixed(5));
  }
  await page.getByTestId("verify").click();
  await expect(page.getByTestId("verdict")).toHaveAttribute("data-verdict", "verified");
});

test("cancelling the dialog closes nothing", async ({ operator: page, stack }) => {
  await page.goto("/admin");
  const before = await lastSuccesses(stack.app);
  await page.getByTestId("run-finalize-ranking").click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(await lastSuccesses(stack.app)).toEqual(before);
});

test("a run of another job is told where it was started, and stands in the ledger", async ({
  operator: page,
}) => {
  await page.goto("/admin");
  await page.getByTestId("run-deliver-events").click();
  await expect(
    page
      .getByText(/deliver-events/)
      .filter({ hasText: /deliver|due/ })
      .first(),
  ).toBeVisible();
  await page.getByRole("link", { name: "deliver-events" }).first().click();
  await expect(page).toHaveURL(/\/admin\/runs\?job=deliver-events/);
  await page
    .getByTestId(/^run-row-/)
    .first()
    .getByRole("link")
    .first()
    .click();
  await expect(page).toHaveURL(/\/admin\/runs\/[0-9a-f-]{36}$/);
});

test("a theme that is still open is closed by force only, after a question that shows what will happen", async ({
  operator: page,
  stack,
}) => {
  const theme = demoThemeId(addDays(today, 4));
  await page.goto(`/admin/contest/${theme}`);
  await expect(page.getByTestId("finalize")).toHaveCount(0);
  await page.getByTestId("dry-run").click();
  await expect(page.getByTestId("preview")).toBeVisible();
  expect((await readRanking(stack, theme)).source).toBe("live");
  await page.getByTestId("force").click();
  await page.getByTestId("confirm-force").click();
  await expect(page.getByTestId("answer")).toHaveAttribute("data-kind", "succeeded");
  await expect(page.getByTestId("final-ranking")).toBeVisible();
  // Answers of the API may be a second old.
  await expect.poll(async () => (await readRanking(stack, theme)).source).toBe("snapshot");
});

async function titleOf(app: string, theme: string): Promise<string | undefined> {
  const response = await fetch(`${app}/api/v1/ranking?theme_id=${theme}&limit=1`);
  return ((await response.json()) as { theme?: { title: string } }).theme?.title;
}

/** When each job last succeeded, as health tells the public. */
async function lastSuccesses(app: string): Promise<Record<string, string | null>> {
  const health = (await (await fetch(`${app}/api/health`)).json()) as {
    jobs: { job: string; last_success_at: string | null }[];
  };
  return Object.fromEntries(health.jobs.map(({ job, last_success_at }) => [job, last_success_at]));
}

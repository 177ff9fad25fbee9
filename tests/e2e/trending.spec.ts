import type { Page } from "@playwright/test";
import { Client } from "pg";
import { trending as words } from "@/lib/i18n/messages/en/trending";
import { seedDemoTrending } from "@/scripts/local/demo-trending";
import { expect, test } from "../support/browser-test";

let client: Client;

test.beforeAll(async ({ stack }) => {
  client = new Client({ connectionString: stack.postgresUrl });
  await client.connect();
});

test.afterAll(() => client.end());

test("a topic says why it is where it is, in every window", async ({ operator: page }) => {
  await page.goto("/admin/trending");
  await expect(page.getByTestId("summary")).toContainText("“台風情報” leads");
  await expect(page.getByTestId("proof")).toContainText("Counts proved equal to a full recount at");
  const day = await scoreAndParts(page, "taifu");
  expect(day.rank).toBe("1");
  expect(day.parts).toHaveLength(3);
  expect(sum(day.parts)).toBeCloseTo(day.score, 1);

  await page.getByRole("link", { name: words.windows["6h"] }).click();
  await expect(page).toHaveURL(/window=6h$/);
  await expect(page.getByRole("link", { name: words.windows["6h"] })).toHaveAttribute("aria-current", "page");
  await expect.poll(async () => (await scoreAndParts(page, "taifu")).score).toBeLessThan(day.score);
  const quarter = await scoreAndParts(page, "taifu");
  expect(sum(quarter.parts)).toBeCloseTo(quarter.score, 1);

  // Who is second depends on the hour: people sleep, bots do not.
  const second = await page
    .getByTestId(/^topic-/)
    .nth(1)
    .getByRole("link")
    .innerText();
  await page.getByRole("searchbox").fill(second);
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByTestId(/^topic-/)).toHaveCount(1);
  await expect(page.getByTestId("rank")).toHaveText("2");
  await page.getByRole("link", { name: second }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(second);
  await expect(page.getByTestId("place")).toContainText("Rank 2 of the last 6 hours");
  await expect(page.getByTestId("history-summary")).toContainText(/4[78] hours recorded:/);
  await expect(page.getByTestId("posts").getByRole("listitem")).toHaveCount(20);
});

test("a window that is not configured, and a page that is none, show the ranking from the top", async ({
  operator: page,
}) => {
  await page.goto("/admin/trending?window=7d&after=nothing");
  await expect(page.getByTestId(/^topic-/)).toHaveCount(50);
  await expect(page.getByTestId("topic-taifu").getByTestId("rank")).toHaveText("1");
  await page.getByRole("link", { name: words.pages.next }).click();
  await expect(page.getByTestId("rank").first()).toHaveText("51");
  await page.getByRole("link", { name: words.pages.next }).click();
  await expect(page.getByTestId("rank").first()).toHaveText("101");
  await expect(page.getByRole("link", { name: words.pages.next })).toHaveCount(0);
});

test("an operator refreshes, and the page counts what came since", async ({ operator: page }) => {
  await page.goto("/admin/trending?q=e2e");
  await expect(page.getByText("No trending topic is called “e2e”")).toBeVisible();
  await client.query("insert into public.topics (id, name) values ('e2e-new', 'e2e new')");
  await client.query(
    "insert into public.posts (id, topic_id, author_id, created_at) values ('e2e-post', 'e2e-new', 'e2e', now() - interval '2 minutes')",
  );
  await page.getByTestId("refresh-now").click();
  await expect(page.getByTestId("run-answer")).toHaveAttribute("data-kind", "succeeded");
  await expect(page.getByTestId("topic-e2e-new")).toContainText("1 post × 0.6 = 0.6");
  await client.query("delete from public.topics where id = 'e2e-new'");
});

test("figures that are old say since when, and what readers get", async ({ operator: page }) => {
  const { rows } = await client.query("select window_end from public.trending_state");
  try {
    await client.query("update public.trending_state set window_end = now() - interval '20 minutes'");
    await page.goto("/admin/trending");
    const notice = page.getByTestId("standing");
    await expect(notice).toHaveAttribute("data-stale", "old");
    await expect(notice).toContainText("counted 20 min ago");
    await expect(notice).toContainText(words.stale.readers);
    await expect(page.getByTestId("topic-taifu")).toBeVisible();

    await client.query("update public.trending_state set pass = 'build'");
    await page.reload();
    await expect(notice).toHaveAttribute("data-stale", "building");
    await expect(page.getByTestId("absence")).toHaveAttribute("data-why", "building");
  } finally {
    await client.query("update public.trending_state set window_end = $1, pass = null", [
      rows[0]?.window_end,
    ]);
  }
});

test("weights show what they would do before they do it", async ({ operator: page }) => {
  await page.goto("/admin/trending");
  const before = await ranked(page);
  await page.goto("/admin/trending/weights?profile=engagement");
  const then = await previewed(page);
  expect(then).not.toEqual(before.slice(0, then.length));
  await page.goto("/admin/trending");
  expect(await ranked(page)).toEqual(before);

  await page.goto("/admin/trending/weights?profile=engagement");
  await page.getByTestId("use").click();
  await expect(page.getByTestId("answer")).toContainText("“engagement” is in force");
  await expect(page.getByTestId("profile-engagement")).toHaveAttribute("data-in-force", "true");
  await page.goto("/admin/trending");
  expect((await ranked(page)).slice(0, then.length)).toEqual(then);
  await expect(page.getByTestId("parts-key")).toContainText("replies × 0.1");

  await page.goto("/admin/trending/weights");
  await page.getByTestId("leave").click();
  await expect(page.getByTestId("left")).toContainText("The setting decides again: “default” is in force.");
  await page.goto("/admin/trending");
  expect(await ranked(page)).toEqual(before);
});

test("a new profile is compared before it is saved, and nobody loses what they had not seen", async ({
  operator: page,
}) => {
  await page.goto("/admin/trending/weights?new=1");
  await expect(page.getByText(words.weighing.preview.same)).toBeVisible();
  const before = await previewed(page);
  await page.getByLabel(words.weighing.columns.posts).fill("0,5");
  await expect(page.getByText(words.weighing.problems.weight)).toBeVisible();
  await page.getByLabel(words.weighing.columns.posts).fill("-1");
  await expect.poll(() => previewed(page)).not.toEqual(before);
  await expect(page.getByTestId("leavers")).toContainText("台風情報");

  await page.getByLabel(words.weighing.name).fill("E2E weights");
  await page.getByTestId("save").click();
  await expect(page.getByText(words.weighing.problems.name)).toBeVisible();
  await page.getByLabel(words.weighing.name).fill("engagement");
  await page.getByTestId("save").click();
  await expect(page.getByText(words.weighing.problems.taken)).toBeVisible();
  await page.getByLabel(words.weighing.name).fill("e2e-weights");
  await page.getByTestId("save").click();
  await expect(page.getByText("Saved “e2e-weights”.")).toBeVisible();

  await client.query(
    "update public.score_profiles set posts = 7, updated_at = now() where name = 'e2e-weights'",
  );
  await page.getByLabel(words.weighing.columns.posts).fill("3");
  await expect(page.getByTestId("use")).toBeDisabled();
  await page.getByTestId("save").click();
  await expect(page.getByTestId("answer")).toHaveAttribute("data-kind", "changed");
  await expect(page.getByTestId("answer")).toContainText("Posts 7");
  await expect(page.getByLabel(words.weighing.columns.posts)).toHaveValue("3");
  expect(await postsWeight()).toBe(7);
  await page.getByTestId("save").click();
  await expect(page.getByTestId("answer")).toHaveAttribute("data-kind", "saved");
  expect(await postsWeight()).toBe(3);

  await client.query(
    "update public.score_profiles set posts = 8, updated_at = now() where name = 'e2e-weights'",
  );
  await page.getByTestId("use").click();
  await expect(page.getByTestId("answer")).toHaveAttribute("data-kind", "reweighed");
  await expect(page.getByLabel(words.weighing.columns.posts)).toHaveValue("8");
  await expect(page.getByTestId("profile-e2e-weights")).toHaveAttribute("data-in-force", "false");

  await client.query("select public.choose_score_profile('newcomers', 'default')");
  await page.getByTestId("use").click();
  await expect(page.getByTestId("answer")).toContainText("somebody put “newcomers” in force");
  await expect(page.getByTestId("profile-newcomers")).toHaveAttribute("data-in-force", "true");
  await client.query("select public.choose_score_profile(null, 'default')");

  await page.getByTestId("remove").click();
  await page.getByTestId("confirm-remove").click();
  await expect(page.getByText("Deleted “e2e-weights”.")).toBeVisible();
  await expect(page.getByTestId(/^profile-/)).toHaveCount(3);

  async function postsWeight(): Promise<number> {
    const { rows } = await client.query("select posts from public.score_profiles where name = 'e2e-weights'");
    return rows[0]?.posts;
  }
});

test("an empty ranking says why it is empty", async ({ operator: page }) => {
  const why = page.getByTestId("absence");
  const shows = async (reason: keyof typeof words.empty) => {
    await page.goto("/admin/trending");
    await expect(why).toHaveAttribute("data-why", reason);
  };
  try {
    await client.query("truncate public.topics cascade");
    await shows("no_topics");
    await client.query("insert into public.topics (id, name) values ('e2e', 'e2e')");
    await shows("no_posts");
    await client.query(
      "insert into public.posts (id, topic_id, author_id, created_at) values ('e2e', 'e2e', 'e2e', now() + interval '1 day')",
    );
    await shows("only_future");
    await client.query("update public.posts set deleted_at = now()");
    await shows("all_deleted");
    await client.query("update public.posts set deleted_at = null, created_at = now() - interval '30 hours'");
    await shows("never");
    await page.getByTestId("refresh-now").click();
    await expect(why).toHaveAttribute("data-why", "none_in_window");
    await client.query("update public.posts set created_at = now()");
    await shows("not_counted_yet");
    await client.query(
      `insert into public.job_runs (job, env, occurrence, trigger, status, attempt, started_at, finished_at, error)
       values ('refresh-trending', 'dev', 'e2e', 'manual', 'failed', 1, now(), now(),
         '{"code": "57014", "message": "canceling statement due to statement timeout", "permanent": false}')`,
    );
    await shows("failing");
    await expect(page.getByTestId("standing")).toContainText("canceling statement due to statement timeout");
  } finally {
    await client.query("delete from public.job_runs where occurrence = 'e2e'");
    await client.query(
      "truncate public.topics, public.topic_metrics_history, public.topic_metrics_recordings cascade",
    );
    await seedDemoTrending(client, new Date());
  }
});

/** A topic's row as a reader of its words has it. */
async function scoreAndParts(page: Page, topic: string) {
  const row = page.getByTestId(`topic-${topic}`);
  const parts = (await row.getByTestId("why").getAttribute("data-tip")) ?? "";
  const score = (await row.getByRole("cell").nth(2).innerText()).match(/[\d.]+$/)?.[0];
  return { rank: await row.getByTestId("rank").innerText(), score: Number(score), parts: parts.split("\n") };
}

/** What the sums in words add up to. */
function sum(parts: string[]): number {
  return parts.reduce((total, part) => total + Number(part.split(" = ")[1]), 0);
}

/** Topics in the order of the ranking. */
async function ranked(page: Page): Promise<(string | null)[]> {
  await expect(page.getByTestId(/^topic-/).first()).toBeVisible();
  return page
    .getByTestId(/^topic-/)
    .evaluateAll((found) => found.map((row) => row.getAttribute("data-testid")));
}

/** Topics in the order of the comparison, once it is that of the fields. */
async function previewed(page: Page): Promise<(string | null)[]> {
  await expect(page.getByTestId("preview")).toHaveAttribute("data-settled", "true");
  return page
    .getByTestId(/^then-/)
    .evaluateAll((found) => found.map((row) => `topic-${row.getAttribute("data-topic")}`));
}

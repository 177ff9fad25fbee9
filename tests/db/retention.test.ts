import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { requestedOccurrence } from "@/lib/engine/occurrence";
import { runJob } from "@/lib/engine/run-job";
import { addLiveWorks, addTheme, openWorld, type World } from "../support/world";

let world: World;
beforeAll(async () => {
  world = await openWorld("2026-11-22T14:00:00Z");
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.sql("truncate themes, rankings, job_runs, jobs, events cascade");
  await world.redis.flushall();
  const { finalizeRanking } = await import("@/lib/jobs/finalize-ranking");
  const finalize = (input: object) =>
    runJob(finalizeRanking, world.ctx, {
      trigger: "manual",
      input,
      ...requestedOccurrence("manual", world.ctx.now()),
    });
  for (const date of ["2026-10-22", "2026-10-23", "2026-11-22"]) {
    await addTheme(world, { id: date, date });
    await addLiveWorks(world.redis, date, {
      [`w-${date}`]: { live: 1, metrics: { likes: 1, impressions: 2, unique_viewers: 1 } },
    });
  }
  await finalize({});
  await addLiveWorks(world.redis, "2026-10-22", {
    more: { live: 2, metrics: { likes: 1, impressions: 1, unique_viewers: 1 } },
  });
  await finalize({ theme_id: "2026-10-22", force: true });
});

/** Runs `sweep` with the settings as they are now: they are read once per module graph. */
async function sweep() {
  vi.resetModules();
  const { sweep } = await import("@/lib/jobs/registry");
  return runJob(sweep, world.ctx, {
    trigger: "manual",
    input: {},
    ...requestedOccurrence("manual", world.ctx.now()),
  });
}
const kept = () => world.sql("select distinct theme_id from rankings order by 1");

test("rankings are kept for ever unless somebody says otherwise", async () => {
  vi.stubEnv("CONTEST_RETENTION_DAYS", undefined);
  expect(await sweep()).toMatchObject({ status: "succeeded", result: { counts: { rankings_deleted: 0 } } });
  expect(await kept()).toHaveLength(3);
});

test("with CONTEST_RETENTION_DAYS=30 older rankings go with their superseded versions, and their themes stay", async () => {
  vi.stubEnv("CONTEST_RETENTION_DAYS", "30");
  expect(await world.sql("select theme_id from superseded_rankings")).toEqual([{ theme_id: "2026-10-22" }]);
  expect(await sweep()).toMatchObject({ status: "succeeded", result: { counts: { rankings_deleted: 1 } } });
  expect(await kept()).toEqual([{ theme_id: "2026-10-23" }, { theme_id: "2026-11-22" }]);
  expect(await world.sql("select theme_id from superseded_rankings")).toEqual([]);
  expect(await world.sql("select id from themes where closed_at is not null")).toHaveLength(3);
  vi.unstubAllEnvs();
});

test("a row without its header is refused, and rows go with their header", async () => {
  const orphan = "insert into rankings (theme_id, work_id, rank, score) values ('nowhere', 'w', 1, 0.5)";
  await expect(world.sql(orphan)).rejects.toMatchObject({ code: "23503" });
  await expect(world.sql("update rankings set theme_id = 'nowhere'")).rejects.toThrow();
  await world.sql("delete from ranking_snapshots where theme_id = '2026-11-22'");
  expect(await kept()).toEqual([{ theme_id: "2026-10-22" }, { theme_id: "2026-10-23" }]);
});

test("a stored ranking that somebody touched no longer matches its checksum", async () => {
  const matches = async () => {
    const [row] = await world.sql(
      "select checksum = ranking_checksum(theme_id) as ok from ranking_snapshots where theme_id = '2026-11-22'",
    );
    return row?.ok;
  };
  expect(await matches()).toBe(true);
  await world.sql("update rankings set likes = likes + 1 where theme_id = '2026-11-22'");
  expect(await matches()).toBe(false);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { runNow } from "../support/watch";
import { openWorld, type World } from "../support/world";

let world: World;
beforeAll(async () => {
  process.env.TRENDING_ENABLED = "false";
  world = await openWorld();
});
afterAll(() => world.close());

test("switched off by TRENDING_ENABLED=false (seed 001, metrics.enabled), the job says so and counts nothing", async () => {
  const { refreshTrending } = await import("@/lib/jobs/refresh-trending");
  expect(await runNow(world, refreshTrending)).toMatchObject({
    status: "succeeded",
    result: { outcome: "disabled", counts: {} },
  });
  expect(await world.sql("select window_end from trending_state")).toEqual([{ window_end: null }]);
});

import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { exposition } from "@/app/api/metrics/exposition";
import { type AnyJob, defineJob } from "@/lib/engine/define-job";
import { claimRun } from "@/lib/engine/ledger";
import { runJob } from "@/lib/engine/run-job";
import { finalizeRanking } from "@/lib/jobs/finalize-ranking";
import { refreshTrending } from "@/lib/jobs/refresh-trending";
import { registry as jobs } from "@/lib/jobs/registry";
import { type Family, hasPromtool, parseExposition, promtool } from "../support/prometheus";
import { addPosts, addTopics, forgetTrending } from "../support/trending";
import { openWorld, type World } from "../support/world";

const NOW = "2026-11-22T13:00:30Z";
const MIGRATION = "supabase/migrations/20261122001300_job_totals.sql";
let world: World;
beforeAll(async () => {
  world = await openWorld(NOW);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.setNow(NOW);
  await world.sql("truncate job_runs, jobs cascade");
  await forgetTrending(world.sql);
});

let calls = 0;
const run = (job: AnyJob) => {
  calls += 1;
  return runJob(job, world.ctx, { trigger: "manual", occurrence: `manual:${calls}` });
};
const failing = defineJob({
  ...refreshTrending,
  run: async () => {
    throw new Error("the source is down");
  },
});
const scrape = async (histogram = false) => (await exposition(world.ctx, { histogram })).metrics();
const families = async (histogram = false) => parseExposition(await scrape(histogram));
const seriesOf = async (histogram = false) =>
  Object.assign({}, ...[...(await families(histogram)).values()].map((f) => f.series)) as Family["series"];
/** A day's work: two refreshes, one of them with new posts, a failure, a job of another kind, a run that died. */
async function work(): Promise<void> {
  await addTopics(world.sql, "film", "food");
  const topics = ["film", "food", "film"];
  await addPosts(
    world.sql,
    ...topics.map((topic, n) => ({ id: `p${n}`, topic, at: "2026-11-22T12:00:00Z", author: `a${n}` })),
  );
  await run(refreshTrending);
  await run(failing);
  await run(refreshTrending);
  await run(finalizeRanking);
  const dead = { job: "deliver-events", env: "dev", scheduledFor: null, trigger: "cron", input: {} } as const;
  await claimRun(world.db, { ...dead, occurrence: "dead", leaseSeconds: 60 });
  await world.sql("update job_runs set lease_expires_at = now() - interval '1 s' where status = 'running'");
  await world.db.rpc("fail_abandoned_runs", { p_env: "dev", p_job: "deliver-events", p_max_attempts: 1 });
}

describe("the exposition", () => {
  test("has the names of seed 001 with type and help, one value each", async () => {
    await work();
    const found = await families();
    const types = Object.fromEntries(
      [...found].filter(([name]) => name.startsWith("trending_")).map(([name, { type }]) => [name, type]),
    );
    expect(types).toEqual({
      trending_metrics_job_runs_total: "counter",
      trending_metrics_job_failures_total: "counter",
      trending_metrics_job_topics_upserted: "gauge",
      trending_metrics_job_expired_records: "gauge",
      trending_metrics_job_last_success_timestamp: "gauge",
      trending_metrics_job_last_failure_timestamp: "gauge",
      trending_metrics_job_duration_seconds: "gauge",
      trending_metrics_window_end_timestamp_seconds: "gauge",
      trending_metrics_drift_rows: "gauge",
      trending_metrics_topics: "gauge",
    });
    for (const [name, { help, series }] of found) {
      expect(help, name).toMatch(/\w{3}/);
      expect(Object.keys(series), name).not.toHaveLength(0);
      for (const [key, value] of Object.entries(series)) expect(Number.isFinite(value), key).toBe(true);
    }
  });

  test("says what the ledger says after real runs", async () => {
    await work();
    const found = await seriesOf();
    const [latest] = await world.sql<Record<"success" | "failure" | "seconds" | "topics", number>>(
      `select extract(epoch from max(finished_at) filter (where status = 'succeeded'))::float8 as success,
         extract(epoch from max(finished_at) filter (where status = 'failed'))::float8 as failure,
         sum((counts ->> 'topics_upserted')::integer)::integer as topics,
         (array_agg(extract(epoch from finished_at - started_at)::float8 order by finished_at desc))[1] as seconds
       from job_runs where job = 'refresh-trending'`,
    );
    expect(found).toMatchObject({
      trending_metrics_job_runs_total: 2,
      trending_metrics_job_failures_total: 1,
      // The last refresh found nothing new.
      trending_metrics_job_topics_upserted: 0,
      'banzuke_job_counted_total{job="refresh-trending",count="topics_upserted"}': latest?.topics,
      'banzuke_job_runs_total{job="refresh-trending",status="succeeded"}': 2,
      'banzuke_job_runs_total{job="refresh-trending",status="failed"}': 1,
      'banzuke_job_runs_total{job="finalize-ranking",status="succeeded"}': 1,
      'banzuke_job_runs_total{job="deliver-events",status="failed"}': 1,
      'banzuke_job_runs_total{job="check-rank",status="succeeded"}': 0,
      'banzuke_job_failures_in_a_row{job="refresh-trending"}': 0,
      'banzuke_job_failures_in_a_row{job="deliver-events"}': 1,
      'banzuke_job_last_success_timestamp_seconds{job="check-rank"}': 0,
      trending_metrics_window_end_timestamp_seconds: Date.parse("2026-11-22T13:00:00Z") / 1000,
      'trending_metrics_topics{window="24h"}': 2,
      'trending_metrics_topics{window="6h"}': 2,
    });
    expect(latest?.topics).toBeGreaterThan(0);
    expect(found.trending_metrics_job_last_success_timestamp).toBeCloseTo(latest?.success ?? 0, 2);
    expect(found.trending_metrics_job_last_failure_timestamp).toBeCloseTo(latest?.failure ?? 0, 2);
    expect(found.trending_metrics_job_duration_seconds).toBeCloseTo(latest?.seconds ?? 0, 5);
    expect(found).not.toHaveProperty('banzuke_job_last_duration_seconds{job="deliver-events"}');
  });

  test("is complete for a database in which nothing has run, and the same from one scrape to the next", async () => {
    const found = await seriesOf();
    for (const { name } of jobs) {
      expect(found).toMatchObject({
        [`banzuke_job_runs_total{job="${name}",status="succeeded"}`]: 0,
        [`banzuke_job_late{job="${name}"}`]: 0,
      });
    }
    expect(found.trending_metrics_job_last_success_timestamp).toBe(0);
    expect(await scrape()).toBe(await scrape());
  });

  test("tells of a job that is late and for how often it has failed", async () => {
    await world.sql(
      "insert into jobs (name, first_seen_at) values ('refresh-trending', '2026-11-22T12:00:00Z')",
    );
    await run(failing);
    await run(failing);
    expect(await seriesOf()).toMatchObject({
      'banzuke_job_late{job="refresh-trending"}': 1,
      'banzuke_job_failures_in_a_row{job="refresh-trending"}': 2,
      'banzuke_job_late{job="finalize-ranking"}': 0,
    });
  });

  test("counts an execution per attempt, and knows the environments apart", async () => {
    let attempts = 0;
    const second = defineJob({
      ...failing,
      run: async () => {
        attempts += 1;
        if (attempts === 1) throw new Error("once");
        return { outcome: "refreshed", counts: { topics_upserted: 7, records_expired: 5 } };
      },
    });
    for (let n = 0; n < 2; n += 1) await runJob(second, world.ctx, { trigger: "manual", occurrence: "same" });
    await runJob(failing, { ...world.ctx, env: "prod" }, { trigger: "manual", occurrence: "prod" });
    expect(await seriesOf()).toMatchObject({
      trending_metrics_job_runs_total: 1,
      trending_metrics_job_failures_total: 1,
      trending_metrics_job_topics_upserted: 7,
      trending_metrics_job_expired_records: 5,
    });
  });
});

describe("the histogram, on demand", () => {
  const withDurations = async (...seconds: number[]) => {
    for (const duration of seconds) {
      calls += 1;
      const { data } = await world.db.rpc("claim_job_run", {
        ...{ p_job: "refresh-trending", p_env: "dev", p_trigger: "manual", p_lease_seconds: 60 },
        p_occurrence: `manual:${calls}`,
      });
      const claimed = data as { run: { id: string; lease_token: string } };
      await world.sql(
        "select add_to_job_totals('dev', 'refresh-trending', 'succeeded', $1, $1::timestamptz + $2, '{}')",
        [NOW, `${duration} seconds`],
      );
      await world.sql("delete from job_runs where id = $1", [claimed.run.id]);
    }
  };

  test("has cumulative buckets whose upper bounds are included, a sum and a count", async () => {
    await withDurations(0.01, 0.05, 0.051, 2, 299, 300, 301);
    const name = "trending_metrics_job_duration_seconds";
    const { series, type } = (await families(true)).get(name) as Family;
    expect(type).toBe("histogram");
    const cumulative = [2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 6, 7];
    const bounds = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, "+Inf"];
    const { [`${name}_sum`]: sum, ...rest } = series;
    expect(sum).toBeCloseTo(902.111, 6);
    expect(rest).toEqual({
      ...Object.fromEntries(bounds.map((le, n) => [`${name}_bucket{le="${le}"}`, cumulative[n]])),
      [`${name}_count`]: 7,
    });
  });

  test("observes every execution that ended by itself, failed ones too", async () => {
    await work();
    expect(await seriesOf(true)).toMatchObject({
      'trending_metrics_job_duration_seconds_bucket{le="+Inf"}': 3,
      trending_metrics_job_duration_seconds_count: 3,
    });
  });
});

describe("totals", () => {
  const counters = async () => {
    const found = [...(await families(true)).values()].filter(({ type }) => type !== "gauge");
    return Object.assign({}, ...found.map(({ series }) => series)) as Family["series"];
  };

  test("do not fall when finished runs are pruned, and go on from there", async () => {
    await work();
    const before = await counters();
    await world.sql(
      "update job_runs set started_at = started_at - interval '1 year', finished_at = finished_at - interval '1 year'",
    );
    await world.db.rpc("prune_job_runs", { p_env: "dev", p_before: "2027-01-01T00:00:00Z" });
    expect(await world.sql("select from job_runs where status = 'failed'")).toEqual([]);
    expect(await counters()).toEqual(before);
    await run(failing);
    expect(await counters()).toMatchObject({
      trending_metrics_job_runs_total: 2,
      trending_metrics_job_failures_total: 2,
      trending_metrics_job_duration_seconds_count: 4,
    });
  });

  test("of runs that end at the same time lose none", async () => {
    await Promise.all(Array.from({ length: 20 }, () => run(failing)));
    expect((await counters()).trending_metrics_job_failures_total).toBe(20);
  });

  test("never keep a run from being closed, not even of a job that is not known here", async () => {
    const ask = { job: "unknown", env: "dev", scheduledFor: null, trigger: "cron", input: {} } as const;
    const { run } = await claimRun(world.db, { ...ask, occurrence: "one", leaseSeconds: 60 });
    await world.sql("truncate jobs cascade");
    const end = { p_status: "succeeded", p_outcome: "done", p_counts: {}, p_failure_rate: 0, p_error: null };
    const token = { p_run_id: run.id, p_lease_token: run.lease_token ?? "" };
    expect((await world.db.rpc("finish_job_run", { ...token, ...end })).data).toBe(true);
    expect(await world.sql("select job, succeeded from job_totals")).toEqual([
      { job: "unknown", succeeded: "1" },
    ]);
  });

  test("of a run that had lost its lease are its successor's alone", async () => {
    await run(failing);
    const end = { p_status: "succeeded", p_outcome: "", p_counts: {}, p_failure_rate: 0, p_error: null };
    const [{ id } = { id: "" }] = await world.sql<{ id: string }>("select id from job_runs");
    await world.db.rpc("finish_job_run", { p_run_id: id, p_lease_token: crypto.randomUUID(), ...end });
    expect(await counters()).toMatchObject({
      trending_metrics_job_runs_total: 0,
      trending_metrics_job_failures_total: 1,
    });
  });

  test("begin with what the ledger holds: the migration counts as the runs would have", async () => {
    await work();
    await runJob(failing, world.ctx, { trigger: "manual", occurrence: "again" });
    await runJob(refreshTrending, world.ctx, { trigger: "manual", occurrence: "again" });
    await world.db.rpc("skip_job_run", {
      ...{ p_job: "refresh-trending", p_env: "dev", p_occurrence: "resting", p_trigger: "cron" },
      p_outcome: "backing_off",
    });
    const columns = "env, job, succeeded, failed, skipped, duration_buckets, counts, last_success_counts";
    const rounded =
      "round(duration_seconds::numeric, 6) as sum, round(last_duration_seconds::numeric, 6) as last";
    const totals = () =>
      world.sql(
        `select ${columns}, ${rounded}, last_success_at, last_failure_at from job_totals order by 1, 2`,
      );
    const kept = await totals();
    expect(kept.map(({ job }) => job)).toEqual(["deliver-events", "finalize-ranking", "refresh-trending"]);
    await world.sql("truncate job_totals");
    const migration = await readFile(MIGRATION, "utf8");
    const backfill = /^insert into public\.job_totals\n.*?;$/ms.exec(migration)?.[0];
    await world.sql(backfill ?? "");
    expect(await totals()).toEqual(kept);
  });
});

describe.each([
  ["gauge", false],
  ["histogram", true],
])("with durations as a %s", (_, histogram) => {
  test.skipIf(!hasPromtool())("promtool finds nothing to complain of (needs promtool on PATH)", async () => {
    await work();
    await run(refreshTrending);
    expect(promtool(await scrape(histogram))).toEqual({ status: 0, output: "" });
  });
});

import { describe, expect, test } from "vitest";
import { type JobState, jobState } from "@/lib/admin/job-state";
import { summarise } from "@/lib/admin/summary";

const job = (name: string, state: JobState, nextRunAt: string | null = null, late = state === "late") => ({
  name,
  state,
  late,
  nextRunAt,
});

describe("the overview's sentence", () => {
  test("says that all are on time, a job within its grace among them", () => {
    expect(summarise([job("a", "on_time"), job("b", "due"), job("c", "on_demand")]).standing).toEqual({
      kind: "allOnTime",
      total: 3,
    });
  });

  test("names failures before lateness", () => {
    const { standing } = summarise([job("a", "late"), job("b", "failed"), job("c", "on_time")]);
    expect(standing).toEqual({ kind: "failing", total: 3, names: ["b"] });
  });

  test("names a late job though it is running by now", () => {
    const { standing, running } = summarise([job("a", "running", null, true), job("b", "on_time")]);
    expect(standing).toEqual({ kind: "late", total: 2, names: ["a"] });
    expect(running).toEqual(["a"]);
  });

  test("says so when nothing has ever run, or nothing is registered", () => {
    expect(summarise([job("a", "waiting"), job("b", "waiting")]).standing.kind).toBe("allWaiting");
    expect(summarise([])).toEqual({ standing: { kind: "none", total: 0 }, running: [], next: null });
  });

  test("ends with the soonest of all next runs", () => {
    const { next } = summarise([
      job("a", "on_time", "2026-11-22T14:00:00.000Z"),
      job("b", "on_time", "2026-11-22T13:05:00.000Z"),
      job("c", "on_demand"),
    ]);
    expect(next).toEqual({ name: "b", at: "2026-11-22T13:05:00.000Z" });
  });
});

describe("a job's state", () => {
  const health = {
    running: false,
    lastRun: null,
    lastSuccessAt: null,
    punctuality: "on_time",
    restsUntil: null,
  } as const;
  const run = (status: "failed" | "running" | "succeeded" | "skipped") => ({
    id: "1",
    status,
    outcome: null,
    trigger: "cron",
    attempt: 1,
    started_at: null,
    finished_at: null,
    error: null,
    progress: null,
    lease_expires_at: null,
  });

  test("is running while its lease is held, and failed when the process holding it vanished", () => {
    expect(jobState({ ...health, running: true, lastRun: run("running") })).toBe("running");
    expect(jobState({ ...health, running: false, lastRun: run("running") })).toBe("failed");
  });

  test("is failed after a failed run, however punctual", () => {
    expect(jobState({ ...health, lastRun: run("failed"), punctuality: "late" })).toBe("failed");
  });

  test("is failed while it rests after failures, though its latest run was skipped", () => {
    const resting = { ...health, lastRun: run("skipped"), restsUntil: "2026-11-22T13:25:00Z" };
    expect(jobState(resting)).toBe("failed");
    expect(jobState({ ...resting, restsUntil: null })).toBe("on_time");
  });

  test("is on time once it succeeded by hand ahead of its first schedule", () => {
    const ahead = { ...health, punctuality: "waiting" } as const;
    expect(jobState(ahead)).toBe("waiting");
    expect(jobState({ ...ahead, lastRun: run("succeeded"), lastSuccessAt: "2026-11-22T00:00:00Z" })).toBe(
      "on_time",
    );
  });
});

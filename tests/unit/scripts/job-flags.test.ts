import { describe, expect, test } from "vitest";
import { findJob, registry } from "@/lib/jobs/registry";
import { COMMON_FLAGS, flagsOf, readCall, readInput, usage } from "@/scripts/job-flags";

/** The input that a command line makes, or what it is refused with. */
function inputOf(...argv: string[]): unknown {
  const call = readCall(argv);
  if (call.kind !== "run") return call.kind === "wrong" ? call.message : call.kind;
  const read = readInput(call.job, call.json, call.flags);
  return "message" in read ? read.message : read.input;
}

describe("flags of a job", () => {
  test.each(registry)("$name has a flag for every field, none called like a common one", (job) => {
    const names = flagsOf(job).map(({ flag }) => flag);
    expect(names.filter((name) => name in COMMON_FLAGS)).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(usage(job)).toContain(`--${name}`);
  });

  test.each(registry)("$name tells what each of its flags is for", (job) => {
    for (const { flag, description } of flagsOf(job)) expect([flag, description]).not.toEqual([flag, ""]);
  });

  test.each<[string[], unknown]>([
    [["finalize-ranking", "--theme-id", "t1"], { theme_id: "t1" }],
    [["finalize-ranking", "--theme-id", "t1", "--force"], { theme_id: "t1", force: true }],
    [["finalize-ranking", "--theme-id=t1", "--input", '{"force":true}'], { theme_id: "t1", force: true }],
    [
      ["finalize-ranking", "--date", "2026-11-21", "--input", '{"date":"2026-11-22"}'],
      { date: "2026-11-21" },
    ],
    [["check-rank", "--accept"], { accept: true }],
    [
      ["--env", "prod", "--backfill", "--minutes", "180", "refresh-trending", "--step", "30"],
      { backfill: true, minutes: 180, step: 30 },
    ],
    [["refresh-trending", "--backfill", "--compare"], { backfill: true, compare: true }],
    [["refresh-trending", "--compare", "--minutes", "60"], { compare: true, minutes: 60 }],
    [["refresh-trending", "--input", '{"backfill":"true","minutes":"60"}'], { backfill: true, minutes: 60 }],
    [["sweep"], {}],
  ])("%j makes %j", (argv, input) => {
    expect(inputOf(...argv)).toEqual(input);
  });

  test.each<[string[], RegExp]>([
    [["refresh-trending", "--backfil"], /^Unknown option '--backfil'$/],
    [["refresh-trending", "--theme-id", "t1"], /^Unknown option '--theme-id'$/],
    [["refresh-trending", "--backfill=no"], /'--backfill' does not take an argument/],
    [["refresh-trending", "--backfill", "--minutes"], /--minutes.*argument missing/],
    [["refresh-trending", "--backfill", "--minutes", "soon"], /^--minutes: must be a whole number$/],
    [["refresh-trending", "--backfill", "--minutes", "90.5"], /^--minutes: must be a whole number$/],
    [["refresh-trending", "--backfill", "--minutes", "4"], /^--minutes: must be at least 5$/],
    [["refresh-trending", "--backfill", "--minutes", "20161"], /^--minutes: must be at most 20160$/],
    [
      ["refresh-trending", "--backfill", "--minutes", "2881"],
      /^--minutes: must be at most 2880: older history/,
    ],
    [["refresh-trending", "--backfill", "--minutes", "30"], /^--minutes: must not be less than step$/],
    [["refresh-trending", "--backfill", "--step", "45"], /^--step: must divide an hour, or be whole hours$/],
    [["refresh-trending", "--minutes", "60"], /^--minutes: needs backfill or compare$/],
    [["refresh-trending", "--step", "60"], /^--step: needs backfill$/],
    [["refresh-trending", "--compare", "--again"], /^--again: needs backfill$/],
    [["refresh-trending", "--input", '{"minutes":60}'], /^--input minutes: needs backfill or compare$/],
    [["refresh-trending", "--input", '{"hours":6}'], /^--input: .*hours/],
    [["refresh-trending", "--input", "[]", "--backfill"], /^--input: /],
    [["finalize-ranking", "--date", "today"], /^--date: must be a date like 2026-11-22$/],
    [["finalize-ranking", "--force"], /^--force: needs theme_id or date$/],
    [["finalize-ranking", "sweep"], /^unexpected: sweep$/],
    [["close-ranking", "--force"], /./],
  ])("%j is refused: %s", (argv, message) => {
    expect(inputOf(...argv)).toMatch(message);
  });

  test("help lists a job's flags, and the jobs without one", () => {
    expect(readCall(["refresh-trending", "--help"])).toMatchObject({
      kind: "help",
      job: { name: "refresh-trending" },
    });
    expect(readCall(["-h"])).toEqual({ kind: "help", job: undefined });
    expect(usage(findJob("refresh-trending"))).toMatch(/^ {2}--minutes <value> {2}how far back .*1440/m);
    expect(usage(findJob("refresh-trending"))).toMatch(/^ {2}--backfill {9}count past windows/m);
    expect(usage()).toContain("refresh-trending");
  });
});

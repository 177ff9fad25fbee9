import { afterEach, describe, expect, test, vi } from "vitest";
import { finalizeBody, rankingQuery } from "@/lib/contest/api";
import { decodeCursor, encodeCursor } from "@/lib/contest/cursor";
import { finalizeInput } from "@/lib/jobs/finalize-ranking";
import { Problem, parseOrProblem, queryOf } from "@/lib/platform/problem";

const fieldsOf = (call: () => unknown): string[] => {
  try {
    call();
  } catch (error) {
    return ((error as Problem).extra.errors as { field: string }[]).map(({ field }) => field);
  }
  throw new Error("nothing was refused");
};

describe("bad input names its field", () => {
  test.each([
    [{}, ["theme_id"]],
    [{ theme_id: "" }, ["theme_id"]],
    [{ theme_id: "t", limit: "0" }, ["limit"]],
    [{ theme_id: "t", limit: "1.5" }, ["limit"]],
    [{ theme_id: "t", limit: "many" }, ["limit"]],
    [{ theme_id: "t", limit: "201" }, ["limit"]],
    [{ theme_id: "t", source: "guess" }, ["source"]],
    [{ theme_id: "t", cursor: "c", around: "w" }, ["cursor"]],
    [{ theme_id: "t", page: "2" }, ["page"]],
  ])("a ranking query %j", (query, fields) => {
    expect(fieldsOf(() => parseOrProblem(rankingQuery, query))).toEqual(fields);
  });

  test.each([
    [{}, ["theme_id"]],
    [{ theme_id: "t", date: "2026-11-22" }, ["theme_id"]],
    [{ date: "22.11.2026" }, ["date"]],
    [{ theme_id: "t", force: "yes" }, ["force"]],
    [[], ["body"]],
  ])("a finalize body %j", (body, fields) => {
    expect(fieldsOf(() => parseOrProblem(finalizeBody, body))).toEqual(fields);
  });

  test.each([
    [{ date: "2026-02-30" }, ["date"]],
    [{ force: "true" }, ["force"]],
    [{ theme_id: "t", force: "maybe" }, ["force"]],
  ])("a finalize-ranking input %j", (input, fields) => {
    expect(fieldsOf(() => parseOrProblem(finalizeInput, input))).toEqual(fields);
  });

  test("a parameter given twice", () => {
    expect(fieldsOf(() => queryOf(new Request("http://app.test/?limit=1&limit=2")))).toEqual(["limit"]);
  });

  test.each(["garbage", encodeCursor({ of: 1, afterRank: 0 }), Buffer.from("[1]").toString("base64url")])(
    "a cursor nobody gave out: %s",
    (cursor) => {
      expect(fieldsOf(() => decodeCursor(cursor))).toEqual(["cursor"]);
    },
  );
});

test("a cursor is read back as it was written", () => {
  for (const cursor of [
    { of: "live", afterRank: 7 },
    { of: 3, afterRank: 100 },
  ] as const) {
    expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
  }
});

test("a problem answers as RFC 9457 says", async () => {
  const response = new Problem(409, "ranking_conflict", "differs", {
    extra: { theme_id: "t1" },
  }).toResponse();
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toEqual({
    type: "urn:banzuke:problem:ranking_conflict",
    title: "Conflict",
    status: 409,
    code: "ranking_conflict",
    detail: "differs",
    theme_id: "t1",
  });
});

describe("settings", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  test("name every offender and never repeat a value", async () => {
    vi.stubEnv("CRON_SECRET", "short");
    const { cronEnv, redisEnv } = await import("@/lib/platform/env");
    expect(cronEnv).toThrow(
      /^Configuration: CRON_SECRET must have at least 16 characters\. See \.env\.example\.$/,
    );
    expect(redisEnv).toThrow(/UPSTASH_REDIS_REST_URL is not set; UPSTASH_REDIS_REST_TOKEN is not set/);
  });

  test.each([
    ["all", "all"],
    ["250", 250],
    ["", 100],
  ])("CONTEST_TOP_N=%j is %j", async (value, expected) => {
    vi.stubEnv("CONTEST_TOP_N", value);
    const { contestEnv } = await import("@/lib/platform/env");
    expect(contestEnv().CONTEST_TOP_N).toBe(expected);
  });
});

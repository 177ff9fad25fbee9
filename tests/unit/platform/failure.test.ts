import { describe, expect, test } from "vitest";
import { failureOf, reasonOf } from "@/lib/platform/failure";
import { RedisError } from "@/lib/platform/redis";

describe("a failure as it is written down", () => {
  test("keeps the code and the permanence an error carries", () => {
    const error = Object.assign(new Error("differs"), { code: "ranking_conflict", permanent: true });
    expect(failureOf(error)).toEqual({ code: "ranking_conflict", message: "differs", permanent: true });
  });

  test.each([
    [new RangeError("too far"), { code: "range_error", message: "too far", permanent: false }],
    ["a string", { code: "unexpected", message: "a string", permanent: false }],
    [undefined, { code: "unexpected", message: "undefined", permanent: false }],
  ])("makes something sensible of %s", (thrown, failure) => {
    expect(failureOf(thrown)).toEqual(failure);
  });

  test("names the innermost cause, so that nobody reads just 'fetch failed'", () => {
    const refused = new Error("connect ECONNREFUSED 127.0.0.1:1");
    const failed = new TypeError("fetch failed", { cause: new Error("inner", { cause: refused }) });
    expect(reasonOf(failed)).toBe("fetch failed: connect ECONNREFUSED 127.0.0.1:1");
    expect(new RedisError(failed).message).toBe(
      "Redis could not be asked: fetch failed: connect ECONNREFUSED 127.0.0.1:1",
    );
    expect(reasonOf(refused)).toBe("connect ECONNREFUSED 127.0.0.1:1");
  });
});

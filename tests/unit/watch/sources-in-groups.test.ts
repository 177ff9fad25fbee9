import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ReadingFailure } from "@/lib/watch/sources/failures";
import { type ReadingTask, readInGroups } from "@/lib/watch/sources/in-groups";
import { sleep } from "@/lib/watch/sources/pace";
import { SourceUnavailableError } from "@/lib/watch/sources/source";
import type { ArticleReading } from "@/lib/watch/types";
import { collect, context } from "./sources-server";

const seed = { seed: 20261122 };
const limits = { concurrency: 10, downAfter: 20 };
const ok = (articleId: string): ArticleReading => ({ articleId, reading: { status: "ok", position: 1 } });
const passing = new ReadingFailure("timeout", "no answer", { permanent: false });
const permanent = new ReadingFailure("refused", "400", { permanent: true });

type Ending = "ok" | "passing" | "permanent" | "defect";
function task(articleIds: string[], ending: Ending = "ok"): ReadingTask {
  return {
    articleIds,
    read: async () => {
      if (ending === "passing") throw passing;
      if (ending === "permanent") throw permanent;
      if (ending === "defect") throw new TypeError("x is not a function");
      return articleIds.map(ok);
    },
  };
}
const codes = (readings: ArticleReading[]) =>
  readings.map(({ reading }) => (reading.status === "failed" ? reading.error.code : reading.status));

describe("readings in groups", () => {
  test("hold each article exactly once, whatever its question came to and in which order", async () => {
    const endings = fc.constantFrom<Ending>("ok", "passing", "permanent", "defect");
    const questions = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), endings), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(questions, fc.integer({ min: 1, max: 20 }), async (all, concurrency) => {
        const tasks = all.map(([size, ending], index) =>
          task(
            Array.from({ length: size }, (_, n) => `${index}-${n}`),
            ending,
          ),
        );
        const { readings, thrown } = await collect(
          readInGroups(context().ctx, tasks, { concurrency, downAfter: 3 }),
        );
        expect(thrown).toBeUndefined();
        expect(readings.map(({ articleId }) => articleId).sort()).toEqual(
          tasks.flatMap(({ articleIds }) => articleIds).sort(),
        );
        for (const { reading } of readings) {
          expect("position" in reading).toBe(reading.status === "ok");
        }
      }),
      { ...seed, numRuns: 50 },
    );
  });

  test("of 10,000 articles come in groups of at most 200, each article once", async () => {
    const tasks = Array.from({ length: 10_000 }, (_, index) => task([String(index)]));
    const { readings, sizes } = await collect(readInGroups(context().ctx, tasks, limits));
    expect(new Set(readings.map(({ articleId }) => articleId)).size).toBe(10_000);
    expect(readings).toHaveLength(10_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
  });

  test("come after two seconds even when there are few", async () => {
    const run = new AbortController();
    const slow: ReadingTask = {
      articleIds: ["slow"],
      read: async (signal) => {
        await sleep(60_000, signal);
        return [];
      },
    };
    const groups = readInGroups(context(run.signal).ctx, [task(["quick"]), slow], limits);
    const started = performance.now();
    expect((await groups.next()).value).toEqual([ok("quick")]);
    expect(performance.now() - started).toBeLessThan(4_000);
    await groups.return(undefined);
  });

  test("never have more questions under way than allowed", async () => {
    let underWay = 0;
    let most = 0;
    const tasks = Array.from({ length: 50 }, (_, index) => ({
      articleIds: [String(index)],
      read: async (signal: AbortSignal) => {
        most = Math.max(most, ++underWay);
        await sleep(1, signal);
        underWay -= 1;
        return [ok(String(index))];
      },
    }));
    await collect(readInGroups(context().ctx, tasks, { concurrency: 7, downAfter: 20 }));
    expect(most).toBe(7);
  });
});

describe("one failing article", () => {
  test("does not stop the others", async () => {
    const tasks = [task(["a"], "permanent"), task(["b"]), task(["c"], "passing"), task(["d"])];
    const { readings } = await collect(readInGroups(context().ctx, tasks, limits));
    expect(codes(readings)).toEqual(["refused", "ok", "timeout", "ok"]);
  });

  test("that fails by a defect of ours is failed and logged", async () => {
    const { ctx, warnings } = context();
    const { readings } = await collect(readInGroups(ctx, [task(["a"], "defect"), task(["b"])], limits));
    expect(codes(readings)).toEqual(["unexpected", "ok"]);
    expect(warnings).toMatchObject([{ event: "reading.unexpected", articleIds: ["a"] }]);
  });
});

describe("a provider that is down", () => {
  const inTurn = { concurrency: 1, downAfter: 20 };

  test("is not asked any more after twenty questions in a row failed in passing", async () => {
    let asked = 0;
    const tasks = Array.from({ length: 100 }, (_, index) => ({
      articleIds: [String(index)],
      read: async () => {
        asked += 1;
        throw passing;
      },
    }));
    const { ctx, warnings } = context();
    const { readings } = await collect(readInGroups(ctx, tasks, inTurn));
    expect(asked).toBe(20);
    expect(codes(readings).filter((code) => code === "source_down")).toHaveLength(80);
    expect(readings.every(({ reading }) => reading.status === "failed" && !reading.error.permanent)).toBe(
      true,
    );
    expect(warnings).toMatchObject([{ event: "source.down", code: "timeout" }]);
  });

  test("is given another chance by every answer", async () => {
    const tasks = Array.from({ length: 100 }, (_, index) =>
      task([String(index)], index % 20 === 19 ? "ok" : "passing"),
    );
    const { readings } = await collect(readInGroups(context().ctx, tasks, inTurn));
    expect(codes(readings)).not.toContain("source_down");
  });

  test("is not told by articles whose question is wrong", async () => {
    const tasks = Array.from({ length: 100 }, (_, index) => task([String(index)], "permanent"));
    const { readings } = await collect(readInGroups(context().ctx, tasks, inTurn));
    expect(new Set(codes(readings))).toEqual(new Set(["refused"]));
  });
});

describe("a provider that refuses this installation", () => {
  test("ends the reading, after what was read before was handed over", async () => {
    const refusal = new SourceUnavailableError("unauthorized", "403", { permanent: true });
    const tasks = [task(["a"]), task(["b"]), { articleIds: ["c"], read: () => Promise.reject(refusal) }];
    const { readings, thrown } = await collect(
      readInGroups(context().ctx, [...tasks, task(["d"])], { concurrency: 1, downAfter: 20 }),
    );
    expect(readings.map(({ articleId }) => articleId)).toEqual(["a", "b"]);
    expect(thrown).toBe(refusal);
  });
});

describe("an aborted run", () => {
  test("is handed nothing more, not even what was read already, and at once", async () => {
    const run = new AbortController();
    let started = 0;
    const ids = Array.from({ length: 300 }, (_, index) => `quick-${index}`);
    const slow = Array.from({ length: 1_000 }, (_, index) => ({
      articleIds: [String(index)],
      read: async (signal: AbortSignal) => {
        started += 1;
        await sleep(60_000, signal);
        return [ok(String(index))];
      },
    }));
    const got: string[] = [];
    let abortedAt = 0;
    for await (const group of readInGroups(context(run.signal).ctx, [task(ids), ...slow], limits)) {
      got.push(...group.map(({ articleId }) => articleId));
      abortedAt = performance.now();
      run.abort();
    }
    expect(got).toHaveLength(200);
    expect(performance.now() - abortedAt).toBeLessThan(1_000);
    expect(started).toBeLessThanOrEqual(limits.concurrency);
  });

  test("asks nothing when it was aborted before it began", async () => {
    let asked = 0;
    const tasks = [{ articleIds: ["a"], read: async () => [ok(String(++asked))] }];
    const { readings, thrown } = await collect(readInGroups(context(AbortSignal.abort()).ctx, tasks, limits));
    expect([readings, thrown, asked]).toEqual([[], undefined, 0]);
  });
});

import { PassThrough } from "node:stream";
import type { WriteStream } from "node:tty";
import { describe, expect, test } from "vitest";
import { describeProgress, progressBar, progressLines } from "@/scripts/job-progress";

describe("progress without a terminal", () => {
  const follow = () => {
    let now = 0;
    const lines: string[] = [];
    const view = progressLines(
      "a-job",
      (line) => lines.push(line),
      () => now,
    );
    return {
      lines,
      at: (ms: number, done: number, total: number | null, unit = "rows") => {
        now = ms;
        view.show({ done, total, unit });
      },
    };
  };

  test("is a line at each tenth, with what is gone and what is left", () => {
    const { lines, at } = follow();
    for (let done = 0; done <= 200; done += 1) at(done * 100, done, 200);
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe("a-job: 20/200 rows (10 %), 2 s, about 18 s left");
    expect(lines[9]).toBe("a-job: 200/200 rows (100 %), 20 s");
  });

  test("skips tenths that were never seen, and says nothing twice", () => {
    const { lines, at } = follow();
    for (const done of [0, 1, 1, 2, 3, 3]) at(1_000 * done, done, 3);
    expect(lines).toHaveLength(3);
  });

  test("begins anew with another unit, whose time counts from the end of the last one", () => {
    const { lines, at } = follow();
    at(5_000, 1, 1, "themes");
    at(65_000, 1, 2, "works");
    expect(lines).toEqual([
      "a-job: 1/1 themes (100 %), 5 s",
      "a-job: 1/2 works (50 %), 1 min 0 s, about 1 min 0 s left",
    ]);
  });

  test("counts in powers of two where nobody knows the total", () => {
    const { lines, at } = follow();
    for (let done = 0; done <= 9; done += 1) at(done * 1_000, done, null, "batches");
    expect(lines.map((line) => /(\d+) batches/.exec(line)?.[1])).toEqual(["1", "2", "4", "8"]);
  });
});

test("nothing to do is all done", () => {
  expect(describeProgress({ done: 0, total: 0, unit: "rows" }, 0)).toBe("0/0 rows (100 %), 0 s");
});

const ESC = "\u001b";
const TOKENS = new RegExp(`(${ESC}\\[[0-9;?]*[A-Za-z])|(\\n)|([^\\n])`, "g");

/** What a terminal shows of what was written to it: lines, each erased and drawn over where asked. */
function screenOf(written: string): string[] {
  const lines = [""];
  let column = 0;
  for (const [, command, newline, char] of written.matchAll(TOKENS)) {
    const line = lines.at(-1) ?? "";
    if (newline) {
      lines.push("");
      column = 0;
    } else if (char) {
      lines[lines.length - 1] = line.slice(0, column) + char + line.slice(column + 1);
      column += 1;
    } else if (command === `${ESC}[1G`) column = 0;
    else if (command === `${ESC}[2K`) lines[lines.length - 1] = " ".repeat(column);
    else if (command === `${ESC}[0K`) lines[lines.length - 1] = line.slice(0, column);
  }
  return lines.map((line) => line.trimEnd());
}

test("on a terminal log lines stay whole above the bar, and the bar stays last", () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 120 });
  const chunks: string[] = [];
  terminal.on("data", (chunk: Buffer) => chunks.push(String(chunk)));
  const view = progressBar("a-job", terminal as unknown as WriteStream);
  const log = (line: string) => view.around(() => terminal.write(`${line}\n`));
  log('{"event":"job.started"}');
  view.show({ done: 0, total: 4, unit: "window ends" });
  log('{"event":"one"}');
  view.show({ done: 2, total: 4, unit: "window ends" });
  log('{"event":"two"}');
  view.show({ done: 4, total: 4, unit: "window ends" });
  view.stop();
  log('{"event":"job.succeeded"}');
  const screen = screenOf(chunks.join(""));
  expect(screen.filter((line) => line.startsWith("{"))).toEqual([
    '{"event":"job.started"}',
    '{"event":"one"}',
    '{"event":"two"}',
    '{"event":"job.succeeded"}',
  ]);
  expect(screen[3]).toBe(`a-job ${"█".repeat(24)} 4/4 window ends (100 %), 0 s`);
});

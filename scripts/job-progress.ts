import { clearLine, cursorTo } from "node:readline";
import type { WriteStream } from "node:tty";
import { MultiBar } from "cli-progress";
import type { Progress } from "@/lib/engine/define-job";

/** Shows on stderr how far a run has come: stdout belongs to the log. */
export interface ProgressView {
  show: (progress: Progress) => void;
  /** Takes the bar away while something else is written to the same terminal, and draws it again. */
  around: (write: () => void) => void;
  stop: () => void;
}

/** A bar on a terminal; elsewhere a line at each tenth. */
export function progressView(job: string, stream: WriteStream): ProgressView {
  return stream.isTTY
    ? progressBar(job, stream)
    : progressLines(job, (line) => stream.write(`${line}\n`), Date.now);
}

/** A line whenever another tenth is done; where the total is unknown, at 1, 2, 4, 8, … `clock` in ms. */
export function progressLines(job: string, print: (line: string) => void, clock: () => number): ProgressView {
  const follow = legsBy(clock);
  let printed = 0;
  return {
    show: (progress) => {
      const leg = follow(progress);
      if (leg.isNew) printed = 0;
      const { done, total } = progress;
      const step = total === null ? Math.floor(Math.log2(done)) + 1 : Math.floor((done / total) * 10);
      if (!(step > printed)) return;
      printed = step;
      print(`${job}: ${describeProgress(progress, clock() - leg.startedAt)}`);
    },
    around: (write) => write(),
    stop: () => undefined,
  };
}

/** A bar that is drawn anew several times a second, so that its clock goes on while nothing is reported. */
export function progressBar(job: string, stream: WriteStream): ProgressView {
  const follow = legsBy(Date.now);
  let startedAt = Date.now();
  let shown: Progress = { done: 0, total: null, unit: "" };
  const bars = new MultiBar({
    stream,
    fps: 5,
    forceRedraw: true,
    // Log lines must go on wrapping; the bar itself is cut at the terminal's width.
    linewrap: true,
    format: (_, { progress }) => {
      const full = Math.round(progress * BAR_WIDTH);
      const drawn = shown.total === null ? "" : `${"█".repeat(full)}${"░".repeat(BAR_WIDTH - full)} `;
      return `${job} ${drawn}${describeProgress(shown, Date.now() - startedAt)}`;
    },
  });
  let bar: ReturnType<typeof bars.create> | undefined;
  return {
    show: (progress) => {
      startedAt = follow(progress).startedAt;
      shown = progress;
      bar ??= bars.create(progress.total ?? 1, 0);
      bar.setTotal(progress.total ?? 1);
      bar.update(progress.done);
    },
    around: (write) => {
      if (!bar) return write();
      clearLine(stream, 0);
      cursorTo(stream, 0);
      write();
      bars.update();
    },
    stop: () => {
      if (bar) bars.stop();
      bar = undefined;
    },
  };
}

const BAR_WIDTH = 24;

/** A leg counts one unit: another begins where the last one ended, with a clock and tenths of its own. */
function legsBy(clock: () => number) {
  let last: Progress | null = null;
  let reportedAt = clock();
  let startedAt = reportedAt;
  return (progress: Progress): { isNew: boolean; startedAt: number } => {
    const isNew = progress.unit !== last?.unit || progress.done < last.done;
    if (isNew) startedAt = reportedAt;
    last = progress;
    reportedAt = clock();
    return { isNew, startedAt };
  };
}

/** `12/24 window ends (50 %), 6 s, about 6 s left`; what is left is reckoned from the pace so far. */
export function describeProgress({ done, total, unit }: Progress, elapsedMs: number): string {
  if (total === null) return `${done} ${unit}, ${duration(elapsedMs)}`;
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  const text = `${done}/${total} ${unit} (${percent} %), ${duration(elapsedMs)}`;
  if (done === 0 || done >= total) return text;
  return `${text}, about ${duration((elapsedMs / done) * (total - done))} left`;
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

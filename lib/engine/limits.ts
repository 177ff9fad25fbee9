import type { AnyJob, JobResult } from "@/lib/engine/define-job";
import { JobError } from "@/lib/engine/errors";

/** The work's result, or a rejection as soon as the signal aborts: a job that hangs still ends. */
export async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Aborted with a {@link JobError} after so many seconds. */
export function deadline(seconds: number): AbortSignal {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(
      new JobError("deadline_exceeded", `the run took longer than ${seconds} s`, { permanent: false }),
    );
  }, seconds * 1000);
  timer.unref();
  return controller.signal;
}

/** Throws a {@link JobError} when more items failed than the job accepts. */
export function assertFailureRate(job: AnyJob, result: JobResult): void {
  const rate = result.failureRate ?? 0;
  if (rate <= job.maxFailureRate) return;
  throw new JobError(
    "failure_rate_exceeded",
    `${(rate * 100).toFixed(1)} % of the items failed; at most ${(job.maxFailureRate * 100).toFixed(1)} % are accepted`,
    { permanent: false, counts: result.counts },
  );
}

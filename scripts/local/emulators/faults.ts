import { z } from "zod";

/**
 * How the next requests fail, as `POST /_emulate/fail` takes it. `status` 0 never answers; without a status the
 * answer is only late. `processed` does the work first and then fails: the case where nobody knows what happened.
 */
export const Fault = z.strictObject({
  status: z.int().min(0).max(599).optional(),
  times: z.int().min(1).default(1),
  delayMs: z.int().min(0).default(0),
  retryAfter: z.union([z.int(), z.string()]).optional(),
  processed: z.boolean().default(false),
});
export type Fault = z.infer<typeof Fault>;

/** What is asked for a number of times: `take` hands it out that often, the oldest first. */
export class Queue<T extends { times: number }> {
  private waiting: T[] = [];

  add(item: T): void {
    this.waiting.push({ ...item });
  }

  take(): T | undefined {
    const [first] = this.waiting;
    if (!first) return undefined;
    first.times -= 1;
    if (first.times === 0) this.waiting.shift();
    return first;
  }

  clear(): void {
    this.waiting = [];
  }
}

/** Fails one request; `work` is what would have answered it. An answer that never comes stays pending. */
export async function failWith(fault: Fault, work: () => Promise<Response>): Promise<Response> {
  const done = fault.processed || fault.status === undefined ? await work() : undefined;
  if (fault.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (fault.status === 0) return new Promise<Response>(() => undefined);
  if (fault.status === undefined) return done ?? work();
  const message = "failed as asked by POST /_emulate/fail";
  // Every provider's SDK finds its own error shape in here.
  const body = {
    statusCode: fault.status,
    name: "emulated_failure",
    message,
    errors: [{ code: "EMULATED_FAILURE", message }],
  };
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
  return Response.json(body, { status: fault.status, headers });
}

/**
 * Why a job stopped. `permanent` decides what follows: a permanent failure waits for a person,
 * a passing one is tried again by `sweep`.
 */
export class JobError extends Error {
  readonly code: string;
  readonly permanent: boolean;
  /** What the run had counted before it stopped; kept in the ledger. */
  readonly counts: Record<string, number>;
  /** Facts for whoever asked; answered, not stored. */
  readonly details: unknown;
  /** Part of the plan: the work goes on at the next attempt, and nobody need be alarmed. */
  readonly expected: boolean;
  constructor(
    code: string,
    message: string,
    options: {
      permanent: boolean;
      counts?: Record<string, number>;
      details?: unknown;
      expected?: boolean;
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.name = "JobError";
    this.code = code;
    this.permanent = options.permanent;
    this.counts = options.counts ?? {};
    this.details = options.details;
    this.expected = options.expected ?? false;
  }
}

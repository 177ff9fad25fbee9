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
  constructor(
    code: string,
    message: string,
    options: { permanent: boolean; counts?: Record<string, number>; details?: unknown; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = "JobError";
    this.code = code;
    this.permanent = options.permanent;
    this.counts = options.counts ?? {};
    this.details = options.details;
  }
}

/** How a failure is written to the ledger, to logs and to operators. */
export interface Failure {
  code: string;
  message: string;
  permanent: boolean;
}

/** Turns anything thrown into a {@link Failure}; errors that carry `code` and `permanent` keep them. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: "unexpected", message: String(error), permanent: false };
  const { code, permanent } = error as Partial<Failure>;
  return {
    code: typeof code === "string" && code !== "" ? code : snakeCase(error.name),
    message: error.message,
    permanent: permanent === true,
  };
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}

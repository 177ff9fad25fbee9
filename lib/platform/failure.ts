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

/** An error's message with that of its innermost cause: "fetch failed" alone tells an operator nothing. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  let innermost = error;
  while (innermost.cause instanceof Error) innermost = innermost.cause;
  const cause = innermost.message;
  return error.message.includes(cause) || cause === "" ? error.message : `${error.message}: ${cause}`;
}

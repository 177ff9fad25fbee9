/** A failure whose message is the whole story for the person at the terminal: one sentence, no stack trace. */
export class StackError extends Error {
  override name = "StackError";
}

/** The readable message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a Node.js system error such as `ENOENT`, or undefined. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

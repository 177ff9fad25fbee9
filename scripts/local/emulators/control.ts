import { z } from "zod";

/** What `POST /_emulate/<name>` does with its JSON; the result is answered as JSON, or `{ ok: true }`. */
export type Control = (body: unknown) => Promise<Response>;

/** A control that refuses what its schema does not take with 400, and what it cannot do when `run` throws. */
export function control<Schema extends z.ZodType>(
  schema: Schema,
  run: (input: z.infer<Schema>) => unknown,
): Control {
  return async (body) => {
    const input = schema.safeParse(body);
    if (!input.success) return Response.json({ error: z.prettifyError(input.error) }, { status: 400 });
    try {
      return Response.json((await run(input.data)) ?? { ok: true });
    } catch (error) {
      return Response.json(
        { error: error instanceof Error ? error.message : String(error) },
        { status: 400 },
      );
    }
  };
}

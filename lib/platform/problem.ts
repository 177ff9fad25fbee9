import { z } from "zod";

/** A field of the request that was not as it must be. */
export interface InvalidField {
  field: string;
  message: string;
}

/** An answer of RFC 9457: thrown or returned anywhere below a route, it becomes `application/problem+json`. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly extra: Record<string, unknown>;
  readonly headers: Record<string, string>;
  constructor(
    status: number,
    code: string,
    detail: string,
    options: { extra?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.extra = options.extra ?? {};
    this.headers = options.headers ?? {};
  }

  toResponse(): Response {
    const body = {
      type: `urn:banzuke:problem:${this.code}`,
      title: TITLES[this.status] ?? "Error",
      status: this.status,
      code: this.code,
      detail: this.message,
      ...this.extra,
    };
    return new Response(JSON.stringify(body), {
      status: this.status,
      headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...this.headers },
    });
  }
}

const TITLES: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  408: "Request Timeout",
  409: "Conflict",
  410: "Gone",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** A 400 that names each offending field. */
export function invalidRequest(fields: InvalidField[]): Problem {
  const detail = fields.map(({ field, message }) => `${field}: ${message}`).join("; ");
  return new Problem(400, "invalid_request", detail, { extra: { errors: fields } });
}

/** Parses with zod, or throws the 400 that names the fields. */
export function parseOrProblem<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalidRequest(
    result.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((field) => ({ field, message: "is not a known field" }))
        : [{ field: issue.path.join(".") || "body", message: issue.message }],
    ),
  );
}

/** Query parameters as an object; a parameter given twice is a 400 that names it. */
export function queryOf(request: Request): Record<string, string> {
  const params = new URL(request.url).searchParams;
  const twice = [...new Set(params.keys())].filter((name) => params.getAll(name).length > 1);
  if (twice.length > 0) {
    throw invalidRequest(twice.map((field) => ({ field, message: "is given more than once" })));
  }
  return Object.fromEntries(params);
}

/** The schema of every error body, for the OpenAPI document and for clients. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});

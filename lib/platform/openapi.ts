import { z } from "zod";
import { problemSchema } from "@/lib/platform/problem";

/** One operation of the public API, described by the schemas that its route validates with. */
export interface Operation {
  path: string;
  method: "get" | "post" | "delete";
  summary: string;
  /** Who may call it; `public` is rate-limited. */
  auth: "public" | "cron" | "serviceRole" | "user";
  query?: z.ZodType;
  body?: z.ZodType;
  /** The body of the 200 answer. */
  response: z.ZodType;
  /** Problem statuses beside 400, 401 and 429 with what they mean. */
  problems?: Record<number, string>;
}

/** An OpenAPI 3.1 document of the given operations. */
export function openApiDocument(operations: Operation[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Banzuke",
      version: "1",
      description: "Errors are RFC 9457 problems with a stable `code`.",
    },
    paths,
    components: {
      securitySchemes: {
        cron: { type: "http", scheme: "bearer", description: "CRON_SECRET" },
        serviceRole: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "a JWT of role service_role, or the project's secret key",
        },
        user: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "the user's own access token (sub), or the service role's bearer",
        },
      },
      schemas: { Problem: jsonSchema(problemSchema, "output") },
    },
  };
}

function describe(operation: Operation): Record<string, unknown> {
  const { summary, auth, query, body, response, problems = {} } = operation;
  const refusals = new Map<number, string>();
  if (query || body) refusals.set(400, "A field is not as it must be; `errors` names it.");
  if (body) {
    refusals.set(408, "The body did not arrive in time.");
    refusals.set(413, "The body is too long.");
    refusals.set(415, "The body is not application/json.");
  }
  if (auth === "public") refusals.set(429, "Too many requests; see Retry-After.");
  else refusals.set(401, "No valid bearer.");
  if (auth === "user" || auth === "serviceRole")
    refusals.set(503, "The keys that tell whose token this is cannot be read.");
  for (const [status, meaning] of Object.entries(problems)) refusals.set(Number(status), meaning);
  return {
    summary,
    operationId: `${operation.method}${operation.path.replace(/\W+(\w)/g, (_, letter) => letter.toUpperCase())}`,
    ...(auth === "public" ? {} : { security: [{ [auth]: [] }] }),
    ...(query ? { parameters: parametersOf(query) } : {}),
    ...(body ? { requestBody: { required: true, content: json(jsonSchema(body, "input")) } } : {}),
    responses: {
      200: { description: "OK", content: json(jsonSchema(response, "output")) },
      ...Object.fromEntries(
        [...refusals].map(([status, description]) => [status, { description, content: PROBLEM }]),
      ),
    },
  };
}

const PROBLEM = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };

function json(schema: unknown) {
  return { "application/json": { schema } };
}

function parametersOf(query: z.ZodType): unknown[] {
  const { properties = {}, required = [] } = jsonSchema(query, "input") as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: "query",
    required: required.includes(name),
    ...(description ? { description } : {}),
    schema,
  }));
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

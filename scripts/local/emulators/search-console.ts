import { randomUUID } from "node:crypto";
import { createEmulator, defineEmulator } from "emulate";
import { decodeJwt } from "jose";
import { z } from "zod";
import { control } from "./control";
import { Queue } from "./faults";
import type { Provider } from "./front";
import { jsonBody } from "./request-body";
import { withDetails } from "./request-log";
import { AnalyticsQuery, analyse, PropertyRow } from "./search-analytics";

const RowsOrder = z.strictObject({ siteUrl: z.string(), rows: z.array(PropertyRow) });
const ErrorOrder = z.strictObject({
  status: z.int().min(400).max(599),
  reason: z.string(),
  message: z.string().default("refused as asked by POST /_emulate/error"),
  times: z.int().min(1).default(1),
});
const TokenErrorOrder = z.strictObject({
  error: z.string(),
  description: z.string().default("refused as asked by POST /_emulate/token-error"),
  status: z.int().min(400).max(599).default(400),
  times: z.int().min(1).default(1),
});

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const TOKEN_PREFIX = "ya29.";
const Claims = z.looseObject({
  iss: z.email(),
  scope: z.string(),
  aud: z.string(),
  exp: z.int(),
  iat: z.int(),
});

const STATUS_NAMES: Record<number, string> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  503: "UNAVAILABLE",
};

/**
 * Google Search Console and, at `/token`, the token endpoint of Google's OAuth: a service account's assertion is
 * read but its signature is not checked. A property is known once its rows are set.
 */
export async function createSearchConsole(): Promise<Provider> {
  const properties = new Map<string, PropertyRow[]>();
  const errors = new Queue<z.infer<typeof ErrorOrder>>();
  const tokenErrors = new Queue<z.infer<typeof TokenErrorOrder>>();

  const token = async (request: Request): Promise<Response> => {
    const error = tokenErrors.take();
    if (error) return oauthError(error.status, error.error, error.description);
    const form = new URLSearchParams(await request.text());
    if (form.get("grant_type") !== JWT_BEARER)
      return oauthError(400, "unsupported_grant_type", "Invalid grant_type");
    if (!isAssertion(form.get("assertion") ?? "")) return oauthError(400, "invalid_grant", "Invalid JWT");
    return Response.json({
      access_token: `${TOKEN_PREFIX}${randomUUID()}`,
      expires_in: 3599,
      token_type: "Bearer",
    });
  };
  /** Undefined when the caller may go on. */
  const refusal = (request: Request): Response | undefined => {
    const isKnown = request.headers.get("authorization")?.startsWith(`Bearer ${TOKEN_PREFIX}`);
    if (!isKnown) return refused(401, "authError", "Request had invalid authentication credentials.");
    const error = errors.take();
    return error && refused(error.status, error.reason, error.message);
  };
  const query = async (request: Request, siteUrl: string): Promise<Response> => {
    const refusedFirst = refusal(request);
    if (refusedFirst) return withDetails(refusedFirst, { siteUrl });
    const rows = properties.get(siteUrl);
    if (!rows) return withDetails(refused(403, "forbidden", noPermission(siteUrl)), { siteUrl });
    const body = AnalyticsQuery.safeParse(await jsonBody(request));
    const answer = body.success
      ? Response.json(analyse(rows, body.data))
      : refused(400, "invalidParameter", z.prettifyError(body.error));
    return withDetails(answer, { siteUrl, query: body.data ?? null });
  };

  const emulator = await createEmulator({
    service: defineEmulator({
      name: "search-console",
      state: () => ({}),
      setup({ app }) {
        app.post("/token", (c) => token(c.req.raw));
        app.post("/webmasters/v3/sites/:siteUrl/searchAnalytics/query", (c) =>
          query(c.req.raw, c.req.param("siteUrl")),
        );
        app.get("/webmasters/v3/sites", (c) => {
          const siteEntry = [...properties.keys()].map((siteUrl) => ({
            siteUrl,
            permissionLevel: "siteFullUser",
          }));
          return refusal(c.req.raw) ?? c.json({ siteEntry });
        });
      },
    }),
    listen: false,
    inspector: false,
  });
  return {
    fetch: (request) => emulator.fetch(request),
    reset: () => {
      for (const memory of [properties, errors, tokenErrors]) memory.clear();
    },
    close: () => emulator.close(),
    log: { isCounted: () => true, unprocessed: { siteUrl: null, query: null } },
    controls: {
      rows: control(RowsOrder, ({ siteUrl, rows }) => void properties.set(siteUrl, rows)),
      error: control(ErrorOrder, (error) => errors.add(error)),
      "token-error": control(TokenErrorOrder, (error) => tokenErrors.add(error)),
    },
  };
}

function isAssertion(assertion: string): boolean {
  try {
    return Claims.safeParse(decodeJwt(assertion)).success;
  } catch {
    return false;
  }
}

function noPermission(siteUrl: string): string {
  const help = "https://support.google.com/webmasters/answer/2451999";
  return `User does not have sufficient permission for site '${siteUrl}'. See also: ${help}.`;
}

/** An error of a Google API. */
function refused(code: number, reason: string, message: string): Response {
  const errors = [{ message, domain: /quota|rate/i.test(reason) ? "usageLimits" : "global", reason }];
  return Response.json({ error: { code, message, errors, status: STATUS_NAMES[code] } }, { status: code });
}

/** An error of OAuth (RFC 6749, 5.2). */
function oauthError(status: number, error: string, description: string): Response {
  return Response.json({ error, error_description: description }, { status });
}

import { setTimeout as sleep } from "node:timers/promises";
import { createEmulator, defineEmulator } from "emulate";
import { z } from "zod";
import { control } from "./control";
import { Queue } from "./faults";
import type { Provider } from "./front";
import { RateLimit } from "./rate-limit";
import { jsonBody } from "./request-body";
import { withDetails } from "./request-log";
import { SearchIndex } from "./serper-results";

const SearchBody = z.looseObject({
  q: z.string().min(1),
  gl: z.string().optional(),
  hl: z.string().optional(),
  num: z.int().min(1).max(100).default(10),
  page: z.int().min(1).default(1),
});

const Refusal = z.strictObject({ status: z.int().min(400).max(599), message: z.string() });
const SerpOrder = z.strictObject({
  keyword: z.string(),
  country: z.string().optional(),
  language: z.string().optional(),
  results: z.array(z.string()).max(100).optional(),
  error: Refusal.optional(),
});
const ErrorOrder = Refusal.extend({ times: z.int().min(1).default(1) });
const LimitOrder = z.strictObject({ requestsPerSecond: z.int().min(0).default(0) });
const LatencyOrder = z.strictObject({ ms: z.int().min(0) });

/** Serper's `POST /search`. `position` counts within the page asked for. */
export async function createSerper(apiKey: string): Promise<Provider> {
  const index = new SearchIndex();
  const limit = new RateLimit();
  const errors = new Queue<z.infer<typeof ErrorOrder>>();
  let latencyMs = 0;

  const search = async (request: Request): Promise<Response> => {
    if (request.headers.get("x-api-key") !== apiKey) return refused(403, "Unauthorized.");
    const body = SearchBody.safeParse(await jsonBody(request));
    if (!body.success) return refused(400, "Missing query parameter");
    const { q, gl, hl, num, page } = body.data;
    const details = { keyword: q, page, results: 0 };
    if (limit.count(Date.now())?.passes === false)
      return withDetails(refused(429, "Too many requests"), details);
    if (latencyMs > 0) await sleep(latencyMs);
    const error = errors.take();
    if (error) return withDetails(refused(error.status, error.message), details);
    const found = index.find({ q, gl, hl });
    if ("error" in found) return withDetails(refused(found.error.status, found.error.message), details);
    const links = found.links.slice((page - 1) * num, page * num);
    const organic = links.map((link, i) => ({
      title: `${q} (${i + 1})`,
      link,
      snippet: q,
      position: i + 1,
    }));
    const searchParameters = { type: "search", engine: "google", q, gl, hl, num, page };
    const answer = Response.json({ searchParameters, organic, credits: num > 10 ? 2 : 1 });
    return withDetails(answer, { ...details, results: organic.length });
  };
  const emulator = await createEmulator({
    service: defineEmulator({
      name: "serper",
      state: () => ({}),
      setup({ app }) {
        app.post("/search", (c) => search(c.req.raw));
      },
    }),
    listen: false,
    inspector: false,
  });

  return {
    fetch: (request) => emulator.fetch(request),
    reset: () => {
      for (const memory of [index, errors]) memory.clear();
      limit.set(0);
      latencyMs = 0;
    },
    close: () => emulator.close(),
    log: {
      isCounted: (_, path) => path === "/search",
      unprocessed: { keyword: null, page: null, results: 0 },
    },
    controls: {
      serp: control(SerpOrder, ({ keyword, country, language, results, error }) => {
        const outcome = error ? { error } : results && { links: results };
        index.set({ q: keyword, gl: country, hl: language }, outcome);
      }),
      error: control(ErrorOrder, (error) => errors.add(error)),
      limit: control(LimitOrder, ({ requestsPerSecond }) => limit.set(requestsPerSecond)),
      latency: control(LatencyOrder, ({ ms }) => {
        latencyMs = ms;
      }),
    },
  };
}

function refused(statusCode: number, message: string): Response {
  return Response.json({ message, statusCode }, { status: statusCode });
}

import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { close, flush, init } from "@sentry/node";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { defineJob } from "@/lib/engine/define-job";
import { runJob } from "@/lib/engine/run-job";
import { openWorld, type World } from "../support/world";

interface Item {
  type: string;
  status?: string;
  monitor_slug?: string;
  monitor_config?: { schedule: { value: string }; timezone: string };
  exception?: { values: { value: string }[] };
  tags?: Record<string, string>;
}
let world: World;
let sentry: Server;
const items: Item[] = [];

beforeAll(async () => {
  sentry = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const text = (request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString();
    const [, ...lines] = text.trim().split("\n");
    for (let n = 0; n + 1 < lines.length; n += 2) {
      items.push({ ...JSON.parse(lines[n + 1] ?? "{}"), type: JSON.parse(lines[n] ?? "{}").type });
    }
    response.end("{}");
  }).listen(0, "127.0.0.1");
  await once(sentry, "listening");
  init({ dsn: `http://key@127.0.0.1:${(sentry.address() as AddressInfo).port}/1`, tracesSampleRate: 0 });
  world = await openWorld();
});
afterAll(async () => {
  await Promise.all([close(1_000), world.close()]);
  sentry.close();
});
beforeEach(() => {
  items.length = 0;
});

const job = (run: () => Promise<{ outcome: string; counts: Record<string, number> }>) =>
  defineJob({ name: "nightly", schedule: "0 13 * * *", input: z.unknown(), run });
const checkIns = () => items.filter((item) => item.type === "check_in");

test("a scheduled run opens and closes a check-in of its own monitor", async () => {
  await runJob(
    job(async () => ({ outcome: "done", counts: {} })),
    world.ctx,
    { trigger: "cron", occurrence: "one" },
  );
  await flush(2_000);
  expect(checkIns().map(({ monitor_slug, status }) => [monitor_slug, status])).toEqual([
    ["nightly", "in_progress"],
    ["nightly", "ok"],
  ]);
  expect(checkIns()[0]?.monitor_config).toMatchObject({ schedule: { value: "0 13 * * *" }, timezone: "UTC" });
});

test("a failed run sends its exception with the job's name and closes the check-in as an error", async () => {
  await runJob(
    job(() => Promise.reject(new Error("the source is down"))),
    world.ctx,
    { trigger: "cron", occurrence: "two" },
  );
  await flush(2_000);
  expect(checkIns().at(-1)?.status).toBe("error");
  const event = items.find((item) => item.type === "event");
  expect(event?.exception?.values[0]?.value).toBe("the source is down");
  expect(event?.tags).toMatchObject({ job: "nightly", occurrence: "two" });
});

test("a run by hand has no check-in: it says nothing about the schedule", async () => {
  await runJob(
    job(async () => ({ outcome: "done", counts: {} })),
    world.ctx,
    { trigger: "manual", occurrence: "three" },
  );
  await flush(2_000);
  expect(checkIns()).toEqual([]);
});

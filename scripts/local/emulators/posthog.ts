import { createEmulator, defineEmulator } from "emulate";
import { z } from "zod";
import type { Provider } from "./front";
import { jsonBody } from "./request-body";

const Event = z.looseObject({
  uuid: z.string().optional(),
  event: z.string().optional(),
  distinct_id: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  timestamp: z.string().optional(),
});
const Batch = z.looseObject({ batch: z.array(Event) });

/** An event as PostHog received it; `GET /_emulate/events` lists them in order, repeats included. */
export type ReceivedEvent = z.infer<typeof Event>;

const posthog = defineEmulator({
  name: "posthog",
  state: (): { events: ReceivedEvent[] } => ({ events: [] }),
  setup({ app, state }) {
    for (const path of ["/batch/", "/batch"]) {
      app.post(path, async (c) => {
        const body = Batch.safeParse(await jsonBody(c.req.raw));
        if (!body.success)
          return c.json({ type: "validation_error", detail: z.prettifyError(body.error) }, 400);
        // Like PostHog, it says 200 to an event without name or distinct_id: that one is dropped in silence.
        state.events.push(...body.data.batch.filter((event) => event.event && event.distinct_id));
        return c.json({ status: "Ok" });
      });
    }
    for (const path of ["/flags/", "/flags", "/decide/"]) {
      app.post(path, (c) => c.json({ flags: {}, featureFlags: {}, errorsWhileComputingFlags: false }));
    }
    app.get("/flags/definitions", (c) => c.json({ flags: [], group_type_mapping: {}, cohorts: {} }));
    app.get("/array/:token/config", (c) => c.json({}));
  },
});

/** PostHog's ingestion, as `posthog-node` uses it. */
export async function createPosthog(): Promise<Provider> {
  const emulator = await createEmulator({ service: posthog, listen: false, inspector: false });
  return {
    fetch: (request) => emulator.fetch(request),
    reset: () => emulator.reset(),
    close: () => emulator.close(),
    received: () => emulator.snapshot().state,
  };
}

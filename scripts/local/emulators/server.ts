import { z } from "zod";
import { serveAsChild } from "../child-side";
import { PROVIDERS, startEmulators } from "./start";

/** All providers in one process of their own. */
const Options = z.object({
  slackBotToken: z.string(),
  resendWebhookSecret: z.string(),
  serperApiKey: z.string(),
  ports: z.record(z.enum(PROVIDERS), z.int()).optional(),
});

await serveAsChild(async (options) => {
  const { ports, ...secrets } = Options.parse(options);
  const { urls, close } = await startEmulators({ ...secrets, ...(ports && { ports }) });
  return { value: { urls }, close };
});

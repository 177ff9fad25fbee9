import { z } from "zod";
import { serveAsChild } from "../child-side";
import { startEmulators } from "./start";

const Port = z.int().optional();

/** All providers in one process of their own. */
const Options = z.object({
  slackBotToken: z.string(),
  resendWebhookSecret: z.string(),
  ports: z.object({ resend: Port, slack: Port, s3: Port, expo: Port, posthog: Port }).optional(),
});

await serveAsChild(async (options) => {
  const { ports, ...secrets } = Options.parse(options);
  const { urls, close } = await startEmulators({ ...secrets, ...(ports && { ports }) });
  return { value: { urls }, close };
});

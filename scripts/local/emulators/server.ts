import { z } from "zod";
import { serveAsChild } from "../child-side";
import { startEmulators } from "./start";

const Port = z.int().optional();

/** All providers in one process of their own. */
const Options = z.object({
  slackBotToken: z.string(),
  ports: z.object({ resend: Port, slack: Port, s3: Port, expo: Port, posthog: Port }).optional(),
});

await serveAsChild(async (options) => {
  const { slackBotToken, ports } = Options.parse(options);
  const { urls, close } = await startEmulators({ slackBotToken, ...(ports && { ports }) });
  return { value: { urls }, close };
});

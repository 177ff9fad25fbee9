import { z } from "zod";
import { serveAsChild } from "./child-side";
import { startSupabase } from "./supabase";

/** Supabase as a process of its own, so that it shares an event loop with nothing. */
const Options = z.object({
  postgresUrl: z.string(),
  port: z.number().optional(),
  projectDir: z.string(),
  dataDir: z.string(),
});

await serveAsChild(async (options) => {
  const { close, ...value } = await startSupabase({
    ...Options.parse(options),
    onError: (line) => console.error(`${new Date().toISOString()} ${line}`),
  });
  return { value, close };
});

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
  const { close, reopen, ...value } = await startSupabase({
    ...Options.parse(options),
    onError: (line) => console.error(`${new Date().toISOString()} ${line}`),
  });
  process.on("uncaughtException", (error) => {
    console.error(error);
    if (!isLostConnection(error)) process.exit(1);
    void reopen();
  });
  return { value, close };
});

/**
 * postgres 3.4.9 lets a lost connection escape in two ways: as a rejection nobody awaits, and by writing to a socket
 * it has set to null since it scheduled the write (connection.js, nextWrite), after which that connection hangs.
 */
function isLostConnection(error: Error & { code?: string }): boolean {
  return (
    error.code?.startsWith("CONNECTION_") || (error.stack?.includes("postgres/src/connection.js") ?? false)
  );
}

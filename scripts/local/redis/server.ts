import { z } from "zod";
import { messageOf, StackError } from "../errors";
import { type RedisRest, startRedisRest } from "./start";

const optionsSchema = z.strictObject({
  port: z.int().min(0).max(65_535).optional(),
  token: z.string().min(1).optional(),
  dataDir: z.string().min(1).optional(),
  redisUrl: z.string().min(1).optional(),
  engine: z.enum(["auto", "redis", "memory"]).optional(),
});

/**
 * The Redis REST server as a process of its own. Options are JSON in the first argument. It tells its parent
 * `{ url, token, engine, version }` or `{ error }` over IPC, and ends, saving, on a signal or with its parent.
 */
async function main(): Promise<void> {
  let rest: RedisRest | undefined;
  let isEnding = false;

  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    await started;
    await rest?.stop();
    process.exit(rest ? 0 : 1);
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, end);
  process.on("disconnect", end);

  const started = startRedisRest(parseOptions(process.argv[2]))
    .then((server) => {
      rest = server;
    })
    .catch((error: unknown) => report({ error: messageOf(error) }));
  await started;
  if (!rest) return end();
  const { url, token, engine, version } = rest;
  if (!isEnding) await report({ url, token, engine, version });
}

function parseOptions(json: string | undefined): z.infer<typeof optionsSchema> {
  const options = optionsSchema.safeParse(JSON.parse(json ?? "{}"));
  if (options.success) return options.data;
  const problems = options.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new StackError(`its options are wrong (${problems.join("; ")})`);
}

function report(message: object): Promise<void> {
  return new Promise((resolve) => {
    if (!process.send) {
      console.log(JSON.stringify(message));
      resolve();
    } else if (process.connected) {
      process.send(message, () => resolve());
    } else {
      resolve();
    }
  });
}

main().catch(async (error: unknown) => {
  await report({ error: `The Redis REST server cannot start: ${messageOf(error)}` });
  process.exit(1);
});

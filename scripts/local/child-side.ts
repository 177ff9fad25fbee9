import { messageOf } from "./errors";

/** What runs in the child: what the supervisor is told when it is ready, and how to end. */
export type Service = { value: object; close(): Promise<void> };

const CLOSE_TIMEOUT_MS = 5_000;

/**
 * Runs a service as a child process: sends its value, or `{ error }`, over IPC, and ends on SIGTERM, SIGINT, or when
 * the supervisor is gone. Options come as JSON in the first argument.
 */
export async function serveAsChild(start: (options: unknown) => Promise<Service>): Promise<void> {
  let service: Service | undefined;
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), CLOSE_TIMEOUT_MS).unref();
    await service?.close();
    process.exit(0);
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  process.on("disconnect", end);
  try {
    service = await start(JSON.parse(process.argv[2] ?? "null"));
    tell(service.value);
  } catch (error) {
    console.error(error);
    tell({ error: messageOf(error) }, () => process.exit(1));
  }
}

function tell(message: object, sent: () => void = () => undefined): void {
  if (process.send) process.send(message, sent);
  else sent();
}

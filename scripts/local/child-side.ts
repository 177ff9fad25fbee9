import { messageOf } from "./errors";

/** What a child process tells its supervisor over IPC, once. */
export type ChildMessage = { type: "ready"; value: unknown } | { type: "error"; message: string };

/** What runs in the child: a value for the supervisor, and how to end. */
export type Service = { value: unknown; close(): Promise<void> };

const CLOSE_TIMEOUT_MS = 5_000;

/**
 * Runs a service as a child process: reports ready or error over IPC, and ends on SIGTERM, SIGINT, or when
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
    tell({ type: "ready", value: service.value });
  } catch (error) {
    console.error(error);
    tell({ type: "error", message: messageOf(error) }, () => process.exit(1));
  }
}

function tell(message: ChildMessage, sent: () => void = () => undefined): void {
  if (process.send) process.send(message, sent);
  else sent();
}

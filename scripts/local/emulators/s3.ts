import { createEmulator } from "emulate";
import { freePort } from "../ports";
import type { Provider } from "./front";

/** S3 with one bucket for archives. It listens itself, on a port of its own where only the front goes. */
export async function createS3(bucket: string): Promise<Provider> {
  const port = await freePort();
  const emulator = await createEmulator({
    service: "aws",
    seed: { aws: { region: "us-east-1", s3: { buckets: [{ name: bucket }] } } },
    port,
    hostname: "127.0.0.1",
  });
  return {
    reset: () => emulator.reset(),
    close: () => emulator.close(),
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const headers = new Headers(request.headers);
      for (const name of ["connection", "keep-alive", "transfer-encoding", "content-length", "expect"])
        headers.delete(name);
      const hasBody = request.method !== "GET" && request.method !== "HEAD";
      return fetch(`http://127.0.0.1:${port}${pathname}${search}`, {
        method: request.method,
        headers,
        body: hasBody ? await request.arrayBuffer() : null,
        redirect: "manual",
      });
    },
  };
}

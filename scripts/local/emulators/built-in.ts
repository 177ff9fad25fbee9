import { createEmulator, type EmulatorOptions } from "emulate";
import { freePort } from "../ports";
import type { Provider } from "./front";

/** Resend: sends nothing, keeps everything; its inbox page is `/inbox`. */
export async function createResend(): Promise<Provider> {
  return behindFront({
    service: "resend",
    seed: { resend: { domains: [{ name: "banzuke.test", region: "us-east-1" }] } },
  });
}

/** Slack with the channel #ops and a bot that may post there with the token. */
export async function createSlack(botToken: string): Promise<Provider> {
  const slack = await behindFront({
    service: "slack",
    seed: {
      slack: {
        team: { name: "Banzuke", domain: "banzuke" },
        users: [{ name: "operator", real_name: "Operator", email: "admin@banzuke.test" }],
        channels: [{ name: "ops", topic: "What the operators of Banzuke must know" }],
        bots: [{ name: "banzuke" }],
        tokens: [
          { token: botToken, user: "operator", scopes: ["chat:write", "channels:read", "channels:history"] },
        ],
      },
    },
  });
  return { ...slack, fetch: async (request) => slack.fetch(await withoutHash(request)) };
}

/** S3 with one bucket for archives. */
export async function createS3(bucket: string): Promise<Provider> {
  return behindFront({
    service: "aws",
    seed: { aws: { region: "us-east-1", s3: { buckets: [{ name: bucket }] } } },
  });
}

/** Slack takes a channel as `#ops` and as `ops`; the emulator knows the second only. */
async function withoutHash(request: Request): Promise<Request> {
  const type = request.headers.get("content-type") ?? "";
  if (request.method !== "POST" || !/urlencoded|json/.test(type)) return request;
  const body = (await request.text())
    .replace(/(^|&)channel=%23/, "$1channel=")
    .replace(/"channel":\s*"#/, '"channel":"');
  return new Request(request.url, { method: request.method, headers: request.headers, body });
}

/** These listen themselves: on a port of their own, where only the front goes. */
async function behindFront(options: Omit<EmulatorOptions, "port">): Promise<Provider> {
  const port = await freePort();
  const emulator = await createEmulator({ ...options, port, hostname: "127.0.0.1" });
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

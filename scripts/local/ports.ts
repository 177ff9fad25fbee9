import { connect, createServer } from "node:net";
import { codeOf, StackError } from "./errors";

/** A TCP port on 127.0.0.1 that was free a moment ago, chosen by the operating system. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("the operating system gave no port");
  return address.port;
}

/**
 * Throws a StackError naming the port, its purpose and how to choose another when somebody listens on it.
 * Looks at the wildcard address too: binding 127.0.0.1 alone would succeed beside a server on 0.0.0.0.
 */
export async function assertPortFree(port: number, purpose: string, remedy: string): Promise<void> {
  const busy = (await bindable(port, "127.0.0.1")) === false || (await answers(port));
  if (busy) throw new StackError(`Port ${port}, wanted for ${purpose}, is already in use: ${remedy}.`);
}

async function bindable(port: number, host: string): Promise<boolean> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
    return true;
  } catch (error) {
    if (codeOf(error) === "EADDRINUSE") return false;
    throw error;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

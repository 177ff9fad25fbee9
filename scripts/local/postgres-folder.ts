import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, chown, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { codeOf, StackError } from "./errors";
import { type Account, canReach, privateFolder, reachableFolder } from "./postgres-account";
import type { Binaries } from "./postgres-binaries";

/** Where a stack's cluster lives and the file with the password of its superuser. */
export type ClusterFolder = { path: string; passwordFile: string };

/** Chooses the folder: `<dataDir>/postgres`, or one outside every home when Postgres could not reach that. */
export async function clusterFolder(account: Account, dataDir: string): Promise<ClusterFolder> {
  const passwordFile = join(dataDir, "postgres.password");
  if (account.uid !== undefined) await chmod(dataDir, 0o711);
  const path = join(dataDir, "postgres");
  if (await canReach(account, path)) return { path, passwordFile };
  return { path: join(await reachableFolder("postgres", dataDir), "postgres"), passwordFile };
}

/** The sentence for a folder Postgres cannot start from. */
export function brokenFolder(path: string, what: string): StackError {
  return new StackError(
    `The PostgreSQL data folder ${path} cannot be used (${what}): npm run dev -- --reset starts anew and deletes what it holds.`,
  );
}

/** Returns the superuser's password, making the cluster first when there is none. Throws StackError when it is broken. */
export async function prepareCluster(
  folder: ClusterFolder,
  binaries: Binaries,
  account: Account,
  durable: boolean,
): Promise<string> {
  const entries = await readdir(folder.path).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw brokenFolder(folder.path, codeOf(error) ?? "unreadable");
  });
  if (entries === null) return initialize(folder, binaries, account, durable);

  const major = (await readFile(join(folder.path, "PG_VERSION"), "utf8").catch(() => "")).trim();
  if (!/^\d+$/.test(major)) throw brokenFolder(folder.path, "PG_VERSION is missing or unreadable");
  if (Number(major) !== binaries.major) {
    throw brokenFolder(folder.path, `it was made by PostgreSQL ${major}, and this is ${binaries.major}`);
  }
  const password = await readFile(folder.passwordFile, "utf8").catch(() => "");
  if (password.trim() === "") throw brokenFolder(folder.path, `${folder.passwordFile} is missing`);
  return password.trim();
}

/** Works beside the final place and renames at the end, so that a killed start leaves no half-made cluster. */
async function initialize(
  folder: ClusterFolder,
  binaries: Binaries,
  account: Account,
  durable: boolean,
): Promise<string> {
  const password = randomBytes(24).toString("base64url");
  const unfinished = `${folder.path}.unfinished`;
  const passwordInput = `${folder.path}.password-input`;
  await rm(unfinished, { recursive: true, force: true });
  if (dirname(folder.path) !== dirname(folder.passwordFile)) await chmod(dirname(folder.path), 0o755);
  await privateFolder(account, unfinished);
  await writeFile(passwordInput, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined)
    await chown(passwordInput, account.uid, account.gid);
  try {
    await run(binaries.initdb, account, [
      `--pgdata=${unfinished}`,
      "--username=postgres",
      `--pwfile=${passwordInput}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--locale=C.UTF-8",
      ...(durable ? [] : ["--no-sync"]),
    ]);
  } finally {
    await rm(passwordInput, { force: true });
  }
  await writeFile(folder.passwordFile, `${password}\n`, { mode: 0o600 });
  await rename(unfinished, folder.path);
  return password;
}

function run(program: string, account: Account, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...account,
      cwd: "/",
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
    });
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      complaint += chunk;
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new StackError(`initdb could not make a PostgreSQL data folder: ${complaint.trim()}`));
    });
  });
}

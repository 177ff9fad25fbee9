import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StackError } from "./errors";

/** Postgres refuses to run as root, so root hands it to `nobody`; everybody else runs it as themselves. */
export type Account = { uid?: number; gid?: number };

const NOBODY = 65534;

/** The account Postgres must run under in this process. */
export function postgresAccount(): Account {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/** Whether that account can reach the path: every folder above it must let others pass. */
export async function canReach(account: Account, path: string): Promise<boolean> {
  if (account.uid === undefined) return true;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid } = await stat(folder);
    if ((mode & (uid === account.uid ? 0o100 : 0o001)) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * A folder outside every home, the same one for the same owner path on each start.
 * For what `nobody` must reach although the checkout lies under a closed home.
 */
export async function reachableFolder(purpose: string, owner: string): Promise<string> {
  const folder = join(
    "/var/tmp",
    `banzuke-${purpose}-${createHash("sha256").update(owner).digest("hex").slice(0, 12)}`,
  );
  await mkdir(folder, { mode: 0o755, recursive: true });
  const { uid } = await lstat(folder);
  if (uid !== process.getuid?.())
    throw new StackError(`${folder} belongs to somebody else: remove it, then start again.`);
  await chmod(folder, 0o755);
  return folder;
}

/** Makes a folder that only the account may enter. */
export async function privateFolder(account: Account, path: string): Promise<void> {
  await mkdir(path, { mode: 0o700, recursive: true });
  if (account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
}

